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
  #shown = true;
  #many: MultiMesh | null = null;

  _ready(): void {
    this.#many = this.multimesh;
    if (this.#many !== null) this.#many.instance_count = MOST_ARCS;
    for (let index = 0; index < MOST_ARCS; index += 1) this.#buffer[index * FLOATS_PER_ARC + 12] = 1;
    this.#show(false);
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
    this.#show(true);
  }

  _process(delta: number): void {
    if (this.#many === null) return;
    let alive = false;
    for (let index = 0; index < MOST_ARCS; index += 1) {
      const before = this.#age[index] ?? 0;
      if (before >= ARC_SECONDS) continue;
      const age = before + delta;
      this.#age[index] = age;
      this.#buffer[index * FLOATS_PER_ARC + 12] = Math.min(age / ARC_SECONDS, 1);
      alive = true;
    }
    this.#many.buffer = this.#buffer;
    if (!alive) this.#show(false);
  }

  /** Nothing is run while there is nothing to see. */
  #show(shown: boolean): void {
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.visible = shown;
    this.set_process(shown);
  }
}
