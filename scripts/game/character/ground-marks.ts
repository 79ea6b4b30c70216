import { MultiMeshInstance3D } from "godot";
import { ManyBuffer } from "./many-buffer.ts";

/** A 3x4 transform, a colour, four of custom data. */
const FLOATS_PER_MARK = 20;
const MOST_MARKS = 64;
/** Above the ground, so that they do not lie in it. */
const LIFT_METERS = 0.06;

/** What a mark on the ground means; the shader gives each a shape of its own, besides its colour. */
export const MarkShape = { ring: 0, area: 1 } as const;
export type MarkShape = (typeof MarkShape)[keyof typeof MarkShape];

/**
 * Rings under those who are targets, and areas on the ground in which something is about to happen: all in one draw call and one write per frame.
 * Said anew in every frame: `begin`, `add` for each, `end`. Fixed memory; what does not fit is left out.
 */
export default class GroundMarks extends MultiMeshInstance3D {
  /** The mark that is added next: its opacity, its middle and its radius, metres, and how much of it has passed, 0 to 1; a ring has 1. Here, because numbers that are handed over would be put on the heap. */
  opacity = 1;
  x = 0;
  y = 0;
  z = 0;
  radius = 1;
  /** Rise of the ground under it per metre to +x and to +z. */
  riseX = 0;
  riseZ = 0;
  share = 1;
  readonly #buffer = new Float32Array(MOST_MARKS * FLOATS_PER_MARK);
  #many: ManyBuffer | undefined;
  #count = 0;
  /** What the engine was told last: it is asked nothing. */
  #shown = false;

  _ready(): void {
    const { multimesh } = this;
    if (multimesh !== null) this.#many = new ManyBuffer(multimesh, FLOATS_PER_MARK);
    this.visible = false;
  }

  begin(): void {
    this.opacity = 1;
    this.#count = 0;
  }

  /** Adds the mark that is described. Colours 0 to 1. */
  add(shape: MarkShape, red: number, green: number, blue: number): void {
    if (this.#count >= MOST_MARKS) return;
    const buffer = this.#buffer;
    const at = this.#count * FLOATS_PER_MARK;
    this.#count += 1;
    // Seen from above it stays round: only its height follows the slope. The other four of the basis are 0 and stay so.
    buffer[at] = this.radius;
    buffer[at + 3] = this.x;
    buffer[at + 4] = this.radius * this.riseX;
    buffer[at + 5] = 1;
    buffer[at + 6] = this.radius * this.riseZ;
    buffer[at + 7] = this.y + LIFT_METERS;
    buffer[at + 10] = this.radius;
    buffer[at + 11] = this.z;
    buffer[at + 12] = red;
    buffer[at + 13] = green;
    buffer[at + 14] = blue;
    buffer[at + 15] = this.opacity;
    buffer[at + 16] = shape;
    buffer[at + 17] = this.share;
    buffer[at + 18] = this.radius;
  }

  end(): void {
    const shown = this.#count > 0;
    if (this.#shown !== shown) this.visible = shown;
    this.#shown = shown;
    if (shown) this.#many?.show(this.#buffer, this.#count);
  }
}
