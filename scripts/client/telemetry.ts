/** Counters since the client was made, unless a line says otherwise. One object, refilled; read it at any time. */
export interface Telemetry {
  /** Smoothed time from a ping to its answer, with the wait for the server's tick and the client's frame; -1 while unknown. */
  rttMs: number;
  /** Round-trip time of the network alone, as the transport measures it; -1 while unknown. */
  linkRttMs: number;
  /** Mean deviation of the snapshots' lateness behind the fastest from its mean. */
  jitterMs: number;
  /** Shares of packets lost on the way to the server, of the last 256 by its acks, and of snapshots that did not come in time, smoothed; 0 to 1. */
  lossUp: number;
  lossDown: number;
  snapshotsReceived: number;
  /** Tick of the newest snapshot, -1 before the first; ticks from one to the next; time by which the newest came later than the fastest of the last second. */
  snapshotTick: number;
  snapshotTicks: number;
  snapshotLateMs: number;
  /** Packets of differences that could not be read: what they build on is not here, or they came too late. */
  refusedDifferences: number;
  packetsIn: number;
  packetsOut: number;
  bytesIn: number;
  bytesOut: number;
  /** Packets that could not be decoded. */
  malformed: number;
  duplicates: number;
  /** Packets older than what was already processed, or too old to tell. */
  stale: number;
  /** Packets of another session epoch. */
  wrongEpoch: number;
  /** Packets of a type that a server does not send, or not in this state. */
  unexpected: number;
  /** Times that the server was asked to do without something that could not be read. */
  featureProblems: number;
  /** Minor version of the protocol in this session; 0 before the first. */
  protocolMinor: number;
  /** What is in use in this session, by name, as the server says. */
  featuresInUse: readonly string[];
  /** Snapshots whose own state differed from the prediction. */
  corrections: number;
  /** Largest jump of the predicted position in one correction, millimetres; teleports do not count. */
  maxCorrectionMm: number;
  /** Corrections that no command explains: the server moved the character by itself. Part of `corrections`. */
  pushes: number;
  /** Corrections so large that the character was put there at once. */
  teleports: number;
  /** Simulation ticks run by the prediction, replays not counted, and those replayed. */
  ticks: number;
  replayedTicks: number;
  /** Ticks of wall-clock time given up in frame hitches. */
  ticksSkipped: number;
  /** Updates at which the clock had gone backwards. */
  clockBackwards: number;
  /** Ticks given up to let a long queue on the server, or a hole of the network, go by; part of `ticksSkipped`. */
  ticksWaited: number;
  /** Ticks by which the newest command is ahead of the server's tick, as far as that is known. */
  tickLead: number;
  /** Stretch of the client's ticks: 0.95 to 1.05. */
  timeScale: number;
  /** Packets that each command is in. */
  inputCopies: number;
  /** Commands that were sent and not yet acknowledged. */
  commandsInFlight: number;
  /** Commands waiting on the server, of the newest snapshot. */
  serverBufferTicks: number;
  /** How many should wait there, in the mean. */
  serverBufferGoalTicks: number;
  interpolationDelayMs: number;
  /** Time by which this frame shows the others beyond the newest snapshot: guessed. Below 0 they are between two snapshots. */
  extrapolationMs: number;
  /** Frames in which a remote entity had run out of snapshots beyond the extrapolation cap. */
  underruns: number;
  /** Remote entities drawn, summed over frames: what underruns are a share of. */
  remotesDrawn: number;
  /** Way of the own character as the server's snapshots confirm it, horizontal, metres. */
  distanceMeters: number;
  /** Connections lost or failed. */
  connectionsLost: number;
}

export function createTelemetry(): Telemetry {
  return {
    rttMs: -1,
    linkRttMs: -1,
    jitterMs: 0,
    lossUp: 0,
    lossDown: 0,
    snapshotsReceived: 0,
    snapshotTick: -1,
    snapshotTicks: 0,
    snapshotLateMs: 0,
    refusedDifferences: 0,
    packetsIn: 0,
    packetsOut: 0,
    bytesIn: 0,
    bytesOut: 0,
    malformed: 0,
    duplicates: 0,
    stale: 0,
    wrongEpoch: 0,
    unexpected: 0,
    featureProblems: 0,
    protocolMinor: 0,
    featuresInUse: [],
    corrections: 0,
    maxCorrectionMm: 0,
    pushes: 0,
    teleports: 0,
    ticks: 0,
    replayedTicks: 0,
    ticksSkipped: 0,
    clockBackwards: 0,
    ticksWaited: 0,
    tickLead: 0,
    timeScale: 1,
    inputCopies: 0,
    commandsInFlight: 0,
    serverBufferTicks: 0,
    serverBufferGoalTicks: 0,
    interpolationDelayMs: 0,
    extrapolationMs: 0,
    underruns: 0,
    remotesDrawn: 0,
    distanceMeters: 0,
    connectionsLost: 0,
  };
}
