import { MAX_CAMP_CREATURES, MAX_ZONE_CREATURES } from "./camp.ts";
import { campGroundProblem } from "./camp-ground.ts";
import type { CollisionWorld } from "./collision/collision-world.ts";
import type { CreatureRule } from "./combat/data/combat-data.ts";
import { ZONE_SIZE_METERS } from "./constants.ts";
import type { CampDescription, SpawnDescription, ZoneProblem } from "./zone-description.ts";

export const CAMP_RADIUS_METERS = { min: 0, max: 30 } as const;
export const CAMP_LEASH_METERS = { min: 10, max: 80 } as const;
export const CAMP_RESPAWN_SECONDS = { min: 5, max: 3600 } as const;
/** The node of a camp stands on the ground, or its circle in the editor would lie. */
const MAX_OFF_GROUND_METERS = 3;
/** Of the circle that can be stood on. */
const LEAST_SHARE = 0.5;
const RINGS = 5;
const SPOKES = 16;

/** What a camp is judged by. */
export interface CampSurroundings {
  readonly spawns: readonly SpawnDescription[];
  readonly world: CollisionWorld;
  /** Kinds that there are. */
  readonly creatures: readonly CreatureRule[];
  /** Scene node of a box of `world`. */
  pathOf(box: number): string;
}

/** Everything that makes a camp unusable, for the designer who looks at its node. */
export function checkCamp(camp: CampDescription, around: CampSurroundings): ZoneProblem[] {
  const rule = around.creatures.find(({ key }) => key === camp.creature);
  const reasons = [...checkFields(camp)];
  if (rule === undefined) {
    const names = around.creatures.map(({ key }) => key).join(", ");
    reasons.push(
      `expected the name of a file in data/creatures without .json, one of ${names}; got "${camp.creature}". Choose one of them in "creature".`,
    );
  }
  if (reasons.length === 0) reasons.push(...checkPlace(camp, around));
  const near = rule && reasons.length === 0 ? nearestSpawn(camp, rule, around.spawns) : undefined;
  if (near !== undefined) reasons.push(near);
  return reasons.map((reason) => ({ nodePath: camp.nodePath, reason }));
}

/** What all camps of a zone have in common; `nodePath`: of the zone. */
export function checkCampTotal(camps: readonly CampDescription[], nodePath: string): ZoneProblem[] {
  const total = camps.reduce((sum, { count }) => sum + count, 0);
  if (!(total > MAX_ZONE_CREATURES)) return [];
  const reason = `expected at most ${MAX_ZONE_CREATURES} creatures in all camps; got ${total}. Remove camps, or make "count" smaller.`;
  return [{ nodePath, reason }];
}

/** Farther than this from a camp, nobody who stands still is noticed by its creatures, metres: posts, wandering and sight. */
export function campReachMeters({ radiusMeters }: { readonly radiusMeters: number }, rule: CreatureRule): number {
  return radiusMeters + rule.wanderMeters + rule.noticeMeters;
}

function* checkFields(camp: CampDescription): Iterable<string> {
  const { count, radiusMeters, leashMeters, respawnSeconds } = camp;
  if (!isWhole(count, 1, MAX_CAMP_CREATURES))
    yield `expected a count of 1 to ${MAX_CAMP_CREATURES}; got ${count}. Set "count", or make a second camp.`;
  for (const [name, unit, value, { min, max }] of [
    ["radius_meters", "m", radiusMeters, CAMP_RADIUS_METERS],
    ["leash_meters", "m", leashMeters, CAMP_LEASH_METERS],
  ] as const) {
    if (!(value >= min && value <= max)) yield `expected "${name}" of ${min} to ${max} ${unit}; got ${value}. Set it.`;
  }
  const { min, max } = CAMP_RESPAWN_SECONDS;
  if (!isWhole(respawnSeconds, min, max))
    yield `expected "respawn_seconds" of ${min} to ${max} s; got ${respawnSeconds}. Set it.`;
}

function* checkPlace(camp: CampDescription, { world, pathOf }: CampSurroundings): Iterable<string> {
  const { x, y, z, radiusMeters } = camp;
  const last = ZONE_SIZE_METERS - radiusMeters;
  if (!(x >= radiusMeters && x <= last && z >= radiusMeters && z <= last)) {
    yield `expected the whole circle in the zone, x and z ${radiusMeters} to ${last} m; got x ${x.toFixed(1)}, z ${z.toFixed(1)}. Move it in.`;
    return;
  }
  const ground = world.groundHeight(x, z);
  if (!(Math.abs(y - ground) <= MAX_OFF_GROUND_METERS)) {
    yield `expected a camp on the ground, y ${ground.toFixed(2)} m; it is at ${y.toFixed(2)} m. Set its y.`;
    return;
  }
  const middle = campGroundProblem(world, x, z, pathOf);
  if (middle !== undefined) {
    yield `expected a camp on dry ground where one can walk; its middle is ${middle}. Move it.`;
    return;
  }
  const problems = circle(radiusMeters).flatMap(([dx, dz]) => campGroundProblem(world, x + dx, z + dz, pathOf) ?? []);
  if (problems.length <= RINGS * SPOKES * (1 - LEAST_SHARE)) return;
  const share = Math.round((100 * problems.length) / (RINGS * SPOKES));
  yield `expected at least half of the circle on dry ground where one can walk; ${share} % is not, such as ${problems[0]}. Move it, or make "radius_meters" smaller.`;
}

function circle(radiusMeters: number): [number, number][] {
  return Array.from({ length: RINGS * SPOKES }, (_, index) => {
    const turn = ((index % SPOKES) / SPOKES) * 2 * Math.PI;
    // Rings of equal area.
    const meters = radiusMeters * Math.sqrt((Math.floor(index / SPOKES) + 0.5) / RINGS);
    return [Math.sin(turn) * meters, Math.cos(turn) * meters];
  });
}

function nearestSpawn(
  camp: CampDescription,
  rule: CreatureRule,
  spawns: readonly SpawnDescription[],
): string | undefined {
  const reach = campReachMeters(camp, rule);
  for (const { nodePath, x, z } of spawns) {
    const meters = Math.hypot(x - camp.x, z - camp.z);
    if (meters > reach) continue;
    return `expected more than ${reach} m to the spawn ${nodePath}, so that nobody is attacked on arrival (radius ${camp.radiusMeters}, and of ${rule.key} wanderMeters ${rule.wanderMeters} and noticeMeters ${rule.noticeMeters}); it is ${meters.toFixed(1)} m away. Move one of the two.`;
  }
  return undefined;
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
