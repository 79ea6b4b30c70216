import { AnimationState } from "../protocol/messages.ts";
import { COYOTE_TICKS, SPRINT_SPEED, WALK_SPEED } from "./constants.ts";
import type { MoveState } from "./move-state.ts";

const IDLE_BELOW_SPEED = 0.2;
const RUN_FROM_SPEED = (WALK_SPEED + SPRINT_SPEED) / 2;

/** What others see the character do. Short drops, such as stairs, do not interrupt walking. */
export function animationOf(state: Readonly<MoveState>): AnimationState {
  if (!state.grounded && state.vy > 0) return AnimationState.jump;
  if (!state.grounded && state.airTicks > COYOTE_TICKS) return AnimationState.fall;
  const speedSquared = state.vx * state.vx + state.vz * state.vz;
  if (speedSquared < IDLE_BELOW_SPEED * IDLE_BELOW_SPEED) return AnimationState.idle;
  return speedSquared < RUN_FROM_SPEED * RUN_FROM_SPEED ? AnimationState.walk : AnimationState.run;
}
