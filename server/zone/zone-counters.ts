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
  commandsKnown: number;
  commandsTooFarAhead: number;
  snapshotsSent: number;
  /** Inputs that asked for a keyframe. */
  keyframeRequests: number;
  sendFailures: number;
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
    commandsKnown: 0,
    commandsTooFarAhead: 0,
    snapshotsSent: 0,
    keyframeRequests: 0,
    sendFailures: 0,
  };
}
