import { POSITION_STEPS_PER_METER } from "../simulation/constants.ts";

/** Samples kept per entity: 0.8 s at 20 Hz, more than the longest interpolation delay with its extrapolation. */
export const RING_SAMPLES = 16;
const MASK = RING_SAMPLES - 1;
/** Two samples farther apart than anybody runs in between were a teleport: nothing is drawn on the way. Metres per tick. */
const TELEPORT_METERS_PER_TICK = 1;
/** Time in which an entity that is not heard of comes to rest, after the extrapolation cap: 250 ms. */
export const EASE_TICKS = 15;
/** A neighbour farther off than this says nothing of the velocity here: 500 ms. */
const MAX_SLOPE_TICKS = 30;
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
  #weight = 0;
  #time = 0;
  #capTicks = 0;

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

  /**
   * Appends a sample, 1/1024 m and 0 to 65535 for the yaw. Ticks must rise; others are not taken. Whole numbers on purpose: fractions
   * would be put on the heap to be handed over.
   */
  push(slot: number, tick: number, x: number, y: number, z: number, yaw: number, animation: number): void {
    if (tick <= this.newestTick(slot)) return;
    const written = this.#written[slot] ?? 0;
    const index = this.#index(slot, written);
    this.#x[index] = x / POSITION_STEPS_PER_METER;
    this.#y[index] = y / POSITION_STEPS_PER_METER;
    this.#z[index] = z / POSITION_STEPS_PER_METER;
    this.#tick[index] = tick;
    this.#yaw[index] = yaw;
    this.#animation[index] = animation;
    this.#written[slot] = written + 1;
  }

  /**
   * Fills where the entity is at `tick`, with fraction: between two samples, before the first one on it, and after the newest
   * one along its last movement for up to `capTicks`, then easing to rest. Height is not extrapolated: nobody sinks into the ground.
   */
  sample(slot: number, tick: number, capTicks: number, out: SampledPose): void {
    this.#time = tick;
    this.#capTicks = capTicks;
    this.sampleAgain(slot, out);
  }

  /** The same for any slot at the moment, and with the cap, of the last call of `sample`. */
  sampleAgain(slot: number, out: SampledPose): void {
    const tick = this.#time;
    const written = this.#written[slot] ?? 0;
    const kept = Math.min(written, RING_SAMPLES);
    out.beyondTicks = 0;
    out.speedPerTick = 0;
    if (kept === 0) return;
    let later = this.#index(slot, written - 1);
    let after = later;
    if (tick >= (this.#tick[later] ?? 0)) {
      this.#extrapolate(later, kept > 1 ? this.#index(slot, written - 2) : later, out);
      return;
    }
    for (let back = 2; back <= kept; back += 1) {
      const earlier = this.#index(slot, written - back);
      if ((this.#tick[earlier] ?? 0) <= tick) {
        const before = back < kept ? this.#index(slot, written - back - 1) : earlier;
        this.#interpolate(earlier, later, before, after, out);
        return;
      }
      after = later;
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

  /** Between two samples: a cubic by the velocities at both (Hermite), which the neighbours give, without overshooting. */
  #interpolate(earlier: number, later: number, before: number, after: number, out: SampledPose): void {
    this.#copy(earlier, out);
    const ticks = (this.#tick[later] ?? 0) - (this.#tick[earlier] ?? 0);
    const share = (this.#time - (this.#tick[earlier] ?? 0)) / ticks;
    const dx = (this.#x[later] ?? 0) - out.x;
    const dy = (this.#y[later] ?? 0) - out.y;
    const dz = (this.#z[later] ?? 0) - out.z;
    if (isTeleport(dx, dy, dz, ticks)) return;
    out.yaw = interpolateYaw(out.yaw, this.#yaw[later] ?? 0, share);
    out.speedPerTick = Math.sqrt(dx * dx + dz * dz) / ticks;
    const left = 1 - share;
    // h01, h10 and h11 of the Hermite basis.
    const eased = share * share * (3 - 2 * share);
    out.x += dx * eased;
    out.y += dy * eased;
    out.z += dz * eased;
    this.#weight = share * left * left;
    this.#addSlope(before, earlier, earlier, later, out);
    this.#weight = -share * share * left;
    this.#addSlope(later, after, earlier, later, out);
  }

  /**
   * Adds `#weight` of the velocity at one end of the interval from `earlier` to `later`, as way per interval. `from` and `to` are the samples of the
   * neighbouring interval. The two are weighed by nearness; where they lead apart, as at a stop, the velocity is 0, and it is
   * never above three times either: then the cubic does not overshoot (Fritsch and Carlson 1980).
   */
  #addSlope(from: number, to: number, earlier: number, later: number, out: SampledPose): void {
    const weight = this.#weight;
    const ticks = (this.#tick[later] ?? 0) - (this.#tick[earlier] ?? 0);
    const dx = (this.#x[later] ?? 0) - (this.#x[earlier] ?? 0);
    const dy = (this.#y[later] ?? 0) - (this.#y[earlier] ?? 0);
    const dz = (this.#z[later] ?? 0) - (this.#z[earlier] ?? 0);
    const otherTicks = (this.#tick[to] ?? 0) - (this.#tick[from] ?? 0);
    if (otherTicks <= 0 || otherTicks > MAX_SLOPE_TICKS) {
      out.x += dx * weight;
      out.y += dy * weight;
      out.z += dz * weight;
      return;
    }
    const scale = ticks / otherTicks;
    const ox = ((this.#x[to] ?? 0) - (this.#x[from] ?? 0)) * scale;
    const oy = ((this.#y[to] ?? 0) - (this.#y[from] ?? 0)) * scale;
    const oz = ((this.#z[to] ?? 0) - (this.#z[from] ?? 0)) * scale;
    const share = otherTicks / (ticks + otherTicks);
    if (oy * dy > 0) {
      const most = 3 * Math.min(Math.abs(oy), Math.abs(dy));
      out.y += Math.min(Math.max(oy + (dy - oy) * share, -most), most) * weight;
    }
    if (ox * dx + oz * dz <= 0) return;
    const mx = ox + (dx - ox) * share;
    const mz = oz + (dz - oz) * share;
    const most = 9 * Math.min(ox * ox + oz * oz, dx * dx + dz * dz);
    const length = mx * mx + mz * mz;
    const kept = length > most ? weight * Math.sqrt(most / length) : weight;
    out.x += mx * kept;
    out.z += mz * kept;
  }

  /** Along the last movement up to `capTicks`, then slower and slower, and still. */
  #extrapolate(newest: number, before: number, out: SampledPose): void {
    const capTicks = this.#capTicks;
    this.#copy(newest, out);
    out.beyondTicks = this.#time - (this.#tick[newest] ?? 0);
    const ticks = (this.#tick[newest] ?? 0) - (this.#tick[before] ?? 0);
    if (ticks === 0) return;
    const dx = out.x - (this.#x[before] ?? 0);
    const dz = out.z - (this.#z[before] ?? 0);
    if (isTeleport(dx, out.y - (this.#y[before] ?? 0), dz, ticks)) return;
    const easing = Math.min(Math.max((out.beyondTicks - capTicks) / EASE_TICKS, 0), 1);
    const ahead = Math.min(out.beyondTicks, capTicks) + EASE_TICKS * easing * (1 - easing / 2);
    out.x += (dx * ahead) / ticks;
    out.z += (dz * ahead) / ticks;
    out.speedPerTick = (Math.sqrt(dx * dx + dz * dz) / ticks) * (1 - easing);
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
