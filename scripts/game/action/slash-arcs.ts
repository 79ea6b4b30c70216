import { type MultiMesh, MultiMeshInstance3D } from "godot";

const FLOATS_PER_ARC = 16;
const MOST_ARCS = 32;
const ARC_SECONDS = 0.3;
/** From the feet to where a blade passes. */
const HEIGHT_METERS = 1.12;

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
    this.#buffer.set([cos, 0, sin, x, 0, 1, 0, y + HEIGHT_METERS, -sin, 0, cos, z], index * FLOATS_PER_ARC);
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
