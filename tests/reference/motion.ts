// Where an entity is expected: rules S14 to S19 of docs/snapshot-codec.md.

/** What an entity is as of one snapshot. */
export interface EntityState {
  id: number;
  x: number;
  y: number;
  z: number;
  yaw: number;
  health: number;
  maxHealth: number;
  state: number;
  animation: number;
}

export type Ground = (x: number, z: number) => number;

const K = (2 * Math.PI) / 65536;
const S = 1 / 6;

export function wrap16(n: number): number {
  const low = modulo(n, 65536);
  return low < 32768 ? low : low - 65536;
}

export function modulo(n: number, m: number): number {
  return n - Math.floor(n / m) * m;
}

function clamp(n: number): number {
  return Math.max(-(2 ** 24), Math.min(2 ** 24, n));
}

function isAirborne(animation: number): boolean {
  return animation === 3 || animation === 4;
}

/** What can be expected of one record, given its two states. `older` is `base` itself where there is none. */
export class Motion {
  private readonly older: EntityState;

  constructor(
    private readonly base: EntityState,
    older: EntityState,
    private readonly age: number,
    private readonly gap: number,
    private readonly ground: Ground | undefined,
  ) {
    this.older = gap === 0 ? base : older;
  }

  /** [S14] 0 still, 1 straight, 2 turning, 3 airborne. */
  get activity(): number {
    if (isAirborne(this.base.animation)) return 3;
    if (this.turned !== 0) return 2;
    return this.way.x !== 0 || this.way.z !== 0 ? 1 : 0;
  }

  /** [S15] */
  get yaw(): number {
    return this.gap === 0 ? this.base.yaw : modulo(this.base.yaw + this.scaled(this.turned), 65536);
  }

  /** [S16] Expected x and z, given the yaw and the animation that the entity has now. */
  horizontal(yaw: number, animation: number): { x: number; z: number } {
    const { base, way } = this;
    if (way.x === 0 && way.z === 0) return { x: base.x, z: base.z };
    if (isAirborne(base.animation) || isAirborne(animation) || wrap16(yaw - this.older.yaw) === 0) {
      return { x: clamp(base.x + this.scaled(way.x)), z: clamp(base.z + this.scaled(way.z)) };
    }
    return this.bent(yaw);
  }

  /** [S18] */
  mayFollowGround(x: number, z: number, animation: number): boolean {
    return this.ground !== undefined && !isAirborne(animation) && !(x === this.base.x && z === this.base.z);
  }

  /** [S18] */
  onGround(x: number, z: number): number {
    if (this.ground === undefined) throw new Error("there is no ground to follow");
    return clamp(this.ground(x, z));
  }

  /** [S19] */
  goingOn(animation: number): number {
    const { base, way, age, gap } = this;
    if (gap === 0) return base.y;
    if (isAirborne(base.animation) && isAirborne(animation)) {
      return clamp(base.y + Math.floor(age * (way.y / gap - 25.6 * (age + gap)) + 0.5));
    }
    return clamp(base.y + this.scaled(way.y));
  }

  private get turned(): number {
    return wrap16(this.base.yaw - this.older.yaw);
  }

  private get way(): { x: number; y: number; z: number } {
    const { base, older } = this;
    return { x: base.x - older.x, y: base.y - older.y, z: base.z - older.z };
  }

  /** In whole numbers, as the rule has it. */
  private scaled(n: number): number {
    const numerator = 2n * BigInt(n) * BigInt(this.age) + BigInt(this.gap);
    const denominator = 2n * BigInt(this.gap);
    const quotient = numerator / denominator;
    return Number(quotient * denominator > numerator ? quotient - 1n : quotient);
  }

  /** [S17] */
  private bent(yaw: number): { x: number; z: number } {
    const { base, older, way, age, gap } = this;
    const now = wrap16(yaw - base.yaw);
    const before = wrap16(base.yaw - older.yaw);
    const rates = now / age - before / gap;
    const turn = (now + before) * 0.5 - rates * (age - gap) * S;
    const a = turn * K;
    const q = a * a;
    const sine = a * (1 - q * S * (1 - q * (1 / 20) * (1 - q * (1 / 42))));
    const cosine = 1 - q * 0.5 * (1 - q * (1 / 12) * (1 - q * (1 / 30) * (1 - q * (1 / 56))));
    const h = now * (K / 2);
    const m = h * h;
    const chord = 1 - m * S * (1 - m * (1 / 20) * (1 - m * (1 / 42)));
    const i = before * (K / 2);
    const w = i * i;
    const inverse = 1 + w * (S + w * (7 / 360));
    const scale = (age / gap) * chord * inverse;
    return {
      x: clamp(base.x + Math.floor((way.x * cosine + way.z * sine) * scale + 0.5)),
      z: clamp(base.z + Math.floor((way.z * cosine - way.x * sine) * scale + 0.5)),
    };
  }
}
