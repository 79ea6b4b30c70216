import { createFootprintOffset } from "../../../scripts/simulation/collision/box-set.ts";
import type { CollisionWorld } from "../../../scripts/simulation/collision/collision-world.ts";

const EYE_METERS = 1.6;
const HEAD_METERS = 1.9;
/** From what hides somebody, and how much higher than the line of sight that is at least. */
const BESIDE_METERS = 1.2;
const HIGHER_METERS = 0.4;
const LEAST_WIDTH_METERS = 3;
const MOST_METERS = 90;
const STEP_METERS = 0.25;

/**
 * The nearest place to somebody that something which is built hides: the line from eye to head goes through it.
 * @throws where nothing of the kind is near
 */
export function behindSomething(
  world: CollisionWorld,
  from: { readonly x: number; readonly y: number; readonly z: number },
): { x: number; z: number } {
  const { boxes } = world;
  const metersTo = (box: number) => Math.hypot(boxes.centerX(box) - from.x, boxes.centerZ(box) - from.z);
  const nearestFirst = Array.from({ length: boxes.count }, (_, box) => box).sort((a, b) => metersTo(a) - metersTo(b));
  for (const box of nearestFirst) {
    const meters = metersTo(box);
    if (Math.min(boxes.boundsHalfX(box), boxes.boundsHalfZ(box)) * 2 < LEAST_WIDTH_METERS) continue;
    if (meters > MOST_METERS) break;
    const at = beyond(world, box, from, meters);
    const eye = from.y + EYE_METERS;
    const head = world.groundHeight(at.x, at.z) + HEAD_METERS;
    const sight = eye + ((head - eye) * meters) / Math.hypot(at.x - from.x, at.z - from.z);
    const hides = boxes.top(box) > sight + HIGHER_METERS && boxes.bottom(box) < sight;
    if (hides && isFree(world, at)) return at;
  }
  throw new Error(`expected something that is built within ${MOST_METERS} m of ${from.x}, ${from.z}`);
}

/** The first place on the far side of a box, on the straight way through its middle. */
function beyond({ boxes }: CollisionWorld, box: number, from: { x: number; z: number }, meters: number) {
  const offset = createFootprintOffset();
  const [dx, dz] = [(boxes.centerX(box) - from.x) / meters, (boxes.centerZ(box) - from.z) / meters];
  for (let reach = meters; ; reach += STEP_METERS) {
    const at = { x: from.x + dx * reach, z: from.z + dz * reach };
    boxes.footprintOffset(box, at, offset);
    if (offset.squared > BESIDE_METERS * BESIDE_METERS) return at;
  }
}

/** Whether nothing stands there. */
function isFree({ boxes }: CollisionWorld, at: { x: number; z: number }): boolean {
  const offset = createFootprintOffset();
  for (let box = 0; box < boxes.count; box += 1) {
    boxes.footprintOffset(box, at, offset);
    if (offset.squared < 0.5) return false;
  }
  return true;
}
