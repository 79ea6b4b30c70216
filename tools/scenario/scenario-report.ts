/** What a scenario measured, in the order in which it is printed. Ratios are 0 to 1. */
export interface ScenarioReport {
  scenario: "walk";
  profile: string;
  seed: number;
  seconds: number;
  bots: number;
  fps: number;
  /** Largest correction of a predicted position, millimetres: on open ground, and among obstacles. */
  maxCorrectionMm: number;
  maxCorrectionObstaclesMm: number;
  /** Per player, on open ground, and among obstacles. */
  correctionsPerMinute: number;
  correctionsObstaclesPerMinute: number;
  /** Corrections beyond the teleport threshold; there is no reason for any. */
  teleports: number;
  /** How far the true way on open ground is off the way that its own player saw: the most, and in 99 of 100 ticks. */
  ownOffPathMm: number;
  ownOffPathP99Mm: number;
  /** Commands that the server ran, of all that it came past. */
  inputsExecutedRatio: number;
  /** Server ticks for which a player's command was there. */
  inputOnTimeRatio: number;
  /** Commands of a player left waiting after a server tick. */
  meanServerBufferTicks: number;
  /** Longest time that a player on open ground held a key to walk and stood on the own screen. */
  longestOwnFreezeMs: number;
  /** Longest time that another character stood on a screen while it moved on the server. */
  longestFreezeMs: number;
  /** The same while it moved for its own player, whatever the reason. */
  longestStandMs: number;
  /** Frames of a character beyond the extrapolation cap. */
  underrunRatio: number;
  /** Frames in which a character was not on a screen at all. */
  missingRatio: number;
  /** Until all is as before after a stall of one second: the longer of the two below. */
  recoverMs: number;
  /** Until the server runs what the player does as promptly as before; until the player sees the others so. */
  recoverInputMs: number;
  recoverSightMs: number;
  /** Until half of a correction is gone from the screen; and whether it only ever shrank. */
  smoothingHalfMs: number;
  smoothingMonotone: boolean;
  /** How old the true place is at which others are drawn: mean, and 99 of 100 frames. */
  delayMs: number;
  delayP99Ms: number;
  /** How far others are drawn off their true path, 99 of 100 frames. */
  offPathP99Mm: number;
  /** When everybody has stood for four seconds: the largest distance between a screen and the truth, own and others. */
  restErrorMm: number;
  /** Mean bytes per second and player, each way, without headers of the network. */
  upBytesPerSecond: number;
  downBytesPerSecond: number;
}

/** Four significant digits are enough for any figure here. */
export function formatReport(report: ScenarioReport): string {
  return JSON.stringify(report, (_key, value) => {
    if (typeof value !== "number" || Number.isInteger(value)) return value;
    // JSON has no infinity, and null would read as "not measured".
    if (!Number.isFinite(value)) return "never";
    return value < 1 && value > 0.9 ? Number(value.toFixed(5)) : Number(value.toPrecision(4));
  });
}
