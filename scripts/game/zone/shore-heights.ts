import { fractalNoise, mix, smoothStep, valueNoise } from "./value-noise.ts";

/** A place that is levelled: flat within `radiusMeters`, blending into the land over `featherMeters`. */
export interface Terrace {
  x: number;
  z: number;
  heightMeters: number;
  radiusMeters: number;
  featherMeters: number;
}

/** A beaten way along points on the ground: it is smoothed a little and drawn as earth. */
export interface Trail {
  points: readonly { readonly x: number; readonly z: number }[];
  widthMeters: number;
}

export interface ShoreShape {
  seed: number;
  /** Height of the hills over the beach. */
  reliefMeters: number;
  /** Where the coast runs, on average, from the zone's western edge. */
  coastMeters: number;
  /** Nobody can walk deeper than this below the sea level, which is 0. */
  wadingDepthMeters: number;
  terraces: readonly Terrace[];
  trails: readonly Trail[];
}

/**
 * The land of the shore: sea in the west, a bay in the middle, a headland in the north, hills towards the east.
 * Defined everywhere, so that the country beyond the zone continues it. Metres; sea level is 0.
 */
export class ShoreHeights {
  readonly #shape: ShoreShape;
  readonly #trailBounds: { minX: number; maxX: number; minZ: number; maxZ: number }[];

  constructor(shape: ShoreShape) {
    this.#shape = shape;
    this.#trailBounds = shape.trails.map(({ points, widthMeters }) => ({
      minX: Math.min(...points.map(({ x }) => x)) - widthMeters * 2,
      maxX: Math.max(...points.map(({ x }) => x)) + widthMeters * 2,
      minZ: Math.min(...points.map(({ z }) => z)) - widthMeters * 2,
      maxZ: Math.max(...points.map(({ z }) => z)) + widthMeters * 2,
    }));
  }

  /** Height of the ground that is drawn and walked on. */
  ground(x: number, z: number): number {
    return Math.max(this.bed(x, z), -this.#shape.wadingDepthMeters);
  }

  /** Height of the ground, or of the sea's bed as deep as it looks from above. */
  bed(x: number, z: number): number {
    const wild = this.#wild(x, z);
    let height = mix(wild, this.#worn(x, z, wild), this.trail(x, z) * 0.6);
    for (const { x: tx, z: tz, heightMeters, radiusMeters, featherMeters } of this.#shape.terraces) {
      const distance = Math.hypot(x - tx, z - tz);
      if (distance >= radiusMeters + featherMeters) continue;
      height = mix(heightMeters, height, smoothStep(radiusMeters, radiusMeters + featherMeters, distance));
    }
    return height;
  }

  /** How much of a trail a point is: 1 on it, 0 beside it. */
  trail(x: number, z: number): number {
    let most = 0;
    this.#shape.trails.forEach(({ points, widthMeters }, index) => {
      const bounds = this.#trailBounds[index];
      if (!bounds || x < bounds.minX || x > bounds.maxX || z < bounds.minZ || z > bounds.maxZ) return;
      const half = widthMeters / 2;
      const ragged = half * (1 + 0.35 * valueNoise(this.#shape.seed + 77, x / 3, z / 3));
      most = Math.max(most, 1 - smoothStep(ragged * 0.55, ragged + 0.9, distanceToLine(points, x, z)));
    });
    return most;
  }

  /** Metres from the coast line, positive on land. */
  inland(x: number, z: number): number {
    const { seed, coastMeters } = this.#shape;
    const bay = 40 * bell((z - 268) / 44);
    const headland = -66 * bell((z - 150) / 34);
    const wander = 26 * valueNoise(seed + 3, z / 120, 0.5) + 8 * valueNoise(seed + 4, x / 26, z / 26);
    return x - (coastMeters + bay + headland + wander * smoothStep(0, 60, Math.abs(z - 268)));
  }

  #wild(x: number, z: number): number {
    const { seed, reliefMeters } = this.#shape;
    const inland = this.inland(x, z);
    const detail = 0.35 * valueNoise(seed + 9, x / 7, z / 7);
    if (inland < 0) return Math.max(-9, inland * 0.1) + detail * 0.5;
    const beach = Math.min(inland, 24) * 0.09;
    const hills = (fractalNoise(seed, x / 105, z / 105, 4) * 0.5 + 0.5) * reliefMeters;
    const rise = Math.min(inland, 420) * 0.018;
    const headland = 13 * bell(Math.hypot(x - 128, (z - 152) * 1.1) / 40) * smoothStep(-1, 13, inland);
    const land = beach + smoothStep(16, 130, inland) * (hills + rise) + headland + detail * smoothStep(4, 24, inland);
    return land + this.#mountains(x, z);
  }

  /** Far beyond the zone, to the north and east, the land rises: a horizon, never walked on. */
  #mountains(x: number, z: number): number {
    const beyond = Math.max(-z, x - 512, (z - 512) * 0.7, 0);
    if (beyond <= 40) return 0;
    const ridge = 1 - Math.abs(fractalNoise(this.#shape.seed + 31, x / 260, z / 260, 3));
    return smoothStep(40, 520, beyond) * ridge * ridge * 120 * smoothStep(0, 160, this.inland(x, z));
  }

  /** What feet make of wild ground: the same slope without its bumps. */
  #worn(x: number, z: number, here: number): number {
    const reach = 5;
    const around =
      this.#wild(x - reach, z) + this.#wild(x + reach, z) + this.#wild(x, z - reach) + this.#wild(x, z + reach);
    return (around + here) / 5;
  }
}

function bell(distance: number): number {
  return 1 / (1 + distance * distance) ** 2;
}

function distanceToLine(points: Trail["points"], x: number, z: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 1 < points.length; i++) {
    const [from, to] = [points[i], points[i + 1]];
    if (!from || !to) continue;
    const [dx, dz] = [to.x - from.x, to.z - from.z];
    const lengthSquared = dx * dx + dz * dz || 1;
    const along = Math.min(1, Math.max(0, ((x - from.x) * dx + (z - from.z) * dz) / lengthSquared));
    nearest = Math.min(nearest, Math.hypot(x - from.x - dx * along, z - from.z - dz * along));
  }
  return nearest;
}
