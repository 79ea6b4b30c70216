import type { MultiMesh, MultiMeshInstance3D } from "godot";
import { FLOATS_PER_CHARACTER, writeCharacter } from "./character-buffer.ts";
import type { Figures } from "./figures.ts";

const GROWTH = 32;

/** All bodies of one archetype at one level of detail: one draw call, one write per frame, none while there is nobody. */
export class BodyBatch {
  /** Bodies in this frame. */
  count = 0;
  readonly #instance: MultiMeshInstance3D;
  readonly #many: MultiMesh;
  #buffer = new Float32Array(0);
  #drawn = -1;

  constructor(instance: MultiMeshInstance3D) {
    const many = instance.multimesh;
    if (many === null) throw new Error(`${instance.name}: expected a MultiMesh in its multimesh, got none`);
    this.#instance = instance;
    this.#many = many;
    instance.visible = false;
  }

  begin(): void {
    this.count = 0;
  }

  /** Adds a body for this frame; as `writeCharacter`. */
  add(figures: Figures, slot: number, dots: number): void {
    if ((this.count + 1) * FLOATS_PER_CHARACTER > this.#buffer.length) this.#grow();
    writeCharacter(this.#buffer, this.count, figures, slot, dots);
    this.count += 1;
  }

  /** Gives the frame to the engine. */
  end(): void {
    if (this.count !== this.#drawn) {
      if (this.count > 0 !== this.#drawn > 0) this.#instance.visible = this.count > 0;
      this.#many.visible_instance_count = this.count;
      this.#drawn = this.count;
    }
    if (this.count > 0) this.#many.buffer = this.#buffer;
  }

  #grow(): void {
    const capacity = this.#buffer.length / FLOATS_PER_CHARACTER + GROWTH;
    const buffer = new Float32Array(capacity * FLOATS_PER_CHARACTER);
    buffer.set(this.#buffer);
    this.#buffer = buffer;
    this.#many.instance_count = capacity;
    this.#drawn = -1;
  }
}
