import { AnimationState } from "../../protocol/messages.ts";
import { SPRINT_SPEED, WALK_SPEED } from "../../simulation/constants.ts";
import { withRoom } from "./entity-slots.ts";
import { turnTowards } from "./facing.ts";

/** What a body does besides moving. */
export const Deed = { none: 0, prepare: 1, strike: 2, cast: 3, channel: 4, block: 5, dash: 6, invoke: 7 } as const;
export type Deed = (typeof Deed)[keyof typeof Deed];

const BLEND_PER_SECOND = 9;
/** A strike from the raised arm to its end. */
const STRIKE_SECONDS = 0.42;
/** Where in it an arm is that was raised before. */
const RAISED_SHARE = 0.22;
/** The light on who is struck: it comes fast and goes slowly. */
const FLASH_RISE_SECONDS = 0.04;
const FLASH_SECONDS = 0.3;
/** Arms get from rest to anywhere in this time at the fastest, so that no deed begins or breaks off with a jump. */
const LIMB_SECONDS = 0.07;
const CAST_SECONDS = 0.18;
/** How long an arm is held against a blow, and a body stretched in a leap. */
const BLOCK_SECONDS = 0.4;
const DASH_SECONDS = 0.55;
/** Arms stretched out for what is done by a word at once. */
const INVOKE_SECONDS = 0.5;
const FALL_SECONDS = 0.6;
const RISE_SECONDS = 0.9;
const DEED_TURN_PER_SECOND = 22;
const FULL_TURN = Math.PI * 2;
/** Ground covered by two steps, and how much of it a metre per second adds: people take longer and more steps the faster they go. */
const STRIDE_METERS = 1.3;
const STRIDE_SECONDS = 0.27;

/**
 * How bodies move their limbs, as structure of arrays: index i of every array is one figure. All that is drawn is eased from speed, animation
 * state and deeds, so that nothing jumps from pose to pose. Only growing beyond the most that ever were allocates.
 */
export class Figures {
  /** Feet, metres. */
  x = new Float64Array(0);
  y = new Float64Array(0);
  z = new Float64Array(0);
  /** What is wanted of each in this frame: metres a second, an `AnimationState`, and where it would look, radians. Here, because numbers that are handed over would be put on the heap. */
  speed = new Float32Array(0);
  animation = new Uint8Array(0);
  wish = new Float32Array(0);
  /** Share of the way to where it would look that is turned in a second. */
  turnShare = new Float32Array(0);
  /** Radians; the left foot leads in the first half. */
  phase = new Float32Array(0);
  /** 0 stands, 1 walks, 2 runs. */
  gait = new Float32Array(0);
  /** 1 rises, -1 falls. */
  air = new Float32Array(0);
  /** The striking arm: up, and down with a will. 0 to 1, as all below. */
  lift = new Float32Array(0);
  cut = new Float32Array(0);
  cast = new Float32Array(0);
  /** Arms against a blow, and stretched forward in a leap: neither while an arm strikes, for they share its place in what the shader is told. */
  guard = new Float32Array(0);
  lean = new Float32Array(0);
  /** 1: what is cast goes on and on. Changes while nothing is seen of casting. */
  channels = new Uint8Array(0);
  /** 0 stands, 1 lies on the ground. */
  dead = new Float32Array(0);
  /** Light on who was just struck. */
  flash = new Float32Array(0);
  /** Radians; 0 looks to -z. */
  facing = new Float32Array(0);
  /** Colour of the cloth, 0 to 7. */
  tint = new Uint8Array(0);
  /** Feet put down in the last `advance`: 0 or 1. */
  steps = new Uint8Array(0);
  deed = new Uint8Array(0);
  /** Where whoever does something looks meanwhile, radians. */
  deedYaw = new Float32Array(0);
  readonly #time = new Float64Array(1);
  /** Time that a figure is behind the others, and what passes for the one that is being advanced. */
  #waited = new Float32Array(0);
  readonly #passed = new Float64Array(1);
  #deedSeconds = new Float32Array(0);
  #lightSeconds = new Float32Array(0);
  #dying = new Uint8Array(0);

  /** Time of this frame, which passes in the next `advance` or `wait` of each figure. */
  get seconds(): number {
    return this.#time[0] ?? 0;
  }

  set seconds(seconds: number) {
    this.#time[0] = seconds;
  }

  /** A new figure at a place, which stands. */
  reset(slot: number, facing: number, tint: number): void {
    if (slot >= this.phase.length) this.#grow(slot + 1);
    for (const name of PLACES) this[name][slot] = 0;
    for (const name of FLOATS) this[name][slot] = 0;
    for (const name of BYTES) this[name][slot] = 0;
    this.#deedSeconds[slot] = 0;
    this.#lightSeconds[slot] = 0;
    this.#dying[slot] = 0;
    this.#waited[slot] = 0;
    this.facing[slot] = facing;
    this.wish[slot] = facing;
    this.tint[slot] = tint;
  }

  /** Begins a deed, looking along a yaw, radians. Preparing, casting and channelling go on until another deed; `Deed.none` ends them. */
  begin(slot: number, deed: Deed, yaw: number): void {
    // Who does something has no hand free to block.
    if (deed === Deed.block && this.deed[slot] !== Deed.none && this.deed[slot] !== Deed.block) return;
    const raised = deed === Deed.strike && (this.lift[slot] ?? 0) > 0.5;
    this.deed[slot] = deed;
    this.deedYaw[slot] = yaw;
    this.#deedSeconds[slot] = raised ? RAISED_SHARE * STRIKE_SECONDS : 0;
  }

  beStruck(slot: number): void {
    this.#lightSeconds[slot] = FLASH_RISE_SECONDS + FLASH_SECONDS;
  }

  /** Falls, or gets up again. */
  lie(slot: number, dead: boolean): void {
    this.#dying[slot] = dead ? 1 : 0;
    if (dead) this.deed[slot] = Deed.none;
  }

  /** A frame in which a figure keeps its pose: its time passes in its next `advance`. */
  wait(slot: number): void {
    this.#waited[slot] = (this.#waited[slot] ?? 0) + this.seconds;
  }

  /** One frame of one figure, and those in which it has waited, as its wishes say. Allocates nothing. */
  advance(slot: number): void {
    // In an array: it differs from figure to figure, and a field would make a number for each.
    this.#passed[0] = this.seconds + (this.#waited[slot] ?? 0);
    this.#waited[slot] = 0;
    const seconds = this.#passed[0] ?? 0;
    const speed = this.speed[slot] ?? 0;
    const animation = this.animation[slot] ?? 0;
    const blend = Math.min(1, seconds * BLEND_PER_SECOND);
    const airborne = animation === AnimationState.jump || animation === AnimationState.fall;
    const gaitWish = speed <= WALK_SPEED ? speed / WALK_SPEED : 1 + (speed - WALK_SPEED) / (SPRINT_SPEED - WALK_SPEED);
    const gait = this.gait[slot] ?? 0;
    this.gait[slot] = gait + (Math.min(gaitWish, 2) - gait) * blend;
    const airWish = animation === AnimationState.jump ? 1 : animation === AnimationState.fall ? -1 : 0;
    const air = this.air[slot] ?? 0;
    this.air[slot] = air + (airWish - air) * Math.min(1, blend * (airborne ? 0.8 : 1.6));
    this.#turn(slot);
    this.#advanceLight(slot);
    this.#advanceDeed(slot);
    const dying = this.#dying[slot] === 1;
    this.dead[slot] = near(this.dead[slot] ?? 0, dying ? 1 : 0, seconds / (dying ? FALL_SECONDS : RISE_SECONDS));
    this.steps[slot] = 0;
    if (!airborne && !dying) this.#step(slot);
  }

  /** Towards where it would look, or, while it does something, to where that is done. */
  #turn(slot: number): void {
    const busy = this.deed[slot] !== Deed.none;
    const to = (busy ? this.deedYaw[slot] : this.wish[slot]) ?? 0;
    const share = (this.#passed[0] ?? 0) * (busy ? DEED_TURN_PER_SECOND : (this.turnShare[slot] ?? 0));
    this.facing[slot] = turnTowards(this.facing[slot] ?? 0, to, share);
  }

  #advanceLight(slot: number): void {
    const seconds = this.#passed[0] ?? 0;
    const left = Math.max(0, (this.#lightSeconds[slot] ?? 0) - seconds);
    this.#lightSeconds[slot] = left;
    const wish = left > FLASH_SECONDS ? 1 : left / FLASH_SECONDS;
    this.flash[slot] = Math.min(wish, (this.flash[slot] ?? 0) + seconds / FLASH_RISE_SECONDS);
  }

  #advanceDeed(slot: number): void {
    const seconds = this.#passed[0] ?? 0;
    const deed = this.deed[slot];
    let lift = deed === Deed.prepare ? 1 : 0;
    let cut = 0;
    if (deed === Deed.strike) {
      const share = ((this.#deedSeconds[slot] ?? 0) + seconds) / STRIKE_SECONDS;
      this.#deedSeconds[slot] = share * STRIKE_SECONDS;
      lift = share < RAISED_SHARE ? 1 : 1 - smoothstep(0.24, 0.5, share);
      cut = smoothstep(0.24, 0.5, share) * (1 - smoothstep(0.6, 1, share));
      if (share >= 1) this.deed[slot] = Deed.none;
    }
    const guard = deed === Deed.block && this.#lasts(slot, BLOCK_SECONDS) ? 1 : 0;
    const lean = deed === Deed.dash && this.#lasts(slot, DASH_SECONDS) ? 1 : 0;
    const step = seconds / LIMB_SECONDS;
    const armed = (this.lift[slot] ?? 0) + (this.cut[slot] ?? 0) > 0;
    const guarded = (this.guard[slot] ?? 0) + (this.lean[slot] ?? 0) > 0;
    this.lift[slot] = near(this.lift[slot] ?? 0, guarded ? 0 : lift, step);
    this.cut[slot] = near(this.cut[slot] ?? 0, guarded ? 0 : cut, step);
    this.guard[slot] = near(this.guard[slot] ?? 0, armed ? 0 : guard, step);
    this.lean[slot] = near(this.lean[slot] ?? 0, armed ? 0 : lean, step);
    const channels = deed === Deed.channel ? 1 : 0;
    const invokes = deed === Deed.invoke && this.#lasts(slot, INVOKE_SECONDS);
    const casts = deed === Deed.cast || deed === Deed.channel || invokes;
    if (casts && this.cast[slot] === 0) this.channels[slot] = channels;
    const cast = casts && this.channels[slot] === channels ? 1 : 0;
    this.cast[slot] = near(this.cast[slot] ?? 0, cast, seconds / CAST_SECONDS);
  }

  /** Whether a deed of so many seconds goes on; ends it when it does not. */
  #lasts(slot: number, seconds: number): boolean {
    const passed = (this.#deedSeconds[slot] ?? 0) + (this.#passed[0] ?? 0);
    this.#deedSeconds[slot] = passed;
    if (passed < seconds) return true;
    this.deed[slot] = Deed.none;
    return false;
  }

  #step(slot: number): void {
    const speed = this.speed[slot] ?? 0;
    if (speed < 0.2) return;
    const before = this.phase[slot] ?? 0;
    // Here and not in a function of its own: a number that one hands back would be put on the heap for everybody who walks.
    const strideMeters = STRIDE_METERS + STRIDE_SECONDS * speed;
    const phase = before + ((this.#passed[0] ?? 0) * speed * FULL_TURN) / strideMeters;
    if (Math.floor(phase / Math.PI) !== Math.floor(before / Math.PI)) this.steps[slot] = 1;
    this.phase[slot] = phase % FULL_TURN;
  }

  #grow(length: number): void {
    for (const name of PLACES) this[name] = withRoom(this[name], length);
    for (const name of FLOATS) this[name] = withRoom(this[name], length);
    for (const name of BYTES) this[name] = withRoom(this[name], length);
    this.#deedSeconds = withRoom(this.#deedSeconds, length);
    this.#lightSeconds = withRoom(this.#lightSeconds, length);
    this.#dying = withRoom(this.#dying, length);
    this.#waited = withRoom(this.#waited, length);
  }
}

const PLACES = ["x", "y", "z"] as const;
const FLOATS = [
  ...([
    "speed",
    "wish",
    "turnShare",
    "phase",
    "gait",
    "air",
    "lift",
    "cut",
    "cast",
    "guard",
    "lean",
    "dead",
    "flash",
  ] as const),
  ...(["facing", "deedYaw"] as const),
];
const BYTES = ["tint", "steps", "deed", "animation", "channels"] as const;

/** From a value to another one, by no more than a step. */
function near(from: number, to: number, step: number): number {
  return from < to ? Math.min(to, from + step) : Math.max(to, from - step);
}

function smoothstep(from: number, to: number, value: number): number {
  const share = Math.min(Math.max((value - from) / (to - from), 0), 1);
  return share * share * (3 - 2 * share);
}
