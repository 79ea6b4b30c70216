import { type AudioStreamPlayer, Node } from "godot";
import { comfort } from "../settings/comfort.ts";
import { SoundQueue } from "./sound-queue.ts";

export const FIGHT_SOUNDS = [
  ...(["Cast", "Throw", "Swing", "Hit", "Critical", "Block", "Miss", "Heal", "Ward"] as const),
  ...(["Burst", "Leap", "Death", "Refused", "Respawn"] as const),
];
export type FightSound = (typeof FIGHT_SOUNDS)[number];

const HEARD_METERS = 36;
/** Half as loud at this distance. */
const HALF_METERS = 7;

/**
 * What is heard of a fight: near things louder, nothing twice at a time, and one in a frame where many come at once: to begin a sound costs more than to
 * draw a body. Its children are the sounds by name.
 */
export default class FightSounds extends Node {
  /** Sounds played since the start, by name. */
  readonly played = new Map<FightSound, number>();
  readonly #numbers = new Map<FightSound, number>();
  readonly #queue = new SoundQueue(FIGHT_SOUNDS.length);
  readonly #players: AudioStreamPlayer[] = [];
  /** Of the scene, and as they were told last, decibels. */
  readonly #volume = new Float64Array(FIGHT_SOUNDS.length);
  readonly #decibels = new Float64Array(FIGHT_SOUNDS.length);

  _ready(): void {
    for (const [number, name] of FIGHT_SOUNDS.entries()) {
      const player = this.get_node<AudioStreamPlayer>(name);
      this.#players.push(player);
      this.#numbers.set(name, number);
      this.#volume[number] = player.volume_db;
      this.#decibels[number] = player.volume_db;
    }
  }

  /** One that is so far away is to be heard in this frame or in one of the next; one's own are at 0 m. */
  play(name: FightSound, meters: number, now_ms: number): void {
    if (meters > HEARD_METERS || comfort.fightVolume <= 0) return;
    this.#queue.ask(this.#numbers.get(name) ?? 0, meters, now_ms);
  }

  /** One frame of so many seconds: the nearest of those that wait begins, in a long frame several. */
  begin_next(now_ms: number, seconds: number): void {
    for (;;) {
      const number = this.#queue.next(now_ms, seconds * 1000);
      if (number < 0) return;
      this.#begin(number);
    }
  }

  #begin(number: number): void {
    const player = this.#players[number];
    const name = FIGHT_SOUNDS[number];
    if (player === undefined || name === undefined) return;
    const near = HALF_METERS / (HALF_METERS + this.#queue.meters);
    // Nobody hears less than a decibel, and to say it to the engine takes as long as to begin.
    const decibels = Math.round((this.#volume[number] ?? 0) + 20 * Math.log10(near * comfort.fightVolume));
    if (decibels !== this.#decibels[number]) {
      this.#decibels[number] = decibels;
      player.volume_db = decibels;
    }
    player.play();
    this.played.set(name, (this.played.get(name) ?? 0) + 1);
  }
}
