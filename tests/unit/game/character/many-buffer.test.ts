import { expect, test } from "vitest";
import { type Instances, ManyBuffer } from "../../../../scripts/game/character/many-buffer.ts";

const FLOATS = 4;

/** As much of the engine's MultiMesh as is used, which refuses what the engine refuses. */
class EngineInstances implements Instances {
  resizes = 0;
  drawn: number[] = [];
  #buffer = new Float32Array(0);
  #count = 0;
  #visible = -1;

  get instance_count(): number {
    return this.#count;
  }

  set instance_count(count: number) {
    this.#count = count;
    this.#visible = Math.min(this.#visible, count);
    this.resizes += 1;
  }

  get visible_instance_count(): number {
    return this.#visible;
  }

  set visible_instance_count(count: number) {
    if (count > this.#count) throw new Error(`${count} of ${this.#count} instances cannot be drawn`);
    this.#visible = count;
  }

  get buffer(): Float32Array<ArrayBuffer> {
    return this.#buffer;
  }

  set buffer(floats: Float32Array) {
    if (floats.length !== this.#count * FLOATS) throw new Error(`${floats.length} floats, ${this.#count} instances`);
    this.#buffer = Float32Array.from(floats);
    this.drawn = [...floats.subarray(0, this.#visible * FLOATS)];
  }
}

function numbered(instances: number): Float32Array {
  return Float32Array.from({ length: instances * FLOATS }, (_, index) => index);
}

test("whatever is shown is drawn, and the engine has room for little more than that", () => {
  const instances = new EngineInstances();
  const buffer = new ManyBuffer(instances, FLOATS);
  let floats = numbered(32);
  for (let frame = 0; frame < 4000; frame += 1) {
    // Ten at first, up to a hundred in the middle, ten in the end.
    const count = 10 + Math.round(90 * Math.sin((Math.PI * frame) / 4000) ** 8);
    while (floats.length < count * FLOATS) floats = numbered(floats.length / FLOATS + 32);
    buffer.show(floats, count);
    expect(instances.drawn).toEqual([...floats.subarray(0, count * FLOATS)]);
  }
  expect(instances.instance_count).toBe(16);
  expect(instances.resizes).toBeLessThan(20);
});

test("nothing at all is shown of nothing, and what comes after that is", () => {
  const instances = new EngineInstances();
  const buffer = new ManyBuffer(instances, FLOATS);
  buffer.show(numbered(16), 0);
  expect(instances.instance_count).toBe(0);
  buffer.show(numbered(16), 16);
  expect(instances.drawn.length).toBe(16 * FLOATS);
  buffer.show(numbered(16), 0);
  buffer.show(numbered(48), 40);
  expect(instances.drawn.length).toBe(40 * FLOATS);
});
