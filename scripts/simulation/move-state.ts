import type { OwnState } from "../protocol/messages.ts";
import { positionFromWire, positionToWire, velocityFromWire, velocityToWire } from "./lattice.ts";

/**
 * Everything that one tick of movement needs from the tick before. Positions and velocities are on the wire lattice
 * (`lattice.ts`) between ticks, so that what a snapshot brings is this state to the bit.
 */
export interface MoveState {
  /** Feet, metres, relative to the zone's corner; y is up. */
  x: number;
  y: number;
  z: number;
  /** Metres per second. vy is 0 on the ground. */
  vx: number;
  vy: number;
  vz: number;
  /** 0 to 65535, a full turn counter-clockwise seen from above; 0 looks to -z. */
  yaw: number;
  grounded: boolean;
  /** Ticks since the feet left the ground, saturating at 255; 0 on the ground. */
  airTicks: number;
  /** Ticks until the next jump is taken, 0 to 255. */
  jumpCooldownTicks: number;
}

/** A character at rest in the zone's corner; place it with a spawn. */
export function createMoveState(): MoveState {
  return {
    x: 0,
    y: 0,
    z: 0,
    vx: 0,
    vy: 0,
    vz: 0,
    yaw: 0,
    grounded: false,
    airTicks: 0,
    jumpCooldownTicks: 0,
  };
}

export function copyMoveState(from: Readonly<MoveState>, to: MoveState): void {
  to.x = from.x;
  to.y = from.y;
  to.z = from.z;
  to.vx = from.vx;
  to.vy = from.vy;
  to.vz = from.vz;
  to.yaw = from.yaw;
  to.grounded = from.grounded;
  to.airTicks = from.airTicks;
  to.jumpCooldownTicks = from.jumpCooldownTicks;
}

/** Puts the character at rest at a place; it falls to the ground from there. Position in metres, on the lattice. */
export function placeMoveState(
  state: MoveState,
  place: { readonly x: number; readonly y: number; readonly z: number; readonly yaw: number },
): void {
  state.x = place.x;
  state.y = place.y;
  state.z = place.z;
  state.vx = 0;
  state.vy = 0;
  state.vz = 0;
  state.yaw = place.yaw;
  state.grounded = false;
  state.airTicks = 0;
  state.jumpCooldownTicks = 0;
}

/** The state as a snapshot carries it. Exact: `readOwnState` brings back the same state. */
export function writeOwnState(state: Readonly<MoveState>, out: OwnState): void {
  out.x = positionToWire(state.x);
  out.y = positionToWire(state.y);
  out.z = positionToWire(state.z);
  out.vx = velocityToWire(state.vx);
  out.vy = velocityToWire(state.vy);
  out.vz = velocityToWire(state.vz);
  out.yaw = state.yaw;
  out.grounded = state.grounded;
  out.airTicks = state.airTicks;
  out.jumpCooldownTicks = state.jumpCooldownTicks;
}

/** The state that a snapshot carries. */
export function readOwnState(own: Readonly<OwnState>, out: MoveState): void {
  out.x = positionFromWire(own.x);
  out.y = positionFromWire(own.y);
  out.z = positionFromWire(own.z);
  out.vx = velocityFromWire(own.vx);
  out.vy = velocityFromWire(own.vy);
  out.vz = velocityFromWire(own.vz);
  out.yaw = own.yaw;
  out.grounded = own.grounded;
  out.airTicks = own.airTicks;
  out.jumpCooldownTicks = own.jumpCooldownTicks;
}

/** Whether two states are the same to the bit: if not, a prediction was wrong. */
export function sameMoveState(a: Readonly<MoveState>, b: Readonly<MoveState>): boolean {
  return (
    a.x === b.x &&
    a.y === b.y &&
    a.z === b.z &&
    a.vx === b.vx &&
    a.vy === b.vy &&
    a.vz === b.vz &&
    a.yaw === b.yaw &&
    a.grounded === b.grounded &&
    a.airTicks === b.airTicks &&
    a.jumpCooldownTicks === b.jumpCooldownTicks
  );
}
