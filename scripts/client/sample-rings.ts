/** Samples kept per entity: 0.8 s at 20 Hz, more than the longest interpolation delay with its extrapolation. */
export const RING_SAMPLES = 16;
const MASK = RING_SAMPLES - 1;
/** Two samples farther apart than anybody runs in between were a teleport: nothing is drawn on the way. Metres per tick. */
const TELEPORT_METERS_PER_TICK = 1;
const YAW_STEPS = 65536;
const HALF_TURN = 32768;

/** Where an entity is at one moment. Filled in place. */
export interface SampledPose {
  x: number;
  y: number;
  z: number;
  /** 0 to 65536, with fraction. */
  yaw: number;
  animation: number;
  /** Horizontal, metres per tick. */
  speedPerTick: number;
  /** Ticks beyond the newest sample, not capped; 0 when there was enough. */
  beyondTicks: number;
}

export function createSampledPose(): SampledPose {
  return { x: 0, y: 0, z: 0, yaw: 0, animation: 0, speedPerTick: 0, beyondTicks: 0 };
}

/** The last samples of many entities, by slot. Structure of arrays in one piece of memory; nothing is allocated after the start. */
export class SampleRings {
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #z: Float64Array;
  readonly #tick: Float64Array;
  readonly #yaw: Uint16Array;
  readonly #animation: Uint8Array;
  /** Samples ever written to a slot. The newest lies at `(written - 1) & MASK`. */
  readonly #written: Uint32Array;

  constructor(slots: number) {
    const size = slots * RING_SAMPLES;
    this.#x = new Float64Array(size);
    this.#y = new Float64Array(size);
    this.#z = new Float64Array(size);
    this.#tick = new Float64Array(size);
    this.#yaw = new Uint16Array(size);
    this.#animation = new Uint8Array(size);
    this.#written = new Uint32Array(slots);
  }

  clear(slot: number): void {
    this.#written[slot] = 0;
  }

  /** Tick of the newest sample; -1 when there is none. */
  newestTick(slot: number): number {
    const written = this.#written[slot] ?? 0;
    return written === 0 ? -1 : (this.#tick[this.#index(slot, written - 1)] ?? -1);
  }

  /** Appends a sample, metres and 0 to 65535 for the yaw. Ticks must rise; others are not taken. */
  push(slot: number, tick: number, x: number, y: number, z: number, yaw: number, animation: number): void {
    if (tick <= this.newestTick(slot)) return;
    const written = this.#written[slot] ?? 0;
    const index = this.#index(slot, written);
    this.#x[index] = x;
    this.#y[index] = y;
    this.#z[index] = z;
    this.#tick[index] = tick;
    this.#yaw[index] = yaw;
    this.#animation[index] = animation;
    this.#written[slot] = written + 1;
  }

  /**
   * Fills where the entity is at `tick`, with fraction: between two samples, before the first one on it, and after the newest
   * one along its last movement for up to `capTicks`, then still. Height is not extrapolated: nobody sinks into the ground.
   */
  sample(slot: number, tick: number, capTicks: number, out: SampledPose): void {
    const written = this.#written[slot] ?? 0;
    const kept = Math.min(written, RING_SAMPLES);
    out.beyondTicks = 0;
    out.speedPerTick = 0;
    if (kept === 0) return;
    let later = this.#index(slot, written - 1);
    if (tick >= (this.#tick[later] ?? 0)) {
      this.#extrapolate(later, kept > 1 ? this.#index(slot, written - 2) : later, tick, capTicks, out);
      return;
    }
    for (let back = 2; back <= kept; back += 1) {
      const earlier = this.#index(slot, written - back);
      if ((this.#tick[earlier] ?? 0) <= tick) {
        this.#interpolate(earlier, later, tick, out);
        return;
      }
      later = earlier;
    }
    this.#copy(later, out);
  }

  #index(slot: number, position: number): number {
    return slot * RING_SAMPLES + (position & MASK);
  }

  #copy(index: number, out: SampledPose): void {
    out.x = this.#x[index] ?? 0;
    out.y = this.#y[index] ?? 0;
    out.z = this.#z[index] ?? 0;
    out.yaw = this.#yaw[index] ?? 0;
    out.animation = this.#animation[index] ?? 0;
  }

  #interpolate(earlier: number, later: number, tick: number, out: SampledPose): void {
    this.#copy(earlier, out);
    const ticks = (this.#tick[later] ?? 0) - (this.#tick[earlier] ?? 0);
    const share = (tick - (this.#tick[earlier] ?? 0)) / ticks;
    const dx = (this.#x[later] ?? 0) - out.x;
    const dy = (this.#y[later] ?? 0) - out.y;
    const dz = (this.#z[later] ?? 0) - out.z;
    if (isTeleport(dx, dy, dz, ticks)) return;
    out.x += dx * share;
    out.y += dy * share;
    out.z += dz * share;
    out.yaw = interpolateYaw(out.yaw, this.#yaw[later] ?? 0, share);
    out.speedPerTick = Math.sqrt(dx * dx + dz * dz) / ticks;
  }

  #extrapolate(newest: number, before: number, tick: number, capTicks: number, out: SampledPose): void {
    this.#copy(newest, out);
    out.beyondTicks = tick - (this.#tick[newest] ?? 0);
    const ticks = (this.#tick[newest] ?? 0) - (this.#tick[before] ?? 0);
    if (ticks === 0) return;
    const dx = out.x - (this.#x[before] ?? 0);
    const dz = out.z - (this.#z[before] ?? 0);
    if (isTeleport(dx, out.y - (this.#y[before] ?? 0), dz, ticks)) return;
    const ahead = Math.min(out.beyondTicks, capTicks) / ticks;
    out.x += dx * ahead;
    out.z += dz * ahead;
    if (out.beyondTicks <= capTicks) out.speedPerTick = Math.sqrt(dx * dx + dz * dz) / ticks;
  }
}

/** From one yaw to another on the shorter way, 0 to 65536. */
export function interpolateYaw(from: number, to: number, share: number): number {
  const difference = ((to - from + HALF_TURN + YAW_STEPS) % YAW_STEPS) - HALF_TURN;
  return (from + difference * share + YAW_STEPS) % YAW_STEPS;
}

function isTeleport(dx: number, dy: number, dz: number, ticks: number): boolean {
  const reach = TELEPORT_METERS_PER_TICK * ticks;
  return dx * dx + dy * dy + dz * dz > reach * reach;
}
