import { type AudioStreamPlayer, linear_to_db, Node } from "godot";
import { comfort } from "../settings/comfort.ts";

export const FIGHT_SOUNDS = [
  ...(["Cast", "Throw", "Swing", "Hit", "Critical", "Block", "Miss", "Heal", "Ward"] as const),
  ...(["Burst", "Leap", "Death", "Refused", "Respawn"] as const),
];
export type FightSound = (typeof FIGHT_SOUNDS)[number];

/** The same sound again so soon after is not heard. */
const APART_MS = 45;
const HEARD_METERS = 36;
/** Half as loud at this distance. */
const HALF_METERS = 7;

/** What is heard of a fight: near things louder, nothing twice at a time. Its children are the sounds by name. */
export default class FightSounds extends Node {
  /** Sounds played since the start, by name. */
  readonly played = new Map<FightSound, number>();
  readonly #players = new Map<FightSound, AudioStreamPlayer>();
  readonly #lastMs = new Map<FightSound, number>();
  readonly #volume = new Map<FightSound, number>();

  _ready(): void {
    for (const name of FIGHT_SOUNDS) {
      const player = this.get_node<AudioStreamPlayer>(name);
      this.#players.set(name, player);
      this.#volume.set(name, player.volume_db);
    }
  }

  /** Plays one that is so far away; one's own are at 0 m. Returns whether it is heard. */
  play(name: FightSound, meters: number, now_ms: number): boolean {
    if (meters > HEARD_METERS || comfort.fightVolume <= 0) return false;
    if (now_ms - (this.#lastMs.get(name) ?? Number.NEGATIVE_INFINITY) < APART_MS) return false;
    this.#lastMs.set(name, now_ms);
    const player = this.#players.get(name);
    if (player === undefined) return false;
    const near = HALF_METERS / (HALF_METERS + meters);
    player.volume_db = (this.#volume.get(name) ?? 0) + linear_to_db(near * comfort.fightVolume);
    player.play();
    this.played.set(name, (this.played.get(name) ?? 0) + 1);
    return true;
  }
}
