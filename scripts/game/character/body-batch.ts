import type { MultiMeshInstance3D } from "godot";
import { FLOATS_PER_CHARACTER, writeCharacter } from "./character-buffer.ts";
import type { Figures } from "./figures.ts";
import { ManyBuffer } from "./many-buffer.ts";

const GROWTH = 32;

/** All bodies of one archetype at one level of detail: one draw call, one write per frame, none while there is nobody. */
export class BodyBatch {
  /** Bodies in this frame. */
  count = 0;
  readonly #instance: MultiMeshInstance3D;
  readonly #many: ManyBuffer;
  #buffer = new Float32Array(0);
  #shown = false;

  constructor(instance: MultiMeshInstance3D) {
    const many = instance.multimesh;
    if (many === null) throw new Error(`${instance.name}: expected a MultiMesh in its multimesh, got none`);
    this.#instance = instance;
    this.#many = new ManyBuffer(many, FLOATS_PER_CHARACTER);
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
    const shown = this.count > 0;
    if (shown !== this.#shown) this.#instance.visible = shown;
    this.#shown = shown;
    if (shown) this.#many.show(this.#buffer, this.count);
  }

  #grow(): void {
    const buffer = new Float32Array(this.#buffer.length + GROWTH * FLOATS_PER_CHARACTER);
    buffer.set(this.#buffer);
    this.#buffer = buffer;
  }
}
