import { TELEPORT_METERS } from "./visual-error.ts";

/** Above any speed of a character, metres per second: what is farther than that was not walked. */
const FASTEST = 15;

/** Adds up the horizontal way between positions that a server confirms. Being put somewhere else is no way. */
export class TravelledDistance {
  #x = Number.NaN;
  #z = Number.NaN;
  #tick = 0;
  meters = 0;

  add(tick: number, x: number, z: number, tickRateHz: number): void {
    const dx = x - this.#x;
    const dz = z - this.#z;
    const reach = TELEPORT_METERS + (FASTEST * (tick - this.#tick)) / tickRateHz;
    const meters = Math.sqrt(dx * dx + dz * dz);
    if (meters <= reach) this.meters += meters;
    this.#x = x;
    this.#z = z;
    this.#tick = tick;
  }

  /** The next position is a beginning; the sum stays. */
  restart(): void {
    this.#x = Number.NaN;
    this.#z = Number.NaN;
  }
}
