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
/** Shifted up and down by so many bits, a turn becomes the same one within half a turn either way. */
const HALF_BITS = 16;

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

// Where a number of a sample stands in its row of 4; and what its look packs: the yaw below, the animation above.
const X = 0;
const Y = 1;
const Z = 2;
const TICK = 3;
const ROW_SHIFT = 2;
const ANIMATION_SHIFT = 16;
const YAW_MASK = YAW_STEPS - 1;

/**
 * The last samples of many entities, by slot: a row for each, those of one slot side by side, so that a frame goes through few pieces of memory.
 * Nothing is allocated after the start.
 */
export class SampleRings {
  readonly #rows: Float64Array;
  readonly #looks: Uint32Array;
  /** Samples ever written to a slot. The newest lies at `(written - 1) & MASK`. */
  readonly #written: Uint32Array;
  #weight = 0;
  /** The moment that is looked at, and the two of `moveTo`. */
  #time = 0;
  #now = 0;
  #before = 0;
  #capTicks = 0;

  constructor(slots: number) {
    const size = slots * RING_SAMPLES;
    this.#rows = new Float64Array(size << ROW_SHIFT);
    this.#looks = new Uint32Array(size);
    this.#written = new Uint32Array(slots);
  }

  clear(slot: number): void {
    this.#written[slot] = 0;
  }

  /** Tick of the newest sample; -1 when there is none. */
  newestTick(slot: number): number {
    const written = this.#written[slot] ?? 0;
    return written === 0 ? -1 : (this.#rows[(this.#index(slot, written - 1) << ROW_SHIFT) + TICK] ?? -1);
  }

  /**
   * Appends a sample, 1/1024 m and 0 to 65535 for the yaw. Ticks must rise; others are not taken. Whole numbers on purpose: fractions
   * would be put on the heap to be handed over.
   */
  push(slot: number, tick: number, x: number, y: number, z: number, yaw: number, animation: number): void {
    if (tick <= this.newestTick(slot)) return;
    const rows = this.#rows;
    const written = this.#written[slot] ?? 0;
    const index = this.#index(slot, written);
    const row = index << ROW_SHIFT;
    rows[row + X] = x / POSITION_STEPS_PER_METER;
    rows[row + Y] = y / POSITION_STEPS_PER_METER;
    rows[row + Z] = z / POSITION_STEPS_PER_METER;
    rows[row + TICK] = tick;
    this.#looks[index] = yaw | (animation << ANIMATION_SHIFT);
    this.#written[slot] = written + 1;
  }

  /** The moment of this frame, with fraction, for all slots; the one before it is remembered. `capTicks`: see `sample`. */
  moveTo(tick: number, capTicks: number): void {
    this.#before = this.#now;
    this.#now = tick;
    this.#capTicks = capTicks;
  }

  /**
   * Fills where the entity is at `tick`, with fraction: between two samples, before the first one on it, and after the newest
   * one along its last movement for up to `capTicks`, then easing to rest. Height is not extrapolated: nobody sinks into the ground.
   */
  sample(slot: number, tick: number, capTicks: number, out: SampledPose): void {
    this.moveTo(tick, capTicks);
    this.sampleNow(slot, out);
  }

  /** The same at the moment of this frame. */
  sampleNow(slot: number, out: SampledPose): void {
    this.#time = this.#now;
    this.#sample(slot, out);
  }

  /** The same at the moment of the frame before, with all that is known now. */
  sampleBefore(slot: number, out: SampledPose): void {
    this.#time = this.#before;
    this.#sample(slot, out);
  }

  #sample(slot: number, out: SampledPose): void {
    const rows = this.#rows;
    const tick = this.#time;
    const written = this.#written[slot] ?? 0;
    const kept = Math.min(written, RING_SAMPLES);
    out.beyondTicks = 0;
    out.speedPerTick = 0;
    if (kept === 0) return;
    let later = this.#index(slot, written - 1);
    let after = later;
    if (tick >= (rows[(later << ROW_SHIFT) + TICK] ?? 0)) {
      this.#extrapolate(later, kept > 1 ? this.#index(slot, written - 2) : later, out);
      return;
    }
    for (let back = 2; back <= kept; back += 1) {
      const earlier = this.#index(slot, written - back);
      if ((rows[(earlier << ROW_SHIFT) + TICK] ?? 0) <= tick) {
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
    const rows = this.#rows;
    const row = index << ROW_SHIFT;
    const look = this.#looks[index] ?? 0;
    out.x = rows[row + X] ?? 0;
    out.y = rows[row + Y] ?? 0;
    out.z = rows[row + Z] ?? 0;
    out.yaw = look & YAW_MASK;
    out.animation = look >>> ANIMATION_SHIFT;
  }

  /** Between two samples: a cubic by the velocities at both (Hermite), which the neighbours give, without overshooting. */
  #interpolate(earlier: number, later: number, before: number, after: number, out: SampledPose): void {
    this.#copy(earlier, out);
    const rows = this.#rows;
    const from = earlier << ROW_SHIFT;
    const to = later << ROW_SHIFT;
    const ticks = (rows[to + TICK] ?? 0) - (rows[from + TICK] ?? 0);
    const share = (this.#time - (rows[from + TICK] ?? 0)) / ticks;
    const dx = (rows[to + X] ?? 0) - out.x;
    const dy = (rows[to + Y] ?? 0) - out.y;
    const dz = (rows[to + Z] ?? 0) - out.z;
    const squared = dx * dx + dy * dy + dz * dz;
    if (isTeleport(squared, ticks)) return;
    out.yaw = interpolateYaw(out.yaw, (this.#looks[later] ?? 0) & YAW_MASK, share);
    // Who stands still stays exactly there, whatever the neighbours did.
    if (squared === 0) return;
    out.speedPerTick = Math.sqrt(dx * dx + dz * dz) / ticks;
    const left = 1 - share;
    // h01, h10 and h11 of the Hermite basis.
    const eased = share * share * (3 - 2 * share);
    out.x += dx * eased;
    out.y += dy * eased;
    out.z += dz * eased;
    this.#weight = share * left * left;
    const first = before << ROW_SHIFT;
    this.#addSlope(first, from, from, to, out);
    this.#weight = -share * share * left;
    const last = after << ROW_SHIFT;
    this.#addSlope(to, last, from, to, out);
  }

  /**
   * Adds `#weight` of the velocity at one end of the interval from `earlier` to `later`, as way per interval. `from` and `to` are the samples of the
   * neighbouring interval, all by their rows. The two are weighed by nearness; where they lead apart, as at a stop, the velocity is 0, and it is
   * never above three times either: then the cubic does not overshoot (Fritsch and Carlson 1980).
   */
  #addSlope(from: number, to: number, earlier: number, later: number, out: SampledPose): void {
    const rows = this.#rows;
    const weight = this.#weight;
    const ticks = (rows[later + TICK] ?? 0) - (rows[earlier + TICK] ?? 0);
    const dx = (rows[later + X] ?? 0) - (rows[earlier + X] ?? 0);
    const dy = (rows[later + Y] ?? 0) - (rows[earlier + Y] ?? 0);
    const dz = (rows[later + Z] ?? 0) - (rows[earlier + Z] ?? 0);
    const otherTicks = (rows[to + TICK] ?? 0) - (rows[from + TICK] ?? 0);
    if (otherTicks <= 0 || otherTicks > MAX_SLOPE_TICKS) {
      out.x += dx * weight;
      out.y += dy * weight;
      out.z += dz * weight;
      return;
    }
    const scale = ticks / otherTicks;
    const ox = ((rows[to + X] ?? 0) - (rows[from + X] ?? 0)) * scale;
    const oy = ((rows[to + Y] ?? 0) - (rows[from + Y] ?? 0)) * scale;
    const oz = ((rows[to + Z] ?? 0) - (rows[from + Z] ?? 0)) * scale;
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
    const rows = this.#rows;
    const capTicks = this.#capTicks;
    const to = newest << ROW_SHIFT;
    const from = before << ROW_SHIFT;
    this.#copy(newest, out);
    out.beyondTicks = this.#time - (rows[to + TICK] ?? 0);
    const ticks = (rows[to + TICK] ?? 0) - (rows[from + TICK] ?? 0);
    if (ticks === 0) return;
    const dx = out.x - (rows[from + X] ?? 0);
    const dy = out.y - (rows[from + Y] ?? 0);
    const dz = out.z - (rows[from + Z] ?? 0);
    if (isTeleport(dx * dx + dy * dy + dz * dz, ticks)) return;
    const easing = Math.min(Math.max((out.beyondTicks - capTicks) / EASE_TICKS, 0), 1);
    const ahead = Math.min(out.beyondTicks, capTicks) + EASE_TICKS * easing * (1 - easing / 2);
    out.x += (dx * ahead) / ticks;
    out.z += (dz * ahead) / ticks;
    out.speedPerTick = (Math.sqrt(dx * dx + dz * dz) / ticks) * (1 - easing);
  }
}

/** From one yaw, a whole number of steps, to another on the shorter way, 0 to 65536. */
export function interpolateYaw(from: number, to: number, share: number): number {
  const yaw = from + (((to - from) << HALF_BITS) >> HALF_BITS) * share;
  if (yaw < 0) return yaw + YAW_STEPS;
  return yaw < YAW_STEPS ? yaw : yaw - YAW_STEPS;
}

function isTeleport(squaredMeters: number, ticks: number): boolean {
  const reach = TELEPORT_METERS_PER_TICK * ticks;
  return squaredMeters > reach * reach;
}
