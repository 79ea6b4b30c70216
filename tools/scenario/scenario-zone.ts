import { sinOfYaw } from "../../scripts/simulation/trigonometry.ts";
import type { BoxDescription, ZoneDescription } from "../../scripts/simulation/zone-description.ts";
import { createSeededRandom } from "../../scripts/transport/conditioner/seeded-random.ts";

/** A round place that bots keep to, metres. */
export interface Ground {
  x: number;
  z: number;
  radiusMeters: number;
}

// Everybody is to see everybody: from end to end it is less than the radius of the area of interest.

/** Gently rolling, and nothing on it. */
export const OPEN_GROUND: Ground = Object.freeze({ x: 220, z: 256, radiusMeters: 32 });
/** Walls to slide along, crates to run into, ledges to jump on, stairs, narrow gaps. */
export const OBSTACLE_COURSE: Ground = Object.freeze({ x: 280, z: 256, radiusMeters: 18 });

const SAMPLES_PER_SIDE = 257;
const SPACING_METERS = 2;
const BASE_METERS = 12;
const CRATES = 40;
const CRATE_SEED = 7;

function heightAt(x: number, z: number): number {
  // Waves of 64 m and 48 m, 1 m and 0.6 m high: nothing too steep to walk. Flat where the obstacles stand.
  const waves = sinOfYaw((x * 1024) & 0xffff) + 0.6 * sinOfYaw((z * 1365) & 0xffff);
  const distance = Math.sqrt((x - OBSTACLE_COURSE.x) ** 2 + (z - OBSTACLE_COURSE.z) ** 2);
  const share = Math.min(Math.max((distance - 26) / 20, 0), 1);
  return BASE_METERS + waves * share;
}

function standing(
  name: string,
  x: number,
  z: number,
  width: number,
  height: number,
  depth: number,
  yaw = 0,
): BoxDescription {
  return {
    nodePath: `ScenarioZone/${name}`,
    x,
    y: BASE_METERS + height / 2,
    z,
    halfX: width / 2,
    halfY: height / 2,
    halfZ: depth / 2,
    yaw,
  };
}

function obstacles(): BoxDescription[] {
  const random = createSeededRandom(CRATE_SEED);
  const { x, z, radiusMeters } = OBSTACLE_COURSE;
  const boxes: BoxDescription[] = [];
  for (let step = 0; step < 8; step += 1) {
    boxes.push(standing(`Step${step + 1}`, x, z - 6 - step * 0.6, 4, (step + 1) * 0.2, 0.6));
  }
  boxes.push(standing("WallWest", x - 8, z, 1, 3, 14, 3000), standing("WallEast", x + 8, z, 1, 3, 14, 62_000));
  for (let crate = 0; crate < CRATES; crate += 1) {
    const at = () => (random() * 2 - 1) * radiusMeters;
    const [dx, dz] = [at(), at()];
    // Room to stand in the middle, where bots begin.
    if (Math.abs(dx) < 3 && Math.abs(dz) < 3) continue;
    const height = random() < 0.4 ? 0.3 + random() * 0.6 : 1 + random() * 2;
    const yaw = Math.floor(random() * 65_536);
    boxes.push(standing(`Crate${crate}`, x + dx, z + dz, 0.6 + random() * 2.5, height, 0.6 + random() * 2.5, yaw));
  }
  return boxes;
}

/** The world of scenarios: open ground in the west, an obstacle course in the east. */
export function createScenarioZone(): ZoneDescription {
  const heights: number[] = [];
  for (let row = 0; row < SAMPLES_PER_SIDE; row += 1) {
    for (let column = 0; column < SAMPLES_PER_SIDE; column += 1) {
      heights.push(heightAt(column * SPACING_METERS, row * SPACING_METERS));
    }
  }
  const { x, z } = OPEN_GROUND;
  return {
    name: "scenario",
    nodePath: "ScenarioZone",
    sizeMeters: 512,
    heightfield: {
      nodePath: "ScenarioZone/Ground",
      samplesPerSide: SAMPLES_PER_SIDE,
      spacingMeters: SPACING_METERS,
      heights,
    },
    boxes: obstacles(),
    spawns: [{ nodePath: "ScenarioZone/Spawn", x, y: BASE_METERS + 2, z, yaw: 0 }],
    borders: [],
    pointsOfInterest: [],
    camps: [],
  };
}
