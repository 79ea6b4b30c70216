import { createFootprintOffset } from "../../simulation/collision/box-set.ts";
import { createGroundSample } from "../../simulation/collision/heightfield.ts";
import type { Zone } from "../../simulation/zone-file.ts";

/** Of one point of the map: height above the sea, metres; how lit its slope is, 1 where it is level; how much of it is built on, 0 to 1. */
export const FLOATS_PER_POINT = 3;
/** What is smaller than this, or lower above ground and sea, is no landmark: stones, crates, the trunks of trees. */
const LEAST_BUILT_METERS = 2;
const LEAST_BUILT_HEIGHT_METERS = 0.6;
/** The light of the map comes from the north-west, as on maps of paper. */
const SLOPE_LIGHT = 0.32;
const SLOPE_METERS = 3;
const LEAST_LIGHT = 0.62;
const MOST_LIGHT = 1.3;

/** The ground of a zone as a map shows it, `side` by `side` points, row by row from north to south. For a picture that is made once. */
export function mapGround({ sizeMeters, world }: Zone, side: number): Float32Array {
  const points = new Float32Array(side * side * FLOATS_PER_POINT);
  const metersPerPoint = sizeMeters / side;
  const at = { x: 0, z: 0 };
  const ground = createGroundSample();
  for (let row = 0; row < side; row += 1) {
    at.z = (row + 0.5) * metersPerPoint;
    for (let column = 0; column < side; column += 1) {
      at.x = (column + 0.5) * metersPerPoint;
      world.heightfield.sample(at, ground);
      points[(row * side + column) * FLOATS_PER_POINT] = ground.heightMeters;
    }
  }
  light(points, side, metersPerPoint);
  for (let box = 0; box < world.boxes.count; box += 1) build(points, side, metersPerPoint, world, box);
  return points;
}

/** Lights slopes, by what the ground rises over some metres: the facets of the ground are no news on a map. */
function light(points: Float32Array, side: number, metersPerPoint: number): void {
  const reach = Math.max(Math.round(SLOPE_METERS / metersPerPoint), 1);
  const last = side - 1;
  for (let row = 0; row < side; row += 1) {
    const [north, south] = [Math.max(row - reach, 0), Math.min(row + reach, last)];
    for (let column = 0; column < side; column += 1) {
      const [west, east] = [Math.max(column - reach, 0), Math.min(column + reach, last)];
      const height = (z: number, x: number) => points[(z * side + x) * FLOATS_PER_POINT] ?? 0;
      const riseX = (height(row, east) - height(row, west)) / ((east - west) * metersPerPoint);
      const riseZ = (height(south, column) - height(north, column)) / ((south - north) * metersPerPoint);
      const lit = 1 + SLOPE_LIGHT * (riseX + riseZ);
      points[(row * side + column) * FLOATS_PER_POINT + 1] = Math.min(Math.max(lit, LEAST_LIGHT), MOST_LIGHT);
    }
  }
}

/** Adds the footprint of what stands there, if it is large enough. */
function build(points: Float32Array, side: number, metersPerPoint: number, world: Zone["world"], box: number): void {
  const { boxes } = world;
  const [halfX, halfZ] = [boxes.boundsHalfX(box), boxes.boundsHalfZ(box)];
  const [x, z] = [boxes.centerX(box), boxes.centerZ(box)];
  const floor = Math.max(world.groundHeight(x, z), 0);
  if (Math.min(halfX, halfZ) * 2 < LEAST_BUILT_METERS || boxes.top(box) < floor + LEAST_BUILT_HEIGHT_METERS) return;
  const at = { x: 0, z: 0 };
  const offset = createFootprintOffset();
  const first = (meters: number) => Math.max(Math.floor(meters / metersPerPoint) - 1, 0);
  const last = (meters: number) => Math.min(Math.ceil(meters / metersPerPoint) + 1, side - 1);
  for (let row = first(z - halfZ); row <= last(z + halfZ); row += 1) {
    at.z = (row + 0.5) * metersPerPoint;
    for (let column = first(x - halfX); column <= last(x + halfX); column += 1) {
      at.x = (column + 0.5) * metersPerPoint;
      boxes.footprintOffset(box, at, offset);
      const to = (row * side + column) * FLOATS_PER_POINT + 2;
      const covered = Math.max(1 - Math.sqrt(offset.squared) / metersPerPoint, 0);
      points[to] = Math.max(points[to] ?? 0, covered);
    }
  }
}
