import { MultiMeshInstance3D } from "godot";
import { ManyBuffer } from "./many-buffer.ts";

/** A 3x4 transform and a colour. */
const FLOATS_PER_BOLT = 16;
const MOST_BOLTS = 128;

/**
 * Everything that flies: all in one draw call and one write per frame. Said anew in every frame: `begin`, `add` for each, `end`. Its mesh is one
 * metre long and lies along -z. Fixed memory; what does not fit is left out.
 */
export default class Bolts extends MultiMeshInstance3D {
  /** The bolt that is added next: a point, metres, and the way along which it flies, of any length but 0. Here, because numbers that are handed over would be put on the heap. */
  x = 0;
  y = 0;
  z = 0;
  dx = 0;
  dy = 0;
  dz = 1;
  /** Metres. */
  length = 1;
  readonly #buffer = new Float32Array(MOST_BOLTS * FLOATS_PER_BOLT);
  #many: ManyBuffer | undefined;
  #count = 0;
  /** What the engine was told last: it is asked nothing. */
  #shown = false;

  _ready(): void {
    const { multimesh } = this;
    if (multimesh !== null) this.#many = new ManyBuffer(multimesh, FLOATS_PER_BOLT);
    this.visible = false;
  }

  begin(): void {
    this.#count = 0;
  }

  /** Adds the bolt that is described. Colours 0 to 1. */
  add(red: number, green: number, blue: number): void {
    const { dx, dy, dz, length: size } = this;
    const way = Math.sqrt(dx * dx + dy * dy + dz * dz);
    if (this.#count >= MOST_BOLTS || way === 0) return;
    const flat = Math.sqrt(dx * dx + dz * dz);
    // Its back, its right and its up, of which the right one lies level.
    const bx = -dx / way;
    const by = -dy / way;
    const bz = -dz / way;
    const rx = flat > 0 ? -dz / flat : 1;
    const rz = flat > 0 ? dx / flat : 0;
    const ux = by * rz;
    const uy = bz * rx - bx * rz;
    const uz = -by * rx;
    const buffer = this.#buffer;
    const at = this.#count * FLOATS_PER_BOLT;
    this.#count += 1;
    buffer[at] = rx * size;
    buffer[at + 1] = ux * size;
    buffer[at + 2] = bx * size;
    buffer[at + 3] = this.x;
    buffer[at + 5] = uy * size;
    buffer[at + 6] = by * size;
    buffer[at + 7] = this.y;
    buffer[at + 8] = rz * size;
    buffer[at + 9] = uz * size;
    buffer[at + 10] = bz * size;
    buffer[at + 11] = this.z;
    buffer[at + 12] = red;
    buffer[at + 13] = green;
    buffer[at + 14] = blue;
    buffer[at + 15] = 1;
  }

  end(): void {
    const shown = this.#count > 0;
    if (this.#shown !== shown) this.visible = shown;
    this.#shown = shown;
    if (shown) this.#many?.show(this.#buffer, this.#count);
  }
}
