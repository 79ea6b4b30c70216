import { type AudioStream, type AudioStreamPlaybackPolyphonic, type AudioStreamPlayer, Node } from "godot";
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
/** Of one sound at a time: the oldest ends when there are more. */
const MOST_AT_A_TIME = 4;

/**
 * What is heard of a fight: near things louder, nothing twice at a time, and one in a frame where many come at once. Its children say what each sound is
 * and how loud, but they do not play it: a player of the engine takes longer to begin than all names take, and has to do in every frame after that. All come
 * from one that plays all the time.
 */
export default class FightSounds extends Node {
  /** Sounds played since the start, by name. */
  readonly played = new Map<FightSound, number>();
  readonly #numbers = new Map<FightSound, number>();
  readonly #queue = new SoundQueue(FIGHT_SOUNDS.length);
  readonly #streams: (AudioStream | null)[] = [];
  /** Of the scene, decibels. */
  readonly #volume = new Float64Array(FIGHT_SOUNDS.length);
  /** The engine's numbers of what began last, by sound, and which of them is the oldest. */
  readonly #begun = new Float64Array(FIGHT_SOUNDS.length * MOST_AT_A_TIME).fill(-1);
  readonly #oldest = new Uint8Array(FIGHT_SOUNDS.length);
  #voices!: AudioStreamPlaybackPolyphonic;

  _ready(): void {
    for (const [number, name] of FIGHT_SOUNDS.entries()) {
      const player = this.get_node<AudioStreamPlayer>(name);
      this.#streams.push(player.stream);
      this.#numbers.set(name, number);
      this.#volume[number] = player.volume_db;
    }
    const voices = this.get_node<AudioStreamPlayer>("%FightVoices");
    if (!voices.playing) voices.play();
    this.#voices = voices.get_stream_playback() as AudioStreamPlaybackPolyphonic;
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
    const stream = this.#streams[number];
    const name = FIGHT_SOUNDS[number];
    if (stream === null || stream === undefined || name === undefined) return;
    const near = HALF_METERS / (HALF_METERS + this.#queue.meters);
    const decibels = (this.#volume[number] ?? 0) + 20 * Math.log10(near * comfort.fightVolume);
    const oldest = this.#oldest[number] ?? 0;
    const at = number * MOST_AT_A_TIME + oldest;
    const before = this.#begun[at] ?? -1;
    if (before >= 0) this.#voices.stop_stream(before);
    this.#begun[at] = this.#voices.play_stream(stream, 0, decibels);
    this.#oldest[number] = (oldest + 1) % MOST_AT_A_TIME;
    this.played.set(name, (this.played.get(name) ?? 0) + 1);
  }
}
