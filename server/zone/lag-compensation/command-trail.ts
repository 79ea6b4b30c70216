import type { InputCommand } from "../../../scripts/protocol/messages.ts";
import type { MoveState } from "../../../scripts/simulation/move-state.ts";

/** Commands that are kept: a second of them. A power of two. */
export const TRAIL_COMMANDS = 64;
const MASK = TRAIL_COMMANDS - 1;

const GROUNDED = 1;
const MOVING = 2;

/** Where a command left the character, metres, and along which yaw its player looked. Filled in place. */
export interface TrailPoint {
  x: number;
  y: number;
  z: number;
  /** 16 bits. */
  yaw: number;
}

/** Where each of a player's last commands left its character: an action may come later than its command. Fixed memory. */
export class CommandTrail {
  readonly #tick = new Float64Array(TRAIL_COMMANDS);
  readonly #x = new Float64Array(TRAIL_COMMANDS);
  readonly #y = new Float64Array(TRAIL_COMMANDS);
  readonly #z = new Float64Array(TRAIL_COMMANDS);
  readonly #yaw = new Uint16Array(TRAIL_COMMANDS);
  readonly #stood = new Uint8Array(TRAIL_COMMANDS);

  /** A command has run, and this is the state after it. */
  add(command: Readonly<InputCommand>, state: Readonly<MoveState>): void {
    const slot = command.tick & MASK;
    this.#tick[slot] = command.tick;
    this.#x[slot] = state.x;
    this.#y[slot] = state.y;
    this.#z[slot] = state.z;
    this.#yaw[slot] = command.yaw;
    const moves = command.moveX !== 0 || command.moveZ !== 0;
    this.#stood[slot] = (state.grounded ? GROUNDED : 0) | (moves ? MOVING : 0);
  }

  /** Fills where the command of a tick left the character; `false` if it never ran, or is too long ago. */
  read(tick: number, out: TrailPoint): boolean {
    const slot = tick & MASK;
    if (tick === 0 || this.#tick[slot] !== tick) return false;
    out.x = this.#x[slot] ?? 0;
    out.y = this.#y[slot] ?? 0;
    out.z = this.#z[slot] ?? 0;
    out.yaw = this.#yaw[slot] ?? 0;
    return true;
  }

  /** Whether the character stood on the ground after the command of a tick that `read` knows. */
  grounded(tick: number): boolean {
    return ((this.#stood[tick & MASK] ?? 0) & GROUNDED) !== 0;
  }

  /** Whether that command wished to move. */
  moving(tick: number): boolean {
    return ((this.#stood[tick & MASK] ?? 0) & MOVING) !== 0;
  }

  /** The first command after one, up to another, that wished to move or left the ground; 0 for none. */
  unsteadyAfter(tick: number, newest: number): number {
    for (let at = tick + 1; at <= newest; at += 1) {
      const slot = at & MASK;
      if (this.#tick[slot] === at && this.#stood[slot] !== GROUNDED) return at;
    }
    return 0;
  }
}
