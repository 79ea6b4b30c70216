import type { BitSource } from "./coded-stream.ts";
import { type EntityState, type Ground, Motion, modulo } from "./motion.ts";

// Records: rules S11 to S13 of docs/snapshot-codec.md.

const NOBODY: EntityState = { id: 0, x: 0, y: 0, z: 0, yaw: 0, health: 0, maxHealth: 0, state: 0, animation: 0 };

/** [S11] Absolute records of one packet, each told as a difference to the one before. */
export class AbsoluteRecords {
  private before = NOBODY;

  constructor(private readonly stream: BitSource) {}

  /** Nothing if there can be no such entity. */
  read(): EntityState | undefined {
    const { stream, before } = this;
    const now = { ...before };
    now.id =
      stream.bit("absoluteNearId") === 0
        ? modulo(before.id + 1 + stream.number("absoluteId"), 2 ** 32)
        : stream.plain(32);
    now.x = before.x + stream.number("absoluteX");
    now.y = before.y + stream.number("absoluteY");
    now.z = before.z + stream.number("absoluteZ");
    now.yaw = stream.plain(16);
    if (stream.bit("absoluteLook") === 1) readLook(stream, now);
    if (stream.bit("absoluteVitals") === 1) {
      const vitals = stream.plain(32);
      now.health = vitals % 65536;
      now.maxHealth = Math.floor(vitals / 65536);
    }
    this.before = now;
    return now.id !== 0 && isInWorld(now) ? now : undefined;
  }
}

/** [S12] Nothing if there can be no such place. */
export function readDifference(
  stream: BitSource,
  base: EntityState,
  older: EntityState,
  age: number,
  gap: number,
  ground: Ground | undefined,
): EntityState | undefined {
  const motion = new Motion(base, older, age, gap, ground);
  const { activity } = motion;
  const now = { ...base };
  if (stream.bit("exact", activity) === 0) {
    now.yaw = motion.yaw;
    Object.assign(now, motion.horizontal(now.yaw, now.animation));
    now.y = motion.mayFollowGround(now.x, now.z, now.animation)
      ? motion.onGround(now.x, now.z)
      : motion.goingOn(now.animation);
    return now;
  }
  if (stream.bit("conditionChanged", activity) === 1) {
    if (stream.bit("lookChanged") === 1) readChangedLook(stream, base, now);
    if (stream.bit("vitalsChanged") === 1) {
      now.health = modulo(base.health + stream.number("health"), 65536);
      if (stream.bit("maxHealthChanged") === 1) now.maxHealth = stream.plain(16);
    }
  }
  const dYaw = stream.number("yaw", activity);
  now.yaw = modulo(motion.yaw + dYaw, 65536);
  const expected = motion.horizontal(now.yaw, now.animation);
  const small = length(dYaw) === 0 ? 0 : length(dYaw) <= 6 ? 1 : 2;
  const dX = stream.number("x", activity, small);
  now.x = expected.x + dX;
  const bends = activity === 2 || activity === 3 ? 1 : 0;
  const dZ = stream.number("z", bends, group(length(dX)));
  now.z = expected.z + dZ;
  const follows = motion.mayFollowGround(now.x, now.z, now.animation) && stream.bit("terrainLeft") === 0;
  now.y = follows ? motion.onGround(now.x, now.z) : motion.goingOn(now.animation);
  now.y += stream.number("y", activity, group(Math.max(length(dX), length(dZ))));
  return isInWorld(now) ? now : undefined;
}

/** [S13] */
function readChangedLook(stream: BitSource, base: EntityState, now: EntityState): void {
  if (stream.bit("animationOnly") === 1) {
    readLook(stream, now);
    return;
  }
  const row = Math.min(7, base.animation);
  const i = 2 + stream.bit("animation", row, 1);
  const j = 2 * i + stream.bit("animation", row, i);
  now.animation = 2 * j + stream.bit("animation", row, j) - 8;
}

function readLook(stream: BitSource, now: EntityState): void {
  const look = stream.plain(16);
  now.state = look % 256;
  now.animation = Math.floor(look / 256);
}

function length(n: number): number {
  let bits = 0;
  while (Math.abs(n) >= 2 ** bits) bits += 1;
  return bits;
}

function group(bits: number): number {
  if (bits === 0) return 0;
  if (bits <= 2) return 1;
  if (bits <= 4) return 2;
  return bits <= 7 ? 3 : 4;
}

function isInWorld({ x, y, z }: EntityState): boolean {
  return Math.max(Math.abs(x), Math.abs(y), Math.abs(z)) <= 2 ** 24;
}
