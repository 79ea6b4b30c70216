/** A place to walk to, metres. */
export interface Waypoint {
  x: number;
  z: number;
}

/** What the autopilot wants its hands to do this frame. */
export interface Steering {
  /** 0 to 1. */
  forward: number;
  /** -1 turns right to 1 turns left. */
  turn: number;
  sprint: boolean;
  jump: boolean;
}

const ARRIVED_METERS = 3;
const STUCK_SECONDS = 0.7;
const STUCK_SPEED = 0.6;
const SPRINT_BEYOND_METERS = 9;
const FULL_TURN_RADIANS = 0.5;

/** Walks from place to place, sprints on long legs, and jumps when something is in the way. */
export class RouteSteering {
  readonly #route: readonly Waypoint[];
  #next = 0;
  #slowSeconds = 0;
  #sinceHopSeconds = 0;

  constructor(route: readonly Waypoint[]) {
    this.#route = route;
  }

  /** Places reached so far; the route starts again after the last. */
  reached = 0;

  /** From feet at (x, z) that move at `speed` m/s and look along `yaw` radians. */
  steer(x: number, z: number, yaw: number, speed: number, seconds: number): Steering {
    const goal = this.#route[this.#next % Math.max(1, this.#route.length)];
    if (goal === undefined) return { forward: 1, turn: 0.2, sprint: false, jump: false };
    const distance = Math.hypot(goal.x - x, goal.z - z);
    if (distance < ARRIVED_METERS) {
      this.#next += 1;
      this.reached += 1;
    }
    const turn = turnTo(yaw, x, z, goal.x, goal.z);
    this.#slowSeconds = speed < STUCK_SPEED ? this.#slowSeconds + seconds : 0;
    this.#sinceHopSeconds += seconds;
    const stuck = this.#slowSeconds > STUCK_SECONDS;
    const hop = stuck || (this.#sinceHopSeconds > 4.5 && speed > 6 && Math.abs(turn) < 0.3);
    if (hop) this.#sinceHopSeconds = 0;
    return {
      forward: Math.abs(turn) > 0.9 ? 0.35 : 1,
      turn: stuck ? 1 : turn,
      sprint: distance > SPRINT_BEYOND_METERS && Math.abs(turn) < 0.6,
      jump: hop,
    };
  }
}

/** How hard to turn, -1 right to 1 left, to look from (x, z) at a place. */
export function turnTo(yaw: number, x: number, z: number, goalX: number, goalZ: number): number {
  const wish = Math.atan2(-(goalX - x), -(goalZ - z));
  const full = Math.PI * 2;
  const difference = ((((wish - yaw) % full) + full * 1.5) % full) - Math.PI;
  return Math.max(-1, Math.min(1, difference / FULL_TURN_RADIANS));
}
