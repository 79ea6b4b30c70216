import { AnimationState } from "../messages.ts";
import { FALL_STEPS_PER_SNAPSHOT_SQUARED, POSITION_LIMIT } from "./codec-limits.ts";
import { Activity } from "./contexts.ts";
import { Field } from "./state-planes.ts";

const RADIANS_PER_YAW_STEP = (2 * Math.PI) / 65536;

/** Who stood so near to the ground stood on it, 1/1024 m. */
const TERRAIN_TOLERANCE_STEPS = 4;

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

  /** Sets `y`, now that the true `x` and `z` are known, too. */
  finishVertical(x: number, z: number): void {
    const { age, gap, dy } = this;
    let { y } = this;
    if (this.airborne && this.wasAirborne) {
      if (gap === 0) return;
      y += Math.floor(age * (dy / gap - (FALL_STEPS_PER_SNAPSHOT_SQUARED / 2) * (age + gap)) + 0.5);
    } else if (this.terrain !== undefined && this.isOnTerrain(x, z)) {
      y = this.terrain.heightSteps(x, z);
    } else if (dy !== 0 && gap !== 0) {
      y += scaled(dy, age, gap);
    }
    this.y = clampPosition(y);
  }

  /** Whether the entity moved and stood on the ground before. */
  private isOnTerrain(x: number, z: number): boolean {
    if (this.terrain === undefined || (x === this.baseX && z === this.baseZ)) return false;
    const above = this.y - this.terrain.heightSteps(this.baseX, this.baseZ);
    return above >= -TERRAIN_TOLERANCE_STEPS && above <= TERRAIN_TOLERANCE_STEPS;
  }

  private bend(yaw: number): void {
    const { dx, dz, age, gap } = this;
    const now = signedAngle(yaw - this.baseYaw);
    const before = signedAngle(this.baseYaw - this.olderYaw);
    // Mean angles of the two ways apart, when the rate of turning changes evenly.
    const change = (2 * (now / age - before / gap)) / (age + gap);
    const turn = (now + before) / 2 - (change * (age * age - gap * gap)) / 12;
    const angle = turn * RADIANS_PER_YAW_STEP;
    const square = angle * angle;
    // Taylor series; the angle is rarely above a quarter turn, and what is off then is only a worse guess.
    const sine = angle * (1 - (square / 6) * (1 - (square / 20) * (1 - (square / 42) * (1 - square / 72))));
    const cosine = 1 - (square / 2) * (1 - (square / 12) * (1 - (square / 30) * (1 - square / 56)));
    const scale = ((age / gap) * chord(now)) / chord(before);
    this.x = clampPosition(this.x + Math.floor((dx * cosine + dz * sine) * scale + 0.5));
    this.z = clampPosition(this.z + Math.floor((dz * cosine - dx * sine) * scale + 0.5));
  }
}

/** Chord of an arc of so many steps of yaw, as a part of the arc: sin(a/2) / (a/2). */
function chord(steps: number): number {
  const half = steps * (RADIANS_PER_YAW_STEP / 2);
  const square = half * half;
  return 1 - (square / 6) * (1 - (square / 20) * (1 - square / 42));
}

function scaled(way: number, age: number, gap: number): number {
  return gap === 1 ? way * age : Math.floor((way * age) / gap + 0.5);
}

/** Keeps what follows a leap near the world, and residuals short enough to be written. */
function clampPosition(steps: number): number {
  return steps > POSITION_LIMIT ? POSITION_LIMIT : Math.max(steps, -POSITION_LIMIT);
}

function signedAngle(steps: number): number {
  return (steps << 16) >> 16;
}

function isAirborne(look: number): boolean {
  const animation = look >> 8;
  return animation === AnimationState.jump || animation === AnimationState.fall;
}
