import type { Figures } from "./figures.ts";

/**
 * Floats per character in a MultiMesh buffer: a 3x4 transform, a colour, four of custom data. The engine keeps the last eight as half floats,
 * which hold whole numbers up to 2048: `assets/shaders/figure.gdshaderinc` says what is where in them.
 */
export const FLOATS_PER_CHARACTER = 20;
/** Cloth colours in the character shader; 0 is the player's own. */
export const TINT_COUNT = 8;
/** Steps of a figure that is wholly there, and the mark of those dots that another level of detail leaves out. */
export const WHOLE = 16;
export const OTHER_DOTS = 32;

const PHASE_STEPS = 256;
const GAIT_STEPS = 62;
const AIR_STEPS = 15;
const LIMB_STEPS = 31;
const DEAD_STEPS = 63;
const FLASH_STEPS = 15;
/** Added where limbs guard or lean instead of striking, and where what is cast goes on and on. */
const OTHER_POSE = 1024;
const FULL_TURN = Math.PI * 2;

/**
 * Writes a figure of a pool into place `index` of a MultiMesh buffer: feet where it says, looking along its `facing`. `dots`: sixteenths of
 * it that are there, 0 to 16, plus `OTHER_DOTS` if the rest is meant. Allocates nothing.
 */
export function writeCharacter(
  buffer: Float32Array,
  index: number,
  figures: Figures,
  slot: number,
  dots: number,
): void {
  const facing = figures.facing[slot] ?? 0;
  const cos = Math.cos(facing);
  const sin = Math.sin(facing);
  const at = index * FLOATS_PER_CHARACTER;
  buffer[at] = cos;
  buffer[at + 1] = 0;
  buffer[at + 2] = sin;
  buffer[at + 3] = figures.x[slot] ?? 0;
  buffer[at + 4] = 0;
  buffer[at + 5] = 1;
  buffer[at + 6] = 0;
  buffer[at + 7] = figures.y[slot] ?? 0;
  buffer[at + 8] = -sin;
  buffer[at + 9] = 0;
  buffer[at + 10] = cos;
  buffer[at + 11] = figures.z[slot] ?? 0;
  buffer[at + 12] = 1;
  buffer[at + 13] = 1;
  buffer[at + 14] = 1;
  const light = 64 * Math.round((figures.flash[slot] ?? 0) * FLASH_STEPS);
  buffer[at + 15] = dots + light + (figures.channels[slot] === 1 ? OTHER_POSE : 0);
  const phase = Math.floor(((figures.phase[slot] ?? 0) / FULL_TURN) * PHASE_STEPS) & (PHASE_STEPS - 1);
  buffer[at + 16] = 8 * phase + (figures.tint[slot] ?? 0);
  const air = AIR_STEPS + Math.round((figures.air[slot] ?? 0) * AIR_STEPS);
  buffer[at + 17] = 32 * Math.round(((figures.gait[slot] ?? 0) / 2) * GAIT_STEPS) + air;
  const guard = Math.round((figures.guard[slot] ?? 0) * LIMB_STEPS);
  const lean = Math.round((figures.lean[slot] ?? 0) * LIMB_STEPS);
  const lift = Math.round((figures.lift[slot] ?? 0) * LIMB_STEPS);
  const cut = Math.round((figures.cut[slot] ?? 0) * LIMB_STEPS);
  buffer[at + 18] = guard + lean > 0 ? OTHER_POSE + 32 * guard + lean : 32 * lift + cut;
  const cast = Math.round((figures.cast[slot] ?? 0) * LIMB_STEPS);
  buffer[at + 19] = 64 * cast + Math.round((figures.dead[slot] ?? 0) * DEAD_STEPS);
}
