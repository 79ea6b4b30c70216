import { AnimationState } from "../messages.ts";
import { FALL_STEPS_PER_SNAPSHOT_SQUARED, POSITION_LIMIT } from "./codec-limits.ts";
import { Activity } from "./contexts.ts";
import { Field } from "./state-planes.ts";

const RADIANS_PER_YAW_STEP = (2 * Math.PI) / 65536;

const SIXTH = 1 / 6;
const YAW = Field.yaw;
const X = Field.x;
const Y = Field.y;
const Z = Field.z;
const LOOK = Field.look;
const JUMP = AnimationState.jump;
const FALL = AnimationState.fall;
const STILL = Activity.still;
const STRAIGHT = Activity.straight;
const TURNING = Activity.turning;
const AIRBORNE = Activity.airborne;
const HALF_FALL = FALL_STEPS_PER_SNAPSHOT_SQUARED / 2;
const LIMIT = POSITION_LIMIT;

/**
 * The ground, if both ends have the same: heights of those who walk on it need not travel then. The two must agree to the
 * bit, or heights come out wrong: the zone's world hash stands for that.
 */
export interface Terrain {
  /** Height of the ground, 1/1024 m, at x and z, 1/1024 m from the zone's corner: an integer for any two. */
  heightSteps(x: number, z: number): number;
}

/**
 * Where an entity should be by now, judged from two states that both ends hold. Both compute it with the same additions and
 * multiplications (no function of the engine that might differ), so the difference to the truth is all that travels.
 *
 * Yaw goes on turning at its rate. On the ground the way bends with the view: movement is relative to it, so the way since
 * the older state, scaled to the time that passed, is turned by the angle between the middle of then and the middle of now, and
 * is longer or shorter as the chords of the two arcs are. In the air the way is straight and falls.
 */
export class MotionPrediction {
  yaw = 0;
  x = 0;
  y = 0;
  z = 0;
  private dx = 0;
  private dy = 0;
  private dz = 0;
  private age = 0;
  private gap = 0;
  private baseYaw = 0;
  private olderYaw = 0;
  private baseX = 0;
  private baseZ = 0;
  /** 1 or 0, as `airborne`. */
  private wasAirborne = 0;
  private airborne = 0;

  constructor(private readonly terrain?: Terrain) {}

  /**
   * Takes the newer state at word `base`, `age` snapshots old, and the older at `older`, `gap` snapshots before that; a gap
   * of 0 says that there is none: then they are the same. Sets `yaw`. Returns what the entity was doing.
   */
  begin(words: Int32Array, base: number, older: number, age: number, gap: number): Activity {
    const yaw = words[base + YAW] ?? 0;
    const x = words[base + X] ?? 0;
    const y = words[base + Y] ?? 0;
    const z = words[base + Z] ?? 0;
    const olderYaw = words[older + YAW] ?? 0;
    const dx = (x - (words[older + X] ?? 0)) | 0;
    const dz = (z - (words[older + Z] ?? 0)) | 0;
    const turned = signedAngle(yaw - olderYaw);
    const wasAirborne = isAirborne(words[base + LOOK] ?? 0);
    this.dy = (y - (words[older + Y] ?? 0)) | 0;
    this.x = x;
    this.y = y;
    this.z = z;
    this.age = age;
    this.gap = gap;
    this.baseYaw = yaw;
    this.baseX = x;
    this.baseZ = z;
    this.wasAirborne = wasAirborne;
    this.olderYaw = olderYaw;
    this.dx = dx;
    this.dz = dz;
    this.yaw = (yaw + scaled(turned, age, gap)) & 0xffff;
    return wasAirborne === 1 ? AIRBORNE : turned !== 0 ? TURNING : (dx | dz) !== 0 ? STRAIGHT : STILL;
  }

  /** Sets `x`, `y` and `z` to where an entity is if yaw and look are these, and if it keeps to the ground when that may be. */
  finish(yaw: number, look: number): void {
    this.finishHorizontal(yaw, look);
    if (this.mayFollowTerrain(this.x, this.z)) this.followTerrain(this.x, this.z);
    else this.goOnVertically();
  }

  /** Sets `x` and `z`, now that the yaw and the look of the entity are known. */
  finishHorizontal(yaw: number, look: number): void {
    const { dx, dz } = this;
    const airborne = isAirborne(look);
    this.airborne = airborne;
    if ((dx | dz) === 0) return;
    if ((airborne | this.wasAirborne) !== 0 || signedAngle(yaw - this.olderYaw) === 0) {
      const { age, gap } = this;
      this.x = clampPosition((this.x + scaled(dx, age, gap)) | 0);
      this.z = clampPosition((this.z + scaled(dz, age, gap)) | 0);
    } else {
      this.bend(yaw);
    }
  }

  /** Whether the height may follow the ground: whether it does, both ends agree on. */
  mayFollowTerrain(x: number, z: number): boolean {
    return ((x ^ this.baseX) | (z ^ this.baseZ)) !== 0 && this.airborne === 0 && this.terrain !== undefined;
  }

  /** Sets `y` to the ground's at the true `x` and `z`. */
  followTerrain(x: number, z: number): void {
    if (this.terrain !== undefined) this.y = clampPosition(this.terrain.heightSteps(x, z));
  }

  /** Sets `y` to where it goes on to without a ground. */
  goOnVertically(): void {
    const { dy } = this;
    if ((this.airborne & this.wasAirborne) !== 0) this.fall();
    else if (dy !== 0) this.y = clampPosition((this.y + scaled(dy, this.age, this.gap)) | 0);
  }

  private fall(): void {
    const { age, gap, dy } = this;
    if (gap === 0) return;
    const fall = HALF_FALL * (age + gap);
    this.y = clampPosition(this.y + Math.floor(age * (dy / gap - fall) + 0.5));
  }

  private bend(yaw: number): void {
    const { dx, dz, age, gap } = this;
    const now = signedAngle(yaw - this.baseYaw);
    const before = signedAngle(this.baseYaw - this.olderYaw);
    // The angle between the means of the two ways' directions, when the rate of turning changes evenly: half of what was turned
    // in all, less the change of the rate, 2 (now / age - before / gap) / (age + gap), times (age² - gap²) / 12.
    const rates = gap === 1 ? now / age - before : now / age - before / gap;
    const turn = (now + before) * 0.5 - rates * (age - gap) * SIXTH;
    const angle = turn * RADIANS_PER_YAW_STEP;
    const square = angle * angle;
    // Taylor series; the angle is rarely above a quarter turn, and what is off then is only a worse guess.
    const sine = angle * (1 - square * SIXTH * (1 - square * (1 / 20) * (1 - square * (1 / 42))));
    const cosine = 1 - square * 0.5 * (1 - square * (1 / 12) * (1 - square * (1 / 30) * (1 - square * (1 / 56))));
    const ratio = gap === 1 ? age : age / gap;
    const scale = ratio * chord(now) * inverseChord(before);
    this.x = clampPosition(this.x + Math.floor((dx * cosine + dz * sine) * scale + 0.5));
    this.z = clampPosition(this.z + Math.floor((dz * cosine - dx * sine) * scale + 0.5));
  }
}

/** Chord of an arc of so many steps of yaw, as a part of the arc: sin(h) / h for half the angle h. */
function chord(steps: number): number {
  const half = steps * (RADIANS_PER_YAW_STEP / 2);
  const square = half * half;
  return 1 - square * SIXTH * (1 - square * (1 / 20) * (1 - square * (1 / 42)));
}

/** The same turned over, h / sin(h), near enough for the small angles between two neighbouring snapshots. */
function inverseChord(steps: number): number {
  const half = steps * (RADIANS_PER_YAW_STEP / 2);
  const square = half * half;
  return 1 + square * (SIXTH + square * (7 / 360));
}

/** `way` times `age` over `gap`, rounded; 0 without a gap. Below 2^31: no way is longer than 2^25, and no age above 31. */
function scaled(way: number, age: number, gap: number): number {
  const product = Math.imul(way, age);
  return gap <= 1 ? product : Math.floor(product / gap + 0.5) | 0;
}

/** Keeps what follows a leap near the world, and residuals short enough to be written. An integer, and the engine knows. */
function clampPosition(steps: number): number {
  return Math.min(LIMIT, Math.max(-LIMIT, steps)) | 0;
}

function signedAngle(steps: number): number {
  return (steps << 16) >> 16;
}

function isAirborne(look: number): 0 | 1 {
  const animation = look >> 8;
  return animation === JUMP || animation === FALL ? 1 : 0;
}
