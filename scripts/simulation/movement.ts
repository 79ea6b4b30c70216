import { Button, type InputCommand } from "../protocol/messages.ts";
import { stepInAir } from "./air-step.ts";
import type { CollisionWorld } from "./collision/collision-world.ts";
import {
  AIR_ACCELERATION,
  BORDER_MARGIN_METERS,
  COYOTE_TICKS,
  DASH_RISE_SPEED,
  DASH_SPEED,
  GRAVITY,
  GROUND_ACCELERATION,
  GROUND_FRICTION,
  JUMP_COOLDOWN_TICKS,
  JUMP_SPEED,
  MAX_HORIZONTAL_SPEED,
  MOVE_AXIS_MAX,
  SPRINT_SPEED,
  TERMINAL_SPEED,
  TICK_SECONDS,
  WALK_SPEED,
  YAW_STEPS_PER_TURN,
} from "./constants.ts";
import { stepOnGround } from "./ground-step.ts";
import { ceilPosition, roundPosition, roundVelocity } from "./lattice.ts";
import { type MoveState, placeMoveState } from "./move-state.ts";
import { readYaw } from "./trigonometry.ts";

/** Shorter than the capsule's radius: its axis can never pass a wall, however thin. */
const MAX_SUBSTEP_METERS = 0.25;
const MAX_TIMER_TICKS = 255;

/**
 * One tick of a character, in place: the only place where it moves, on the server and in a prediction. Same world,
 * state and command give the same state to the bit in every engine. Allocates nothing. Any command is taken:
 * axes out of range count as the end of the range, what is not a number as 0.
 */
export function stepMovement(world: CollisionWorld, state: MoveState, command: InputCommand): void {
  if (state.y < world.killHeightMeters) recover(world, state);
  state.yaw = command.yaw & (YAW_STEPS_PER_TURN - 1);
  accelerate(world, state, command);
  if (state.jumpCooldownTicks > 0) state.jumpCooldownTicks--;
  if ((command.buttons & Button.dash) !== 0) dash(world, state);
  else if ((command.buttons & Button.jump) !== 0) jump(state);
  if (!state.grounded) state.vy = Math.max(-TERMINAL_SPEED, state.vy - GRAVITY * TICK_SECONDS);
  move(world, state);
  finish(state);
}

function axis(value: number): number {
  return Math.min(MOVE_AXIS_MAX, Math.max(-MOVE_AXIS_MAX, value | 0)) / MOVE_AXIS_MAX;
}

/** Brings the horizontal velocity nearer to the wish by at most one tick of acceleration, or of friction without a wish. */
function accelerate(world: CollisionWorld, state: MoveState, command: InputCommand): void {
  const right = axis(command.moveX);
  const back = axis(command.moveZ);
  const length = Math.sqrt(right * right + back * back);
  if (length === 0 && !state.grounded) return;
  const speed = (command.buttons & Button.sprint) !== 0 ? SPRINT_SPEED : WALK_SPEED;
  const scale = speed / Math.max(1, length);
  const { heading } = world.scratch;
  readYaw(state.yaw, heading);
  const changeX = (right * heading.cos + back * heading.sin) * scale - state.vx;
  const changeZ = (back * heading.cos - right * heading.sin) * scale - state.vz;
  const change = Math.sqrt(changeX * changeX + changeZ * changeZ);
  const rate = !state.grounded ? AIR_ACCELERATION : length === 0 ? GROUND_FRICTION : GROUND_ACCELERATION;
  const maxChange = rate * TICK_SECONDS;
  if (change === 0) return;
  const part = Math.min(1, maxChange / change);
  state.vx += changeX * part;
  state.vz += changeZ * part;
}

function jump(state: MoveState): void {
  if (state.jumpCooldownTicks > 0) return;
  if (!state.grounded && (state.airTicks > COYOTE_TICKS || state.vy > 0)) return;
  state.vy = JUMP_SPEED;
  state.grounded = false;
  state.jumpCooldownTicks = JUMP_COOLDOWN_TICKS;
}

/** Along the view, whatever the character did before, and off the ground: in the air nothing slows it down. No jump follows in it. */
function dash(world: CollisionWorld, state: MoveState): void {
  const { heading } = world.scratch;
  readYaw(state.yaw, heading);
  state.vx = -heading.sin * DASH_SPEED;
  state.vz = -heading.cos * DASH_SPEED;
  state.vy = DASH_RISE_SPEED;
  state.grounded = false;
  state.airTicks = COYOTE_TICKS + 1;
  state.jumpCooldownTicks = JUMP_COOLDOWN_TICKS;
}

function move(world: CollisionWorld, state: MoveState): void {
  const speed = Math.sqrt(state.vx * state.vx + state.vy * state.vy + state.vz * state.vz);
  const substeps = Math.max(1, Math.ceil((speed * TICK_SECONDS) / MAX_SUBSTEP_METERS));
  for (let substep = 0; substep < substeps; substep++) {
    if (state.grounded) stepOnGround(world, state, substeps);
    else stepInAir(world, state, substeps);
  }
}

/** Timers, the speed limit, and the wire lattice: what the next tick starts from is what a snapshot can carry. */
function finish(state: MoveState): void {
  state.airTicks = state.grounded ? 0 : Math.min(MAX_TIMER_TICKS, state.airTicks + 1);
  const speed = Math.sqrt(state.vx * state.vx + state.vz * state.vz);
  const part = speed > MAX_HORIZONTAL_SPEED ? MAX_HORIZONTAL_SPEED / speed : 1;
  state.x = roundPosition(state.x);
  state.y = roundPosition(state.y);
  state.z = roundPosition(state.z);
  state.vx = roundVelocity(state.vx * part);
  state.vy = roundVelocity(state.vy);
  state.vz = roundVelocity(state.vz * part);
}

/** Puts a character that fell out of the world on the nearest spawn, or without spawns on the ground above it. */
function recover(world: CollisionWorld, state: MoveState): void {
  let nearest = world.spawns[0];
  let nearestSquared = Number.POSITIVE_INFINITY;
  for (let index = 0; index < world.spawns.length; index++) {
    const spawn = world.spawns[index];
    if (spawn === undefined) continue;
    const squared = (spawn.x - state.x) * (spawn.x - state.x) + (spawn.z - state.z) * (spawn.z - state.z);
    if (squared < nearestSquared) {
      nearest = spawn;
      nearestSquared = squared;
    }
  }
  if (nearest !== undefined) {
    placeMoveState(state, nearest);
    return;
  }
  const max = world.sizeMeters - BORDER_MARGIN_METERS;
  state.x = roundPosition(Math.min(max, Math.max(BORDER_MARGIN_METERS, state.x)));
  state.z = roundPosition(Math.min(max, Math.max(BORDER_MARGIN_METERS, state.z)));
  state.y = ceilPosition(world.groundHeight(state.x, state.z));
  state.vx = 0;
  state.vy = 0;
  state.vz = 0;
  state.grounded = false;
}
