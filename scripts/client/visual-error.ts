/** Time in which a correction's visible part halves. */
export const ERROR_HALF_LIFE_MS = 60;
/** Corrections above this distance are teleports: the character is put there at once. */
export const TELEPORT_METERS = 3;
const SETTLED_METERS = 1e-4;

/**
 * How far the drawn position is from the predicted one. A correction moves the prediction at once and this offset the other
 * way, so nothing jumps; then the offset decays exponentially, which makes the path the same at every frame rate.
 */
export class VisualError {
  x = 0;
  y = 0;
  z = 0;

  get lengthMeters(): number {
    return Math.sqrt(this.x * this.x + this.y * this.y + this.z * this.z);
  }

  /** Adds "drawn minus predicted" of a correction. Returns false when that is a teleport: the offset is gone then. */
  add(x: number, y: number, z: number): boolean {
    const teleport = x * x + y * y + z * z > TELEPORT_METERS * TELEPORT_METERS;
    this.x += x;
    this.y += y;
    this.z += z;
    if (teleport || this.lengthMeters > TELEPORT_METERS) this.clear();
    return !teleport;
  }

  decay(frameMs: number): void {
    const factor = 0.5 ** (frameMs / ERROR_HALF_LIFE_MS);
    this.x *= factor;
    this.y *= factor;
    this.z *= factor;
    if (this.lengthMeters < SETTLED_METERS) this.clear();
  }

  clear(): void {
    this.x = 0;
    this.y = 0;
    this.z = 0;
  }
}
