/** The shock of a whole second's worth is gone in this time. */
const CALM_PER_SECOND = 1.9;
/** At the most, at full strength, radians. */
const TURN_RADIANS = 0.018;
const ROLL_RADIANS = 0.024;

/**
 * How far a view is off after shocks: as the square of what is left of them, so that small ones are hardly seen and large ones not forgotten, by waves of
 * which none is a multiple of another one.
 */
export class ScreenShake {
  /** Radians, to be added to the view. */
  yaw = 0;
  pitch = 0;
  roll = 0;
  /** What is left of the shocks, 0 to 1. */
  shock = 0;
  #seconds = 0;

  /** 0 to 1; shocks add up to 1 at the most. */
  add(shock: number): void {
    this.shock = Math.min(1, this.shock + shock);
  }

  /** One frame; `strength`: 0 to 1, as the player has set it. */
  advance(seconds: number, strength: number): void {
    this.#seconds += seconds;
    this.shock = Math.max(0, this.shock - CALM_PER_SECOND * seconds);
    const reach = this.shock * this.shock * strength;
    const time = this.#seconds;
    this.yaw = reach * TURN_RADIANS * (Math.sin(time * 61) + 0.6 * Math.sin(time * 37 + 2)) * 0.62;
    this.pitch = reach * TURN_RADIANS * (Math.sin(time * 53 + 1) + 0.6 * Math.sin(time * 31 + 4)) * 0.62;
    this.roll = reach * ROLL_RADIANS * (Math.sin(time * 47 + 3) + 0.6 * Math.sin(time * 29 + 5)) * 0.62;
  }
}
