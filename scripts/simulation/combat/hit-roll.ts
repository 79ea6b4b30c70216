import { cosOfYaw, sinOfYaw } from "../trigonometry.ts";
import { Draw, drawNumber } from "./combat-random.ts";
import type { CombatState } from "./combat-state.ts";

// Rule C22, in parts of 10,000.
const PARTS = 10_000;
const BASE_MISS = 500;
const MISS_PER_LEVEL = 100;
const MISS_PER_PRECISION = 50;
const LEAST_MISS = 100;
const MOST_MISS = 6_000;
const BASE_CRITICAL = 1_000;
const CRITICAL_PER_PRECISION = 20;
const MOST_CRITICAL = 6_000;
const BASE_BLOCK = 500;
const BLOCK_PER_GUARD = 20;
const MOST_BLOCK = 4_000;
/** Rule C23: with so much guard, half of the damage is kept off. */
export const HALVING_GUARD = 50;

/** Chance of a critical, in parts of 10,000. */
export function criticalChance(precision: number): number {
  return clamp(BASE_CRITICAL + CRITICAL_PER_PRECISION * precision, 0, MOST_CRITICAL);
}

/** Percent of damage that guard keeps off. */
export function reductionPercent(guard: number): number {
  return guard <= 0 ? 0 : Math.floor((guard * 100) / (HALVING_GUARD + guard));
}

/** What an attack comes to before its amount. Filled in place. */
export interface HitRoll {
  missed: boolean;
  critical: boolean;
  blocked: boolean;
}

/** Draws for one harmful use on one target. `source` may be -1: gone, it hits as one of its target's kind would. */
export function rollHit(
  state: CombatState,
  source: number,
  sourceId: number,
  target: number,
  salt: number,
  out: HitRoll,
): void {
  const { fighters, seed, tick } = state;
  const targetId = fighters.entityId[target] ?? 0;
  const guard = fighters.guard[target] ?? 0;
  const precision = source < 0 ? guard : (fighters.precision[source] ?? 0);
  const levels = source < 0 ? 0 : (fighters.level[target] ?? 0) - (fighters.level[source] ?? 0);
  const miss = clamp(
    BASE_MISS + MISS_PER_LEVEL * Math.max(levels, 0) - MISS_PER_PRECISION * (precision - guard),
    LEAST_MISS,
    MOST_MISS,
  );
  out.missed = drawNumber(seed, tick, sourceId, targetId, Draw.miss, salt, PARTS) < miss;
  out.critical = drawNumber(seed, tick, sourceId, targetId, Draw.critical, salt, PARTS) < criticalChance(precision);
  const block = clamp(BASE_BLOCK + BLOCK_PER_GUARD * guard, 0, MOST_BLOCK);
  out.blocked =
    canBlock(state, source, target) && drawNumber(seed, tick, sourceId, targetId, Draw.block, salt, PARTS) < block;
}

/** Who looks at the attacker, and has no cast in its hands. */
function canBlock({ fighters }: CombatState, source: number, target: number): boolean {
  if (source < 0 || (fighters.casting[target] ?? -1) >= 0) return false;
  const yaw = fighters.yaw[target] ?? 0;
  const dx = (fighters.x[source] ?? 0) - (fighters.x[target] ?? 0);
  const dz = (fighters.z[source] ?? 0) - (fighters.z[target] ?? 0);
  return -sinOfYaw(yaw) * dx - cosOfYaw(yaw) * dz >= 0;
}

/** Damage of a whole amount after power, critical and guard: rule C23. At least 1. */
export function damageOf(amount: number, power: number, critical: boolean, guard: number): number {
  let rolled = Math.floor((amount * Math.max(100 + power, 0)) / 100);
  if (critical) rolled = Math.floor((rolled * 3) / 2);
  rolled = Math.floor((rolled * HALVING_GUARD) / (HALVING_GUARD + Math.max(guard, -HALVING_GUARD / 2)));
  return Math.max(rolled, 1);
}

/** Healing of a whole amount after power and critical. At least 1. */
export function healingOf(amount: number, power: number, critical: boolean): number {
  const rolled = Math.floor((amount * Math.max(100 + power, 0)) / 100);
  return Math.max(critical ? Math.floor((rolled * 3) / 2) : rolled, 1);
}

function clamp(value: number, least: number, most: number): number {
  return value < least ? least : Math.min(value, most);
}
