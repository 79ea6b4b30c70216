import type { CollisionWorld } from "./collision/collision-world.ts";
import { SEA_LEVEL_METERS } from "./constants.ts";
import { checkSpawn } from "./spawn-check.ts";

/** Why a creature cannot have its post on the ground at x and z, metres, in a few words; undefined if it can. `pathOf`: scene node of a box. */
export function campGroundProblem(
  world: CollisionWorld,
  x: number,
  z: number,
  pathOf: (box: number) => string,
): string | undefined {
  const y = world.groundHeight(x, z);
  if (y < SEA_LEVEL_METERS) return `under water, the ground at ${y.toFixed(2)} m`;
  let blocker = "";
  const problem = checkSpawn(world, { x, y, z, yaw: 0 }, (box) => {
    blocker = pathOf(box);
    return blocker;
  });
  if (problem === undefined) return undefined;
  return blocker === "" ? "steeper than 45 degrees" : `inside of ${blocker}`;
}
