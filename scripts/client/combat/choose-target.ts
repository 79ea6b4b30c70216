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
 * one that is locked on to, the one after it, and around, so that as many presses as there are others come to each of them once. Walls do not
 * matter: who is hidden can be fought when it comes out. 0 for nobody. `step` 1 or -1; 0: the first.
 */
export function chooseTarget(
  own: OwnView,
  remotes: RemoteEntities,
  current: number,
  step: number,
  filter: TargetFilter,
): number {
  const now = remotes.indexOf(current);
  const fresh = step === 0 || now < 0;
  const from = fresh ? 0 : rankOf(own, remotes, now);
  // The next one of those after it, and the first one of all, which is next when there are none after it.
  let best = 0;
  let bestRank = 0;
  let around = 0;
  let aroundRank = 0;
  const backwards = step < 0;
  for (let index = 0; index < remotes.count; index += 1) {
    if (!mayLock(own, remotes, index) || !filter(index)) continue;
    const entityId = remotes.entityId[index] ?? 0;
    const rank = rankOf(own, remotes, index);
    if (around === 0 || comesBefore(rank, entityId, aroundRank, around, backwards)) {
      aroundRank = rank;
      around = entityId;
    }
    if (fresh || entityId === current || comesBefore(rank, entityId, from, current, backwards)) continue;
    if (best === 0 || comesBefore(rank, entityId, bestRank, best, backwards)) {
      bestRank = rank;
      best = entityId;
    }
  }
  return best === 0 ? around : best;
}

/** Whether one comes before another in the order of the cycle, or in that order backwards; who is equally near, by entity id. */
function comesBefore(rank: number, id: number, otherRank: number, otherId: number, backwards: boolean): boolean {
  const before = rank < otherRank || (rank === otherRank && id < otherId);
  return before !== backwards && id !== otherId;
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
