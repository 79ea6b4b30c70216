import { AnimationState } from "../protocol/messages.ts";

/** The player's own character as it is drawn this frame. One object for the life of the client, refilled by every `update`. */
export interface OwnView {
  /** False until the first snapshot after joining, and while not playing: everything else is stale then. */
  readonly present: boolean;
  readonly entityId: number;
  /** Feet, metres, relative to the zone's corner; predicted up to this very frame, corrections smoothed. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Metres per second. */
  readonly vx: number;
  readonly vy: number;
  readonly vz: number;
  /** The view of this frame, radians, not quantized. */
  readonly yawRadians: number;
  readonly pitchRadians: number;
  readonly grounded: boolean;
  readonly animation: AnimationState;
  /** Horizontal speed, metres per second. */
  readonly speed: number;
  /** How far the drawn position is from the predicted one while a correction is smoothed away, metres. */
  readonly errorMeters: number;
  /** Where the newest snapshot says that the character was, metres. For debugging: it is older than what is drawn. */
  readonly serverX: number;
  readonly serverY: number;
  readonly serverZ: number;
}

/** The same, for the one who fills it. */
export type MutableOwnView = { -readonly [Key in keyof OwnView]: OwnView[Key] };

export function createOwnView(): MutableOwnView {
  return {
    present: false,
    entityId: 0,
    x: 0,
    y: 0,
    z: 0,
    vx: 0,
    vy: 0,
    vz: 0,
    yawRadians: 0,
    pitchRadians: 0,
    grounded: false,
    animation: AnimationState.idle,
    speed: 0,
    errorMeters: 0,
    serverX: 0,
    serverY: 0,
    serverZ: 0,
  };
}
