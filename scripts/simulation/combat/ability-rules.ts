import type { AbilityOutcome } from "../../protocol/combat/combat-words.ts";
import { cosOfYaw, sinOfYaw } from "../trigonometry.ts";
import type { CombatState } from "./combat-state.ts";
import type { Ability } from "./data/combat-data.ts";
import { MAX_ABILITIES } from "./data/read-combat-data.ts";
import { PARTS_PER_POINT } from "./fighters.ts";

/** Who stands nearer than this to somebody, seen from above, is in every arc: there is no direction to speak of. */
const WITHIN_METERS = 0.05;

/** Feet, metres. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Where the character was in the command of the use, and how it stood. */
export interface UseStance extends Spot {
  /** 16 bits. */
  readonly yaw: number;
  readonly grounded: boolean;
  /** The command wished to move. */
  readonly moving: boolean;
}

/** What a use is aimed at. `place`: -1 with `missing` saying why it is not here. `spot`: where the user saw it. */
export interface UseTarget {
  readonly place: number;
  readonly missing: "no_target" | "no_such_target" | "target_gone";
  readonly spot: Spot;
}

/** How many charges are left at an own tick, given the tick at which all are back. */
export function chargesLeft(ability: Ability, chargedTick: number, ownTick: number): number {
  if (chargedTick <= ownTick || ability.cooldownTicks === 0) return ability.charges;
  return Math.max(0, ability.charges - Math.ceil((chargedTick - ownTick) / ability.cooldownTicks));
}

/** The tick at which all charges are back after one more use at an own tick. */
export function chargedAfterUse(ability: Ability, chargedTick: number, ownTick: number): number {
  return Math.max(chargedTick, ownTick) + ability.cooldownTicks;
}

/** Whether a target spot lies within the range, and in front: rule C13. */
export function reaches(
  from: Spot,
  yaw: number,
  rangeMeters: number,
  arcCosine: number,
  to: Spot,
): "accepted" | "out_of_range" | "out_of_arc" {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const dz = to.z - from.z;
  if (dx * dx + dy * dy + dz * dz > rangeMeters * rangeMeters) return "out_of_range";
  if (arcCosine <= -1) return "accepted";
  const meters = Math.sqrt(dx * dx + dz * dz);
  if (meters < WITHIN_METERS) return "accepted";
  const ahead = -sinOfYaw(yaw) * dx - cosOfYaw(yaw) * dz;
  return ahead >= arcCosine * meters ? "accepted" : "out_of_arc";
}

/** What keeps a character from using an ability now, whatever the target: the first half of rule C12. */
export function judgeReadiness(
  state: CombatState,
  place: number,
  ability: Ability,
  ownTick: number,
  stance: UseStance,
): AbilityOutcome {
  const { fighters } = state;
  // Who is struck down in this very tick has still done what it does in it: rule C35.
  if (fighters.dead[place] === 1) return "dead";
  const chargedTick = fighters.chargedTick[place * MAX_ABILITIES + ability.index] ?? 0;
  if (chargesLeft(ability, chargedTick, ownTick) === 0) return "cooldown";
  if (ability.globalCooldown && (fighters.globalEnd[place] ?? 0) > ownTick) return "global_cooldown";
  if ((fighters.casting[place] ?? -1) >= 0 && (fighters.castEnd[place] ?? 0) > ownTick) return "busy";
  if (ability.castTicks > 0 && stance.moving) return "moving";
  if (ability.castTicks > 0 && !stance.grounded) return "in_air";
  if ((fighters.resource[place] ?? 0) < ability.cost * PARTS_PER_POINT) return "no_resource";
  return "accepted";
}

/** What keeps it from being used on that target: the second half. `slackMeters` are added to the range. */
export function judgeTarget(
  state: CombatState,
  place: number,
  ability: Ability,
  stance: UseStance,
  target: UseTarget,
  slackMeters: number,
): AbilityOutcome {
  if (ability.target === "none") return "accepted";
  if (target.place < 0) return target.missing;
  const { fighters } = state;
  if (fighters.dead[target.place] === 1) return "target_dead";
  const fits = ability.helpful ? state.isFriend(place, target.place) : state.isEnemy(place, target.place);
  if (!fits || fighters.returning[target.place] === 1) return "invalid_target";
  if (target.place === place) return "accepted";
  return reaches(stance, stance.yaw, ability.rangeMeters + slackMeters, ability.arcCosine, target.spot);
}
