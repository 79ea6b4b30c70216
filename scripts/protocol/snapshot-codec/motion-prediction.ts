import { AnimationState } from "../messages.ts";
import { FALL_STEPS_PER_SNAPSHOT_SQUARED, POSITION_LIMIT } from "./codec-limits.ts";
import { Activity } from "./contexts.ts";
import { Field } from "./state-planes.ts";

const RADIANS_PER_YAW_STEP = (2 * Math.PI) / 65536;

const SIXTH = 1 / 6;

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
  /** What the entity was doing. */
  activity: Activity = Activity.still;
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
  private wasAirborne = false;
  private airborne = false;

  constructor(private readonly terrain?: Terrain) {}

  /**
   * Takes the newer state at word `base`, `age` snapshots old, and the older at `older`, `gap` snapshots before that; a gap
   * of 0 says that there is none. Sets `activity` and `yaw`.
   */
  begin(words: Int32Array, base: number, older: number, age: number, gap: number): void {
    const yaw = words[base + Field.yaw] ?? 0;
    this.x = words[base + Field.x] ?? 0;
    this.y = words[base + Field.y] ?? 0;
    this.z = words[base + Field.z] ?? 0;
    this.age = age;
    this.gap = gap;
    this.baseYaw = yaw;
    this.baseX = this.x;
    this.baseZ = this.z;
    this.wasAirborne = isAirborne(words[base + Field.look] ?? 0);
    if (gap === 0) {
      this.yaw = yaw;
      this.dx = 0;
      this.dy = 0;
      this.dz = 0;
      this.activity = this.wasAirborne ? Activity.airborne : Activity.still;
      return;
    }
    this.dx = this.x - (words[older + Field.x] ?? 0);
    this.dy = this.y - (words[older + Field.y] ?? 0);
    this.dz = this.z - (words[older + Field.z] ?? 0);
    this.olderYaw = words[older + Field.yaw] ?? 0;
    const turned = signedAngle(yaw - this.olderYaw);
    this.yaw = turned === 0 ? yaw : (yaw + scaled(turned, age, gap)) & 0xffff;
    this.activity = this.wasAirborne
      ? Activity.airborne
      : turned !== 0
        ? Activity.turning
        : (this.dx | this.dz) !== 0
          ? Activity.straight
          : Activity.still;
  }

  /** Sets `x` and `z`, now that the yaw and the look of the entity are known. */
  finishHorizontal(yaw: number, look: number): void {
    const { dx, dz } = this;
    this.airborne = isAirborne(look);
    if (this.gap === 0 || (dx | dz) === 0) return;
    if (this.airborne || this.wasAirborne || signedAngle(yaw - this.olderYaw) === 0) {
      this.x = clampPosition(this.x + scaled(dx, this.age, this.gap));
      this.z = clampPosition(this.z + scaled(dz, this.age, this.gap));
    } else {
      this.bend(yaw);
    }
  }

  /** Whether the height may follow the ground: `finishVertical` takes it, or not, as both ends agree. */
  mayFollowTerrain(x: number, z: number): boolean {
    return this.terrain !== undefined && !this.airborne && (x !== this.baseX || z !== this.baseZ);
  }

  /** Sets `y` to the ground's at the true `x` and `z`. */
  followTerrain(x: number, z: number): void {
    if (this.terrain !== undefined) this.y = clampPosition(this.terrain.heightSteps(x, z));
  }

  /** Sets `y` to where it goes on to without a ground. */
  goOnVertically(): void {
    const { age, gap, dy } = this;
    if (gap === 0) return;
    if (this.airborne && this.wasAirborne) {
      const fall = (FALL_STEPS_PER_SNAPSHOT_SQUARED / 2) * (age + gap);
      this.y = clampPosition(this.y + Math.floor(age * (dy / gap - fall) + 0.5));
    } else if (dy !== 0) {
      this.y = clampPosition(this.y + scaled(dy, age, gap));
    }
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

function scaled(way: number, age: number, gap: number): number {
  return gap === 1 ? way * age : Math.floor((way * age) / gap + 0.5);
}

/** Keeps what follows a leap near the world, and residuals short enough to be written. An integer, and the engine knows. */
function clampPosition(steps: number): number {
  return Math.min(POSITION_LIMIT, Math.max(-POSITION_LIMIT, steps)) | 0;
}

function signedAngle(steps: number): number {
  return (steps << 16) >> 16;
}

function isAirborne(look: number): boolean {
  const animation = look >> 8;
  return animation === AnimationState.jump || animation === AnimationState.fall;
}
