import type { InputCommand } from "../protocol/messages.ts";
import type { MoveState } from "../simulation/move-state.ts";

/** Ticks that are kept: 2 seconds at 60 Hz, rounded up to a power of two. */
export const RING_TICKS = 128;
const MASK = RING_TICKS - 1;

/** The last two seconds of commands and of the states after them, by tick. Structure of arrays, nothing allocated after the start. */
export class PredictionRing {
  readonly #moveX = new Int8Array(RING_TICKS);
  readonly #moveZ = new Int8Array(RING_TICKS);
  readonly #viewYaw = new Uint16Array(RING_TICKS);
  readonly #viewPitch = new Int16Array(RING_TICKS);
  readonly #buttons = new Uint8Array(RING_TICKS);

  readonly #x = new Float64Array(RING_TICKS);
  readonly #y = new Float64Array(RING_TICKS);
  readonly #z = new Float64Array(RING_TICKS);
  readonly #vx = new Float64Array(RING_TICKS);
  readonly #vy = new Float64Array(RING_TICKS);
  readonly #vz = new Float64Array(RING_TICKS);
  readonly #yaw = new Uint16Array(RING_TICKS);
  readonly #grounded = new Uint8Array(RING_TICKS);
  readonly #airTicks = new Uint8Array(RING_TICKS);
  readonly #jumpCooldownTicks = new Uint8Array(RING_TICKS);

  writeCommand(command: InputCommand): void {
    const slot = command.tick & MASK;
    this.#moveX[slot] = command.moveX;
    this.#moveZ[slot] = command.moveZ;
    this.#viewYaw[slot] = command.yaw;
    this.#viewPitch[slot] = command.pitch;
    this.#buttons[slot] = command.buttons;
  }

  /** Fills the command of a tick; the caller knows that the tick is still in the ring. */
  readCommand(tick: number, out: InputCommand): void {
    const slot = tick & MASK;
    out.tick = tick;
    out.moveX = this.#moveX[slot] ?? 0;
    out.moveZ = this.#moveZ[slot] ?? 0;
    out.yaw = this.#viewYaw[slot] ?? 0;
    out.pitch = this.#viewPitch[slot] ?? 0;
    out.buttons = this.#buttons[slot] ?? 0;
  }

  writeState(tick: number, state: MoveState): void {
    const slot = tick & MASK;
    this.#x[slot] = state.x;
    this.#y[slot] = state.y;
    this.#z[slot] = state.z;
    this.#vx[slot] = state.vx;
    this.#vy[slot] = state.vy;
    this.#vz[slot] = state.vz;
    this.#yaw[slot] = state.yaw;
    this.#grounded[slot] = state.grounded ? 1 : 0;
    this.#airTicks[slot] = state.airTicks;
    this.#jumpCooldownTicks[slot] = state.jumpCooldownTicks;
  }

  /** Fills the state after a tick; the caller knows that the tick is still in the ring. */
  readState(tick: number, out: MoveState): void {
    const slot = tick & MASK;
    out.x = this.#x[slot] ?? 0;
    out.y = this.#y[slot] ?? 0;
    out.z = this.#z[slot] ?? 0;
    out.vx = this.#vx[slot] ?? 0;
    out.vy = this.#vy[slot] ?? 0;
    out.vz = this.#vz[slot] ?? 0;
    out.yaw = this.#yaw[slot] ?? 0;
    out.grounded = this.#grounded[slot] === 1;
    out.airTicks = this.#airTicks[slot] ?? 0;
    out.jumpCooldownTicks = this.#jumpCooldownTicks[slot] ?? 0;
  }
}
