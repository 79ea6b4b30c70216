import { MultiMeshInstance3D } from "godot";
import { ManyBuffer } from "../character/many-buffer.ts";

const FLOATS_PER_ARC = 16;
/** Where in it its age is, 0 to 1. */
const AGE_AT = 12;
const MOST_ARCS = 32;
const ARC_SECONDS = 0.34;
/** From the feet to the middle of the circle of which an arc is a part. */
const HEIGHT_METERS = 0.85;
/** Its far side lies higher, so that a camera behind sees it from above, and its right side too: blades come from the upper right. */
const PITCH_RADIANS = 0.5;
const ROLL_RADIANS = 0.35;
const [PITCH_SIN, PITCH_COS] = [Math.sin(PITCH_RADIANS), Math.cos(PITCH_RADIANS)];
const [ROLL_SIN, ROLL_COS] = [Math.sin(ROLL_RADIANS), Math.cos(ROLL_RADIANS)];

/** The bright arcs that blades leave in the air for a moment. Its MultiMesh draws one in front of whoever stands at its middle. */
export default class SlashArcs extends MultiMeshInstance3D {
  /** The oldest comes first. */
  readonly #buffer = new Float32Array(MOST_ARCS * FLOATS_PER_ARC);
  #count = 0;
  #shown = false;
  #many: ManyBuffer | undefined;

  _ready(): void {
    const { multimesh } = this;
    if (multimesh !== null) this.#many = new ManyBuffer(multimesh, FLOATS_PER_ARC);
    this.visible = false;
  }

  /** Feet in metres, facing in radians, 0 looks to -z. The oldest arc goes when there are too many. */
  add(x: number, y: number, z: number, facing: number): void {
    if (this.#count === MOST_ARCS) this.#forget(1);
    const index = this.#count;
    this.#count += 1;
    const cos = Math.cos(facing);
    const sin = Math.sin(facing);
    // Rolled about its own z, pitched about x, turned about y; rows of the 3x4 transform.
    const across = ROLL_SIN * PITCH_SIN;
    const along = ROLL_COS * PITCH_SIN;
    const buffer = this.#buffer;
    const at = index * FLOATS_PER_ARC;
    buffer[at] = ROLL_COS * cos + across * sin;
    buffer[at + 1] = -ROLL_SIN * cos + along * sin;
    buffer[at + 2] = PITCH_COS * sin;
    buffer[at + 3] = x;
    buffer[at + 4] = ROLL_SIN * PITCH_COS;
    buffer[at + 5] = ROLL_COS * PITCH_COS;
    buffer[at + 6] = -PITCH_SIN;
    buffer[at + 7] = y + HEIGHT_METERS;
    buffer[at + 8] = -ROLL_COS * sin + across * cos;
    buffer[at + 9] = ROLL_SIN * sin + along * cos;
    buffer[at + 10] = PITCH_COS * cos;
    buffer[at + 11] = z;
    buffer[at + AGE_AT] = 0;
  }

  /** One frame, after all that is new. */
  advance(seconds: number): void {
    if (this.#count === 0 && !this.#shown) return;
    let over = 0;
    for (let index = 0; index < this.#count; index += 1) {
      const at = index * FLOATS_PER_ARC + AGE_AT;
      const age = (this.#buffer[at] ?? 0) + seconds / ARC_SECONDS;
      this.#buffer[at] = age;
      if (age >= 1) over = index + 1;
    }
    if (over > 0) this.#forget(over);
    const shown = this.#count > 0;
    if (shown !== this.#shown) this.visible = shown;
    this.#shown = shown;
    if (shown) this.#many?.show(this.#buffer, this.#count);
  }

  /** So many of the oldest. */
  #forget(arcs: number): void {
    this.#buffer.copyWithin(0, arcs * FLOATS_PER_ARC, this.#count * FLOATS_PER_ARC);
    this.#count -= arcs;
  }
}
