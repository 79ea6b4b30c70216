import type { MarkShape } from "../character/ground-marks.ts";
import type { HudColor } from "../hud/hud-palette.ts";

const MOST_MARKS = 40;
const FADE_SECONDS = 0.25;

/** Marks on the ground that come and go by themselves: where something bursts, who was healed, who came back. Fixed memory, the oldest go first. */
export class PassingMarks {
  /** Of the one that was asked for last. */
  share = 0;
  opacity = 0;
  readonly count = MOST_MARKS;
  readonly shape = new Uint8Array(MOST_MARKS);
  readonly x = new Float64Array(MOST_MARKS);
  readonly y = new Float64Array(MOST_MARKS);
  readonly z = new Float64Array(MOST_MARKS);
  readonly radius = new Float32Array(MOST_MARKS);
  readonly color: HudColor[] = Array.from({ length: MOST_MARKS }, () => [1, 1, 1, 1]);
  readonly #age = new Float32Array(MOST_MARKS);
  readonly #seconds = new Float32Array(MOST_MARKS);
  #next = 0;

  /** An area is filled from its middle in that time; a ring widens to its radius, metres. */
  add(shape: MarkShape, x: number, y: number, z: number, radius: number, seconds: number, color: HudColor): void {
    const slot = this.#next;
    this.#next = (slot + 1) % MOST_MARKS;
    this.shape[slot] = shape;
    this.x[slot] = x;
    this.y[slot] = y;
    this.z[slot] = z;
    this.radius[slot] = radius;
    this.color[slot] = color;
    this.#age[slot] = 0;
    this.#seconds[slot] = seconds;
  }

  advance(seconds: number): void {
    for (let slot = 0; slot < MOST_MARKS; slot += 1) this.#age[slot] = (this.#age[slot] ?? 0) + seconds;
  }

  /** Whether there is a mark in a slot; fills `share` and `opacity`. */
  look(slot: number): boolean {
    const seconds = this.#seconds[slot] ?? 0;
    const left = seconds + FADE_SECONDS - (this.#age[slot] ?? 0);
    if (seconds === 0 || left <= 0) return false;
    this.share = Math.min((this.#age[slot] ?? 0) / seconds, 1);
    this.opacity = Math.min(left / FADE_SECONDS, 1);
    return true;
  }

  clear(): void {
    this.#seconds.fill(0);
  }
}
