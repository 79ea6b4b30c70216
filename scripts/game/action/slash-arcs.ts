import { type MultiMesh, MultiMeshInstance3D } from "godot";

const FLOATS_PER_ARC = 16;
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
  readonly #buffer = new Float32Array(MOST_ARCS * FLOATS_PER_ARC);
  readonly #age = new Float32Array(MOST_ARCS).fill(ARC_SECONDS);
  #next = 0;
  #many: MultiMesh | null = null;

  _ready(): void {
    this.#many = this.multimesh;
    if (this.#many !== null) this.#many.instance_count = MOST_ARCS;
    this.visible = false;
  }

  /** Feet in metres, facing in radians, 0 looks to -z. The oldest arc goes when there are too many. */
  add(x: number, y: number, z: number, facing: number): void {
    const index = this.#next;
    this.#next = (index + 1) % MOST_ARCS;
    this.#age[index] = 0;
    const cos = Math.cos(facing);
    const sin = Math.sin(facing);
    // Rolled about its own z, pitched about x, turned about y; rows of the 3x4 transform.
    const across = ROLL_SIN * PITCH_SIN;
    const along = ROLL_COS * PITCH_SIN;
    const top = [ROLL_COS * cos + across * sin, -ROLL_SIN * cos + along * sin, PITCH_COS * sin, x];
    const middle = [ROLL_SIN * PITCH_COS, ROLL_COS * PITCH_COS, -PITCH_SIN, y + HEIGHT_METERS];
    const bottom = [-ROLL_COS * sin + across * cos, ROLL_SIN * sin + along * cos, PITCH_COS * cos, z];
    this.#buffer.set([...top, ...middle, ...bottom], index * FLOATS_PER_ARC);
    this.visible = true;
  }

  _process(delta: number): void {
    if (!this.visible || this.#many === null) return;
    let alive = false;
    for (let index = 0; index < MOST_ARCS; index += 1) {
      const age = Math.min((this.#age[index] ?? 0) + delta, ARC_SECONDS);
      this.#age[index] = age;
      this.#buffer[index * FLOATS_PER_ARC + 12] = age / ARC_SECONDS;
      if (age < ARC_SECONDS) alive = true;
    }
    this.#many.buffer = this.#buffer;
    this.visible = alive;
  }
}
