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
      const to = (row * side + column) * FLOATS_PER_POINT;
      const light = 1 + SLOPE_LIGHT * (ground.gradientX + ground.gradientZ);
      points[to] = ground.heightMeters;
      points[to + 1] = Math.min(Math.max(light, LEAST_LIGHT), MOST_LIGHT);
    }
  }
  for (let box = 0; box < world.boxes.count; box += 1) build(points, side, metersPerPoint, world, box);
  return points;
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
