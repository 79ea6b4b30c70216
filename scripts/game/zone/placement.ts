import { fractalNoise } from "./value-noise.ts";

/** What decides where things of one kind stand. */
export interface PlacementRule {
  seed: number;
  /** Things tried for; fewer come out where the rule leaves no room. */
  count: number;
  /** The area: its western and northern edge and its size, metres. */
  x: number;
  z: number;
  width: number;
  depth: number;
  minHeightMeters: number;
  maxHeightMeters: number;
  /** Steepest ground, as the rise per metre. */
  maxSlope: number;
  /** Least distance between two, metres. */
  spacingMeters: number;
  /** 0: everywhere alike; 1: only in the clumps of the noise. */
  clumping: number;
  minScale: number;
  maxScale: number;
  /** How far it is sunk into the ground per unit of slope, metres. */
  sinkMeters: number;
}

/** The ground that things are placed on. */
export interface PlacementGround {
  height(x: number, z: number): number;
  /** True where nothing may stand. */
  blocked(x: number, z: number): boolean;
}

/** One placed thing. Yaw in radians. */
export interface Placed {
  x: number;
  y: number;
  z: number;
  yaw: number;
  scale: number;
}

/** Places things by trial: the same rule and ground give the same list. */
export function placeThings(rule: PlacementRule, ground: PlacementGround): Placed[] {
  const placed: Placed[] = [];
  const buckets = new Map<string, Placed[]>();
  const bucketMeters = Math.max(rule.spacingMeters, 0.5);
  for (let attempt = 0; attempt < rule.count * 4 && placed.length < rule.count; attempt++) {
    const x = rule.x + rule.width * unit(rule.seed, attempt * 4);
    const z = rule.z + rule.depth * unit(rule.seed, attempt * 4 + 1);
    const clump = fractalNoise(rule.seed + 5, x / 46, z / 46, 2) * 0.5 + 0.5;
    if (clump < rule.clumping * (0.35 + 0.45 * unit(rule.seed, attempt * 4 + 2))) continue;
    const y = ground.height(x, z);
    if (y < rule.minHeightMeters || y > rule.maxHeightMeters || ground.blocked(x, z)) continue;
    const slope = Math.hypot(ground.height(x + 1, z) - y, ground.height(x, z + 1) - y);
    if (slope > rule.maxSlope || crowded(buckets, bucketMeters, rule.spacingMeters, x, z)) continue;
    const dice = unit(rule.seed, attempt * 4 + 3);
    const thing = {
      x,
      y: y - rule.sinkMeters * slope,
      z,
      yaw: dice * Math.PI * 2,
      scale: rule.minScale + (rule.maxScale - rule.minScale) * ((dice * 7.13) % 1),
    };
    placed.push(thing);
    const key = bucketKey(x, z, bucketMeters);
    buckets.set(key, [...(buckets.get(key) ?? []), thing]);
  }
  return placed;
}

function crowded(buckets: Map<string, Placed[]>, bucketMeters: number, spacing: number, x: number, z: number): boolean {
  if (spacing <= 0) return false;
  for (let dx = -1; dx <= 1; dx++) {
    for (let dz = -1; dz <= 1; dz++) {
      const near = buckets.get(bucketKey(x + dx * bucketMeters, z + dz * bucketMeters, bucketMeters));
      if (near?.some((other) => Math.hypot(other.x - x, other.z - z) < spacing)) return true;
    }
  }
  return false;
}

function bucketKey(x: number, z: number, bucketMeters: number): string {
  return `${Math.floor(x / bucketMeters)},${Math.floor(z / bucketMeters)}`;
}

/** A number in [0, 1) for each pair of seed and index. */
function unit(seed: number, index: number): number {
  let hash = Math.imul(seed, 0x9e3779b1) ^ Math.imul(index, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return ((hash ^ (hash >>> 15)) >>> 0) / 4294967296;
}
