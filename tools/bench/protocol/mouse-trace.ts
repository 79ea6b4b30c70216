import { createInputCommand } from "../../../scripts/protocol/create-messages.ts";
import { Button, type InputCommand } from "../../../scripts/protocol/messages.ts";
import { type CommandTrace, createCommandTrace, noteCommand } from "./command-trace.ts";
import { createRandomSource } from "./random-source.ts";

const TICK_RATE_HZ = 60;
const YAW_STEPS_PER_RADIAN = 65_536 / (2 * Math.PI);
const MAX_PITCH_RADIANS = 1.4;
/** As the game's own setting; the hand below moves in whole counts of the mouse. */
export const RADIANS_PER_COUNT = 0.0026;
/** Steady following: how fast, counts per tick, and how long it stays the same, ticks. */
const FOLLOW_COUNTS = 5;
const FOLLOW_TICKS = 20;
/** Tremor of a hand: 8 to 12 Hz, here 10, and what the sensor adds, counts. */
const TREMOR_HZ = 10;
const TREMOR_COUNTS = 0.8;
const NOISE_COUNTS = 0.7;

/** A flick: so far along a minimum-jerk way (Flash and Hogan, "The coordination of arm movements", 1985). */
interface Flick {
  atTick: number;
  ticks: number;
  yawRadians: number;
  pitchRadians: number;
}

/**
 * Players at a mouse: they walk, strafe, sprint and jump, and look around without rest: they follow things with a trembling hand
 * and flick to new ones, 3 to 120 degrees within a tenth to four tenths of a second, with a correction after the longer ones.
 */
export function makeMouseTrace(
  players: number,
  ticks: number,
  seed: number,
  radiansPerCount = RADIANS_PER_COUNT,
): CommandTrace {
  const trace = createCommandTrace(players, ticks);
  for (let player = 0; player < players; player++) {
    const hand = new MouseHand(createRandomSource(seed * 1_000 + player), radiansPerCount);
    for (let tick = 0; tick < ticks; tick++) noteCommand(trace, player, tick, hand.step());
  }
  return trace;
}

class MouseHand {
  readonly #random: () => number;
  readonly #radiansPerCount: number;
  readonly #command = createInputCommand();
  #flick: Flick = { atTick: 0, ticks: 1, yawRadians: 0, pitchRadians: 0 };
  #corrects = false;
  #restTicks = 20;
  #followYaw = 0;
  #followPitch = 0;
  #tick = 0;
  /** Where the hand is and where the counts say that it is, counts. */
  #handYaw = 0;
  #handPitch = 0;
  #yaw: number;
  #pitch = 0;
  #keyTicks = 0;

  constructor(random: () => number, radiansPerCount: number) {
    this.#random = random;
    this.#radiansPerCount = radiansPerCount;
    this.#yaw = 2 * Math.PI * random();
  }

  /** One tick; the command is reused. */
  step(): InputCommand {
    this.#tick += 1;
    this.#moveHand();
    this.#pressKeys();
    const steps = Math.round(this.#yaw * YAW_STEPS_PER_RADIAN);
    this.#command.yaw = steps & 0xffff;
    this.#command.pitch = Math.round(this.#pitch * YAW_STEPS_PER_RADIAN) + 0;
    return this.#command;
  }

  #moveHand(): void {
    const share = this.#flickShare();
    const per = this.#radiansPerCount;
    // The hand, not the view, has a pace: at half the sensitivity it moves as far and turns half as much.
    this.#followYaw += (FOLLOW_COUNTS * this.#normal() - this.#followYaw) / FOLLOW_TICKS;
    this.#followPitch += (0.4 * FOLLOW_COUNTS * this.#normal() - this.#followPitch) / FOLLOW_TICKS;
    const tremor = TREMOR_COUNTS * Math.sin((2 * Math.PI * TREMOR_HZ * this.#tick) / TICK_RATE_HZ);
    const follow = Math.sqrt(2 * FOLLOW_TICKS);
    this.#handYaw +=
      (share * this.#flick.yawRadians) / per + follow * this.#followYaw + tremor + NOISE_COUNTS * this.#normal();
    this.#handPitch +=
      (share * this.#flick.pitchRadians) / per +
      follow * this.#followPitch +
      0.5 * tremor +
      NOISE_COUNTS * this.#normal();
    const yawCounts = Math.round(this.#handYaw);
    const pitchCounts = Math.round(this.#handPitch);
    this.#handYaw -= yawCounts;
    this.#handPitch -= pitchCounts;
    this.#yaw += yawCounts * per;
    // People look at the horizon: what goes far from it comes back.
    this.#followPitch -= (0.004 * this.#pitch) / per / follow;
    this.#pitch = Math.min(MAX_PITCH_RADIANS, Math.max(-MAX_PITCH_RADIANS, this.#pitch + pitchCounts * per));
  }

  /** Part of the flick that falls into this tick. */
  #flickShare(): number {
    if (--this.#restTicks > 0) return 0;
    const flick = this.#flick;
    if (flick.atTick >= flick.ticks) this.#nextFlick();
    const before = minimumJerk(flick.atTick / flick.ticks);
    flick.atTick += 1;
    const share = minimumJerk(flick.atTick / flick.ticks) - before;
    if (flick.atTick >= flick.ticks)
      this.#restTicks = this.#corrects ? 4 + 4 * this.#random() : TICK_RATE_HZ * (0.2 + 1.3 * this.#random());
    return share;
  }

  #nextFlick(): void {
    const flick = this.#flick;
    flick.atTick = 0;
    if (this.#corrects) {
      flick.ticks = 5 + Math.floor(5 * this.#random());
      flick.yawRadians *= -0.1 + 0.05 * this.#normal();
      flick.pitchRadians *= -0.1 + 0.05 * this.#normal();
      this.#corrects = false;
      return;
    }
    const radians = 0.05 * 40 ** this.#random();
    flick.yawRadians = this.#random() < 0.5 ? -radians : radians;
    flick.pitchRadians = 0.15 * radians * this.#normal();
    flick.ticks = Math.round(6 + 8 * this.#random() + 5 * radians);
    this.#corrects = radians > 0.3;
  }

  #pressKeys(): void {
    const command = this.#command;
    command.buttons &= ~Button.jump;
    if (this.#random() < 0.4 / TICK_RATE_HZ) command.buttons |= Button.jump;
    this.#keyTicks -= 1;
    if (this.#keyTicks > 0) return;
    this.#keyTicks = TICK_RATE_HZ * (0.3 + 2.5 * this.#random());
    const choice = this.#random();
    command.moveZ = choice < 0.75 ? -127 : choice < 0.85 ? 127 : 0;
    command.moveX = this.#random() < 0.4 ? (this.#random() < 0.5 ? -127 : 127) : 0;
    command.buttons = this.#random() < 0.4 ? Button.sprint : 0;
  }

  /** Close to normally distributed, mean 0, deviation 1: twelve uniform ones (Irwin-Hall). */
  #normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.#random();
    return sum;
  }
}

function minimumJerk(part: number): number {
  return part ** 3 * (10 - 15 * part + 6 * part * part);
}
