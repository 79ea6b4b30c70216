/** More fly at a time in no fight that can still be read. */
export const MOST_FLIGHTS = 96;
/** Bolts rise a little on their way, by this share of it, and fall again. */
const ARC_SHARE = 0.06;
const MOST_ARC_METERS = 1.4;

/**
 * What is in flight: each from where it was launched to whom it is after, wherever that one is by then, and there when its time is over. Fixed memory;
 * what does not fit is not seen.
 */
export class Flights {
  readonly alive = new Uint8Array(MOST_FLIGHTS);
  readonly targetEntityId = new Uint32Array(MOST_FLIGHTS);
  /** Number of the ability in the data. */
  readonly abilityId = new Uint16Array(MOST_FLIGHTS);
  readonly #fromX = new Float64Array(MOST_FLIGHTS);
  readonly #fromY = new Float64Array(MOST_FLIGHTS);
  readonly #fromZ = new Float64Array(MOST_FLIGHTS);
  readonly #age = new Float32Array(MOST_FLIGHTS);
  readonly #seconds = new Float32Array(MOST_FLIGHTS);
  /** Where the one that was asked for last is, metres, and where it goes. */
  x = 0;
  y = 0;
  z = 0;
  dx = 0;
  dy = 0;
  dz = 0;
  #next = 0;

  /** From a point, metres, that will be at its target in so many seconds. */
  launch(abilityId: number, targetEntityId: number, x: number, y: number, z: number, seconds: number): void {
    for (let tried = 0; tried < MOST_FLIGHTS; tried += 1) {
      const slot = (this.#next + tried) % MOST_FLIGHTS;
      if (this.alive[slot] === 1) continue;
      this.#next = (slot + 1) % MOST_FLIGHTS;
      this.alive[slot] = 1;
      this.abilityId[slot] = abilityId;
      this.targetEntityId[slot] = targetEntityId;
      this.#fromX[slot] = x;
      this.#fromY[slot] = y;
      this.#fromZ[slot] = z;
      this.#age[slot] = 0;
      this.#seconds[slot] = seconds;
      return;
    }
  }

  /** Time goes on: those whose time is over are there. */
  advance(seconds: number): void {
    for (let slot = 0; slot < MOST_FLIGHTS; slot += 1) {
      if (this.alive[slot] === 0) continue;
      const age = (this.#age[slot] ?? 0) + seconds;
      this.#age[slot] = age;
      if (age >= (this.#seconds[slot] ?? 0)) this.alive[slot] = 0;
    }
  }

  /** Its target is gone. */
  lose(slot: number): void {
    this.alive[slot] = 0;
  }

  /** Fills where one is now, on its way to the point (x, y, z) that was set before. */
  aim(slot: number): void {
    const share = Math.min((this.#age[slot] ?? 0) / Math.max(this.#seconds[slot] ?? 0, 0.001), 1);
    const wayX = this.x - (this.#fromX[slot] ?? 0);
    const wayY = this.y - (this.#fromY[slot] ?? 0);
    const wayZ = this.z - (this.#fromZ[slot] ?? 0);
    const meters = Math.sqrt(wayX * wayX + wayY * wayY + wayZ * wayZ);
    const arc = Math.min(meters * ARC_SHARE, MOST_ARC_METERS);
    this.x = (this.#fromX[slot] ?? 0) + wayX * share;
    this.y = (this.#fromY[slot] ?? 0) + wayY * share + arc * 4 * share * (1 - share);
    this.z = (this.#fromZ[slot] ?? 0) + wayZ * share;
    this.dx = wayX;
    this.dy = wayY + arc * 4 * (1 - 2 * share);
    this.dz = wayZ;
  }

  clear(): void {
    this.alive.fill(0);
  }
}
