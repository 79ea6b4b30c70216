import { AnimationState } from "../../protocol/messages.ts";
import { SPRINT_SPEED, WALK_SPEED } from "../../simulation/constants.ts";

const BLEND_PER_SECOND = 9;
/** A strike from the raised arm to its end, and the light on who is struck. */
const SWING_SECONDS = 0.42;
const FLASH_SECONDS = 0.3;

/** How one character moves its limbs: eased from speed and animation state, so that nothing jumps from pose to pose. */
export class Stride {
  /** Radians; the left foot leads in the first half. */
  phase = 0;
  /** 0 stands, 1 walks, 2 runs. */
  gait = 0;
  /** 1 rises, -1 falls. */
  air = 0;
  /** Feet put down in the last `advance`: 0 or 1. */
  steps = 0;
  /** A strike, from 0 to its end at 1; 0 without one. */
  swing = 0;
  /** Light on who was just struck: 1 at once, then less, 0 soon. */
  flash = 0;

  strike(): void {
    this.swing = Number.EPSILON;
  }

  beStruck(): void {
    this.flash = 1;
  }

  advance(seconds: number, speed: number, animation: number): void {
    const blend = Math.min(1, seconds * BLEND_PER_SECOND);
    const airborne = animation === AnimationState.jump || animation === AnimationState.fall;
    const gaitWish = speed <= WALK_SPEED ? speed / WALK_SPEED : 1 + (speed - WALK_SPEED) / (SPRINT_SPEED - WALK_SPEED);
    this.gait += (Math.min(gaitWish, 2) - this.gait) * blend;
    const airWish = animation === AnimationState.jump ? 1 : animation === AnimationState.fall ? -1 : 0;
    this.air += (airWish - this.air) * Math.min(1, blend * (airborne ? 0.8 : 1.6));
    this.flash = Math.max(0, this.flash - seconds / FLASH_SECONDS);
    if (this.swing > 0) this.swing += seconds / SWING_SECONDS;
    if (this.swing >= 1) this.swing = 0;
    this.steps = 0;
    if (airborne || speed < 0.2) return;
    const before = Math.floor(this.phase / Math.PI);
    this.phase += (seconds * speed * Math.PI * 2) / strideMeters(speed);
    if (Math.floor(this.phase / Math.PI) !== before) this.steps = 1;
    if (this.phase >= Math.PI * 2) this.phase %= Math.PI * 2;
  }
}

/** Ground covered by two steps: people take longer and more steps the faster they go. */
function strideMeters(speed: number): number {
  return 1.3 + 0.27 * speed;
}
