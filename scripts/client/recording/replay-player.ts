import type { Recording } from "./recording.ts";
import { Replay, type ReplayOptions } from "./replay.ts";

/** Recorded seconds per second, to choose from. */
export const REPLAY_SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4];

/** Plays a recording at a speed, stops it, goes through it frame by frame, and to any time: back means from the start once more, fast. */
export class ReplayPlayer {
  readonly #recording: Recording;
  readonly #options: ReplayOptions;
  #replay: Replay;
  #positionSeconds = 0;
  #targetSeconds = -1;
  #speed = 1;
  #stepsAsked = 0;
  #ended = false;
  paused = false;

  constructor(recording: Recording, options: ReplayOptions) {
    this.#recording = recording;
    this.#options = options;
    this.#replay = new Replay(recording, options);
  }

  /** Another one after going back. */
  get replay(): Replay {
    return this.#replay;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Whether it is on the way to the time that was asked for. */
  get seeking(): boolean {
    return this.#targetSeconds >= 0;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The next speed up or down. */
  changeSpeed(by: 1 | -1): void {
    const index = REPLAY_SPEEDS.indexOf(this.#speed) + by;
    this.#speed = REPLAY_SPEEDS[index] ?? this.#speed;
  }

  /** Stops, one frame later. */
  stepFrame(): void {
    this.paused = true;
    this.#stepsAsked += 1;
  }

  /** To a time of the recording, seconds; what lies outside of it is its start or end. */
  seekTo(seconds: number): void {
    this.#targetSeconds = Math.min(Math.max(seconds, 0), this.#recording.seconds);
    if (this.#targetSeconds >= this.#replay.seconds) return;
    this.#replay = new Replay(this.#recording, this.#options);
    this.#ended = false;
    this.#positionSeconds = 0;
  }

  seekBy(seconds: number): void {
    this.seekTo((this.seeking ? this.#targetSeconds : this.#replay.seconds) + seconds);
  }

  /**
   * Real time has passed, seconds. Returns by how much the play went on, for those who animate. On the way to another time it goes
   * on while `hasTime`. Throws `ReplayProblem` when something is missing.
   */
  advance(elapsedSeconds: number, hasTime: () => boolean): number {
    if (this.seeking) return this.#seek(hasTime);
    const before = this.#replay.seconds;
    if (this.paused) {
      for (; this.#stepsAsked > 0; this.#stepsAsked -= 1) this.#step();
      this.#positionSeconds = this.#replay.seconds;
    } else {
      this.#positionSeconds += elapsedSeconds * this.#speed;
      while (this.#replay.seconds < this.#positionSeconds && this.#step());
    }
    return this.#replay.seconds - before;
  }

  #seek(hasTime: () => boolean): number {
    while (this.#replay.seconds < this.#targetSeconds && hasTime()) {
      if (!this.#step()) break;
    }
    if (this.#replay.seconds >= this.#targetSeconds || this.#ended) this.#targetSeconds = -1;
    this.#positionSeconds = this.#replay.seconds;
    return 0;
  }

  /** Whether there is more to play at once. */
  #step(): boolean {
    const step = this.#replay.step();
    this.#ended = step === "ended";
    return step === "frame";
  }
}
