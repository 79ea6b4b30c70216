import { createFootprintOffset } from "../../../scripts/simulation/collision/box-set.ts";
import type { CollisionWorld } from "../../../scripts/simulation/collision/collision-world.ts";

const EYE_METERS = 1.6;
const BEYOND_METERS = 1.5;
const MOST_METERS = 60;
const STEP_METERS = 0.25;

/**
 * The nearest place to somebody that something which is built hides: from eye to chest no line of sight.
 * @throws where nothing of the kind is near
 */
export function behindSomething(
  world: CollisionWorld,
  from: { readonly x: number; readonly y: number; readonly z: number },
): { x: number; z: number } {
  const { boxes } = world;
  const offset = createFootprintOffset();
  const metersTo = (box: number) => Math.hypot(boxes.centerX(box) - from.x, boxes.centerZ(box) - from.z);
  const nearestFirst = Array.from({ length: boxes.count }, (_, box) => box).sort((a, b) => metersTo(a) - metersTo(b));
  for (const box of nearestFirst) {
    const [dx, dz] = [boxes.centerX(box) - from.x, boxes.centerZ(box) - from.z];
    const meters = metersTo(box);
    const wide = Math.min(boxes.boundsHalfX(box), boxes.boundsHalfZ(box));
    const tall =
      boxes.top(box) > Math.max(from.y, world.groundHeight(boxes.centerX(box), boxes.centerZ(box))) + 2 * EYE_METERS;
    if (wide < 1 || !tall || meters > MOST_METERS || boxes.bottom(box) > from.y + EYE_METERS) continue;
    for (let reach = meters; reach < meters + 12; reach += STEP_METERS) {
      const at = { x: from.x + (dx / meters) * reach, z: from.z + (dz / meters) * reach };
      boxes.footprintOffset(box, at, offset);
      if (offset.squared < BEYOND_METERS * BEYOND_METERS) continue;
      if (isFree(world, at)) return at;
      break;
    }
  }
  throw new Error(`expected something that is built within ${MOST_METERS} m of ${from.x}, ${from.z}`);
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
