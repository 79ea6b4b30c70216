import { createFootprintOffset } from "./box-set.ts";
import type { CollisionWorld } from "./collision-world.ts";
import { createGroundSample } from "./heightfield.ts";

/** The grid lists every box within a metre of a point; steps stay below what is known, and short where the ground changes its slope. */
const LONGEST_STEP_METERS = 0.5;
/** Nearer than this it touches. */
const TOUCH_METERS = 0.01;

/**
 * How far a sphere can go through a zone before it touches the ground or a box: as far at a time as it is away from everything ("sphere tracing",
 * Hart 1996). For a view that is kept out of walls, not for movement: it is exact to a centimetre, and knows of slopes what lies below its middle.
 */
export class SphereSweep {
  /** In: where it begins, and the way that it would go, metres. Here, because numbers that are handed over would be put on the heap. */
  x = 0.5;
  y = 0.5;
  z = 0.5;
  wayX = 0.5;
  wayY = 0.5;
  wayZ = 0.5;
  /** Out: the share of the way that is free, 0 to 1; 0 also where it touches something from the start. */
  share = 0.5;
  readonly #radius: number;
  readonly #at = { x: 0.5, z: 0.5 };
  #height = 0.5;
  #gap = 0.5;
  readonly #ground = createGroundSample();
  readonly #offset = createFootprintOffset();

  constructor(radiusMeters: number) {
    this.#radius = radiusMeters;
  }

  /** Fills `share`. Allocates nothing. */
  go(world: CollisionWorld): void {
    const length = Math.sqrt(this.wayX * this.wayX + this.wayY * this.wayY + this.wayZ * this.wayZ);
    let gone = 0;
    while (gone < length) {
      const share = gone / length;
      this.#at.x = this.x + this.wayX * share;
      this.#at.z = this.z + this.wayZ * share;
      this.#height = this.y + this.wayY * share;
      this.#measure(world);
      if (this.#gap < TOUCH_METERS) {
        this.share = share;
        return;
      }
      gone += this.#gap;
    }
    this.share = 1;
  }

  /** Fills the gap from the sphere to what is nearest, at most the longest step. */
  #measure({ heightfield, grid, boxes }: CollisionWorld): void {
    const at = this.#at;
    const height = this.#height;
    const ground = this.#ground;
    heightfield.sample(at, ground);
    let nearest = (height - ground.heightMeters) / Math.sqrt(1 + ground.gradientSquared);
    const cell = grid.cellAt(at);
    const end = grid.start(cell + 1);
    for (let entry = grid.start(cell); entry < end; entry += 1) {
      const box = grid.box(entry);
      const above = Math.max(boxes.bottom(box) - height, height - boxes.top(box), 0);
      if (above >= nearest) continue;
      boxes.footprintOffset(box, at, this.#offset);
      nearest = Math.min(nearest, Math.sqrt(this.#offset.squared + above * above));
    }
    this.#gap = Math.min(nearest - this.#radius, LONGEST_STEP_METERS);
  }
}
