/** What a zone server counts. Plain numbers that only grow, but for `players` and `connections`, which are current. */
export interface ZoneCounters {
  ticks: number;
  /** Ticks that were not simulated because the process could not keep up. */
  ticksDropped: number;
  connections: number;
  players: number;
  packetsIn: number;
  packetsOut: number;
  bytesIn: number;
  bytesOut: number;
  malformed: number;
  wrongEpoch: number;
  duplicates: number;
  unexpected: number;
  rejected: number;
  commandsExecuted: number;
  /** Of those, the ones that ran later than in their tick. */
  commandsLate: number;
  /** Commands that never came: the one after them was run half a second later. */
  commandsPassedOver: number;
  /** Ticks in which a player's time bank was full: time of players that nobody can make up for any more. */
  playerTicksLost: number;
  commandsKnown: number;
  commandsTooFarAhead: number;
  snapshotsSent: number;
  /** Inputs that asked for a keyframe. */
  keyframeRequests: number;
  sendFailures: number;
  /** Times that a session went on with other features than before. */
  featureChanges: number;
  /** Times that a client said that it cannot read something. */
  featureProblems: number;
  /** Actions that were done and struck their target, that were done and did not, and that were refused. */
  actionsHit: number;
  actionsMissed: number;
  actionsRefused: number;
  /** Of those that were refused, the ones above the rate; most of them are not answered. */
  actionsRateLimited: number;
  /** Actions that came again, as they do until they are answered. */
  actionsKnown: number;
  /** Targets that were looked at later than they were seen, because that was too long ago. */
  targetsFavoured: number;
  /** Actions that say to have seen a moment that the player cannot have seen. */
  viewsImplausible: number;
}

export function createZoneCounters(): ZoneCounters {
  return {
    ticks: 0,
    ticksDropped: 0,
    connections: 0,
    players: 0,
    packetsIn: 0,
    packetsOut: 0,
    bytesIn: 0,
    bytesOut: 0,
    malformed: 0,
    wrongEpoch: 0,
    duplicates: 0,
    unexpected: 0,
    rejected: 0,
    commandsExecuted: 0,
    commandsLate: 0,
    commandsPassedOver: 0,
    playerTicksLost: 0,
    commandsKnown: 0,
    commandsTooFarAhead: 0,
    snapshotsSent: 0,
    keyframeRequests: 0,
    sendFailures: 0,
    featureChanges: 0,
    featureProblems: 0,
    actionsHit: 0,
    actionsMissed: 0,
    actionsRefused: 0,
    actionsRateLimited: 0,
    actionsKnown: 0,
    targetsFavoured: 0,
    viewsImplausible: 0,
  };
}
