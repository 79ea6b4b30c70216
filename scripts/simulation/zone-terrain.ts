import type { Terrain } from "../protocol/snapshot-codec/motion-prediction.ts";
import { createGroundSample, type Heightfield } from "./collision/heightfield.ts";
import { POSITION_STEPS_PER_METER } from "./constants.ts";

const terrains = new WeakMap<Heightfield, ZoneTerrain>();

/** The terrain of a ground, the same one for all who ask: it never changes. */
export function terrainOf(heightfield: Heightfield): ZoneTerrain {
  let terrain = terrains.get(heightfield);
  if (terrain === undefined) {
    terrain = new ZoneTerrain(heightfield);
    terrains.set(heightfield, terrain);
  }
  return terrain;
}

/**
 * A zone's ground for the codec: the simulation's heightfield in steps of the lattice, in half the memory, rounded up as feet
 * are. The same triangles as `Heightfield`. Outside of the grid the edge cells go on.
 */
export class ZoneTerrain implements Terrain {
  private readonly heights: Float32Array;
  private readonly perSide: number;
  private readonly cellsPerStep: number;

  constructor(heightfield: Heightfield) {
    const ground = createGroundSample();
    const { samplesPerSide, spacingMeters } = heightfield;
    this.perSide = samplesPerSide;
    this.cellsPerStep = 1 / (spacingMeters * POSITION_STEPS_PER_METER);
    this.heights = new Float32Array(samplesPerSide * samplesPerSide);
    for (let at = 0; at < this.heights.length; at++) {
      const x = (at % samplesPerSide) * spacingMeters;
      heightfield.sample({ x, z: Math.floor(at / samplesPerSide) * spacingMeters }, ground);
      this.heights[at] = ground.heightMeters * POSITION_STEPS_PER_METER;
    }
  }

  heightSteps(x: number, z: number): number {
    const { heights, perSide } = this;
    const cellX = x * this.cellsPerStep;
    const cellZ = z * this.cellsPerStep;
    const last = (perSide - 2) | 0;
    const column = Math.min(last, Math.max(0, cellX | 0));
    const row = Math.min(last, Math.max(0, cellZ | 0));
    const u = cellX - column;
    const v = cellZ - row;
    const corner = (Math.imul(row, perSide) + column) | 0;
    // Which of the two triangles it is, is a coin toss: -1 or 0, without a branch.
    const upper = (Math.floor(u - v) | 0) >> 31;
    const near = heights[corner] ?? 0;
    const far = heights[corner + perSide + 1] ?? 0;
    // The corner that both triangles do not share.
    const third = heights[corner + 1 + (upper & (perSide - 1))] ?? 0;
    const more = u * (1 + upper) - v * upper;
    const less = v * (1 + upper) - u * upper;
    const rise = (third - near) * more + (far - third) * less;
    return Math.ceil(near + rise) | 0;
  }
}
