/** What the player's devices say this frame. The owner keeps one object and refills it: the client reads it during `update` only. */
export interface InputSample {
  /** Wish to move relative to the view, -1 to 1: x to the right, z backwards (so forward is z = -1). */
  moveX: number;
  moveZ: number;
  /** View angles in radians. Yaw is counter-clockwise seen from above, 0 looks to -z; pitch is positive upwards. */
  yawRadians: number;
  pitchRadians: number;
  /** Held now, or pressed and released since the last `update`. A press lasts at least one tick at any frame rate. */
  jump: boolean;
  sprint: boolean;
  /** Pressed since the last `update`: one strike, at whom it reaches. */
  strike: boolean;
}

/** A sample that wishes for nothing and looks to -z. */
export function createInputSample(): InputSample {
  return { moveX: 0, moveZ: 0, yawRadians: 0, pitchRadians: 0, jump: false, sprint: false, strike: false };
}
