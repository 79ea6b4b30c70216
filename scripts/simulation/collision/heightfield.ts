import { WALKABLE_GRADIENT_SQUARED } from "../constants.ts";

/** A point seen from above, in metres. */
export interface HorizontalPoint {
  readonly x: number;
  readonly z: number;
}

/** The ground under one point; filled in place. */
export interface GroundSample {
  heightMeters: number;
  /** Rise per metre to +x and to +z. */
  gradientX: number;
  gradientZ: number;
  gradientSquared: number;
}

/** Fractions, so that V8 keeps the fields as doubles from the start. */
export function createGroundSample(): GroundSample {
  return { heightMeters: 0.5, gradientX: 0.5, gradientZ: 0.5, gradientSquared: 0.5 };
}

export function isWalkable(ground: Readonly<GroundSample>): boolean {
  return ground.gradientSquared <= WALKABLE_GRADIENT_SQUARED;
}

/**
 * Ground as a square grid of heights, solid below. Sample (column, row) lies at x = column * spacing,
 * z = row * spacing. Every cell is two triangles that meet on the diagonal from its (0, 0) to its (1, 1) corner; a mesh
 * that draws the ground must use the same diagonal. Outside of the grid the edge cells go on.
 */
export class Heightfield {
  readonly samplesPerSide: number;
  readonly spacingMeters: number;
  readonly lowestMeters: number;
  readonly #heights: Float64Array;

  /** `heights` is row by row, `samplesPerSide` squared values in metres; at least 2 per side. */
  constructor(samplesPerSide: number, spacingMeters: number, heights: ArrayLike<number>) {
    if (samplesPerSide < 2 || heights.length !== samplesPerSide * samplesPerSide) {
      throw new RangeError(`expected ${samplesPerSide}² heights with at least 2 per side, got ${heights.length}`);
    }
    this.samplesPerSide = samplesPerSide;
    this.spacingMeters = spacingMeters;
    this.#heights = Float64Array.from(heights);
    this.lowestMeters = this.#heights.reduce((lowest, height) => Math.min(lowest, height), Number.POSITIVE_INFINITY);
  }

  /** Height and slope of the ground at a point, metres, into `out`. */
  sample(at: HorizontalPoint, out: GroundSample): void {
    const { x, z } = at;
    const last = this.samplesPerSide - 2;
    const column = Math.min(last, Math.max(0, Math.floor(x / this.spacingMeters)));
    const row = Math.min(last, Math.max(0, Math.floor(z / this.spacingMeters)));
    const u = x / this.spacingMeters - column;
    const v = z / this.spacingMeters - row;
    const corner = row * this.samplesPerSide + column;
    const h00 = this.#heights[corner] ?? 0;
    const h11 = this.#heights[corner + this.samplesPerSide + 1] ?? 0;
    let riseX: number;
    let riseZ: number;
    if (u >= v) {
      const h10 = this.#heights[corner + 1] ?? 0;
      riseX = h10 - h00;
      riseZ = h11 - h10;
    } else {
      const h01 = this.#heights[corner + this.samplesPerSide] ?? 0;
      riseX = h11 - h01;
      riseZ = h01 - h00;
    }
    out.heightMeters = h00 + riseX * u + riseZ * v;
    out.gradientX = riseX / this.spacingMeters;
    out.gradientZ = riseZ / this.spacingMeters;
    out.gradientSquared = out.gradientX * out.gradientX + out.gradientZ * out.gradientZ;
  }
}
