import { judgeStrike, STRIKE_RANGE_METERS, strikeDistance } from "../simulation/action/strike.ts";
import { yawFromRadians } from "../simulation/trigonometry.ts";
import type { OwnView } from "./own-view.ts";
import type { RemoteEntities } from "./remote-entities.ts";

/** Nobody farther away than this is meant: within it, a strike that does not reach is told why. */
const MEANT_METERS = 3 * STRIKE_RANGE_METERS;
/** Who is drawn fainter than this is coming or going. */
const MEANT_ALPHA = 0.5;

// Scratch, so that looking for a target makes no objects.
const feet = { x: 0, y: 0, z: 0 };

/**
 * Whom a strike is meant for, as everybody is drawn: the nearest that it reaches; else the nearest in front, though too far away; else the nearest
 * within reach, though not in front. 0 for nobody.
 */
export function aimStrike(own: OwnView, remotes: RemoteEntities): number {
  const yaw = yawFromRadians(own.yawRadians);
  let entityId = 0;
  let rank = 0;
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < remotes.count; i += 1) {
    if ((remotes.alpha[i] ?? 0) < MEANT_ALPHA) continue;
    feet.x = remotes.x[i] ?? 0;
    feet.y = remotes.y[i] ?? 0;
    feet.z = remotes.z[i] ?? 0;
    const meters = strikeDistance(own, feet);
    if (meters > MEANT_METERS) continue;
    const itsRank = rankOf(own, yaw, meters);
    if (itsRank < rank || itsRank === 0 || (itsRank === rank && meters >= nearest)) continue;
    entityId = remotes.entityId[i] ?? 0;
    rank = itsRank;
    nearest = meters;
  }
  return entityId;
}

/** 3: reached; 2: in front, too far away; 1: near, not in front; 0: neither. */
function rankOf(own: OwnView, yaw: number, meters: number): number {
  const verdict = judgeStrike(own, yaw, feet);
  if (verdict === "hit") return 3;
  if (verdict === "out_of_arc") return 1;
  // Too far away says nothing of the arc: as if it were nearer.
  const nearer = (STRIKE_RANGE_METERS / meters) * 0.99;
  feet.x = own.x + (feet.x - own.x) * nearer;
  feet.y = own.y + (feet.y - own.y) * nearer;
  feet.z = own.z + (feet.z - own.z) * nearer;
  return judgeStrike(own, yaw, feet) === "hit" ? 2 : 0;
}
