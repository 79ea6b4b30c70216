/** Where a camera is and how it is turned, as numbers: what the engine would answer after it was told, without asking it. */
export class CameraPose {
  /** Metres. */
  x = 0.5;
  y = 0.5;
  z = 0.5;
  /** Unit vectors to its right, upwards and backwards. */
  readonly right = { x: 1, y: 0, z: 0 };
  readonly up = { x: 0, y: 1, z: 0 };
  readonly back = { x: 0, y: 0, z: 1 };

  /** Turns as the engine does with such a rotation, radians: rolled first, then pitched, then turned by its yaw. */
  turn(yaw: number, pitch: number, roll: number): void {
    const { right, up, back } = this;
    const sinYaw = Math.sin(yaw);
    const cosYaw = Math.cos(yaw);
    const sinPitch = Math.sin(pitch);
    const cosPitch = Math.cos(pitch);
    const sinRoll = Math.sin(roll);
    const cosRoll = Math.cos(roll);
    right.x = cosYaw * cosRoll + sinYaw * sinPitch * sinRoll;
    right.y = cosPitch * sinRoll;
    right.z = cosYaw * sinPitch * sinRoll - sinYaw * cosRoll;
    up.x = sinYaw * sinPitch * cosRoll - cosYaw * sinRoll;
    up.y = cosPitch * cosRoll;
    up.z = sinYaw * sinRoll + cosYaw * sinPitch * cosRoll;
    back.x = sinYaw * cosPitch;
    back.y = -sinPitch;
    back.z = cosYaw * cosPitch;
  }
}
