import { FighterState } from "../../protocol/combat/combat-words.ts";
import type { OwnView } from "../own-view.ts";
import type { RemoteEntities } from "../remote-entities.ts";
import { LOCK_RANGE_METERS } from "./view/target-view.ts";

/** Cosine of the half angle of what counts as looked at: 60 degrees to either side. */
const LOOKED_AT_COSINE = 0.5;
/** Somebody behind counts as so much farther away. */
const BEHIND_FACTOR = 3;
const MEANT_ALPHA = 0.5;

/** Which of the others may be locked on to. */
export type TargetFilter = (index: number) => boolean;

/**
 * Whom a press of "next target" means: the others that `filter` lets through within reach, the nearest in view first and those behind last; from the
 * one that is locked on to, the one after it, and around. Walls do not matter: who is hidden can be fought when it comes out. 0 for nobody.
 * `step` 1 or -1; 0: the first.
 */
export function chooseTarget(
  own: OwnView,
  remotes: RemoteEntities,
  current: number,
  step: number,
  filter: TargetFilter,
): number {
  const now = remotes.indexOf(current);
  const from = step === 0 || now < 0 ? Number.NEGATIVE_INFINITY : rankOf(own, remotes, now);
  let best = 0;
  let bestRank = Number.POSITIVE_INFINITY;
  let last = 0;
  let lastRank = Number.NEGATIVE_INFINITY;
  let first = 0;
  let firstRank = Number.POSITIVE_INFINITY;
  for (let index = 0; index < remotes.count; index += 1) {
    if (!mayLock(own, remotes, index) || !filter(index)) continue;
    const entityId = remotes.entityId[index] ?? 0;
    const rank = rankOf(own, remotes, index);
    if (rank < firstRank) {
      firstRank = rank;
      first = entityId;
    }
    if (entityId === current && step !== 0) continue;
    const beyond = step < 0 ? rank < from : rank > from || (rank === from && entityId > current);
    const distance = step < 0 ? -rank : rank;
    if (beyond && distance < bestRank) {
      bestRank = distance;
      best = entityId;
    }
    if (rank > lastRank) {
      lastRank = rank;
      last = entityId;
    }
  }
  if (step === 0) return first;
  if (best !== 0) return best;
  const around = step < 0 ? last : first;
  return around === 0 ? (now < 0 ? 0 : current) : around;
}

/** Whether somebody is near enough, alive, and no more coming or going. */
export function mayLock(own: OwnView, remotes: RemoteEntities, index: number): boolean {
  if ((remotes.alpha[index] ?? 0) < MEANT_ALPHA) return false;
  if (((remotes.state[index] ?? 0) & FighterState.dead) !== 0) return false;
  return metersTo(own, remotes, index) <= LOCK_RANGE_METERS;
}

export function metersTo(own: OwnView, remotes: RemoteEntities, index: number): number {
  const dx = (remotes.x[index] ?? 0) - own.x;
  const dy = (remotes.y[index] ?? 0) - own.y;
  const dz = (remotes.z[index] ?? 0) - own.z;
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}

function rankOf(own: OwnView, remotes: RemoteEntities, index: number): number {
  const meters = metersTo(own, remotes, index);
  const dx = (remotes.x[index] ?? 0) - own.x;
  const dz = (remotes.z[index] ?? 0) - own.z;
  const ahead = -Math.sin(own.yawRadians) * dx - Math.cos(own.yawRadians) * dz;
  return ahead >= LOOKED_AT_COSINE * meters ? meters : meters * BEHIND_FACTOR;
}
