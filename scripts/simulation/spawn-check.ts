import { findFooting, overlappedBox } from "./collision/capsule.ts";
import type { CollisionWorld, Place } from "./collision/collision-world.ts";

/** A spawn may stand so far over the ground: the character falls the rest of the way. */
const MAX_DROP_METERS = 0.5;
/** A marker set by hand may sink in a little: the character is lifted. */
const MAX_SUNK_METERS = 0.05;

/**
 * Why a character cannot appear at a place inside of the zone, in words for the designer; undefined if it can.
 * `pathOf` names the scene node of a box of `world`.
 */
export function checkSpawn(world: CollisionWorld, place: Place, pathOf: (box: number) => string): string | undefined {
  const { x, y, z } = place;
  const ground = world.groundHeight(x, z);
  if (y < ground - MAX_SUNK_METERS) {
    return `expected a spawn on the ground; it is ${inMeters(ground - y)} below it. Raise it to y ${inMeters(ground)}.`;
  }
  const { footing } = world.scratch;
  footing.fromMeters = y;
  findFooting(world, place);
  const { walkableMeters, steepMeters } = footing;
  const floor = Math.max(walkableMeters, steepMeters);
  const feet = floor - y <= MAX_SUNK_METERS ? Math.max(y, floor) : y;
  const box = overlappedBox(world, { x, y: feet, z });
  if (box >= 0) {
    return `expected room for a character; the spawn is inside of ${pathOf(box)}. Move one of the two.`;
  }
  if (y - floor > MAX_DROP_METERS) {
    return `expected a spawn at most ${MAX_DROP_METERS} m above the ground; it is ${inMeters(y - floor)} above. Lower it to y ${inMeters(floor)}.`;
  }
  if (steepMeters > walkableMeters) {
    return "expected ground of at most 45 degrees under a spawn; here it is steeper, players would slide away. Move it to flatter ground.";
  }
  return undefined;
}

function inMeters(meters: number): string {
  return `${meters.toFixed(2)} m`;
}
