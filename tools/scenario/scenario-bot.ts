import type { InputSample } from "../../scripts/client/input-sample.ts";
import type { OwnView } from "../../scripts/client/own-view.ts";
import type { RandomSource } from "../../scripts/transport/conditioner/seeded-random.ts";
import type { Ground } from "./scenario-zone.ts";

/** Time constant in which a hand follows its own intention to turn, milliseconds. */
const HAND_MS = 120;
const MAX_TURN_RADIANS_PER_SECOND = 1.8;
const HOMING_RADIANS_PER_SECOND = 3;
const FLICK_RADIANS_PER_SECOND = 8;
const FLICK_MS = 150;
const JUMP_PRESS_MS = 90;

/**
 * Somebody at the keys: walks, strafes, sprints, stops now and then, jumps, turns smoothly as a hand does with a mouse and
 * sometimes flicks around; stays on its ground. Frames of any rate.
 */
export class ScenarioBot {
  readonly #random: RandomSource;
  readonly #ground: Ground;
  #turn = 0;
  #wantedTurn = 0;
  #gaitUntilMs = 0;
  #turnUntilMs = 0;
  #flickUntilMs = 0;
  #jumpUntilMs = 0;

  constructor(random: RandomSource, ground: Ground) {
    this.#random = random;
    this.#ground = ground;
  }

  /** Sets the input of a frame of `frameMs` that begins at `nowMs`. */
  drive(input: InputSample, own: Pick<OwnView, "x" | "z">, nowMs: number, frameMs: number): void {
    if (nowMs >= this.#gaitUntilMs) this.#changeGait(input, nowMs);
    if (nowMs >= this.#turnUntilMs) this.#changeTurn(nowMs);
    const seconds = frameMs / 1000;
    if (this.#random() < 0.25 * seconds) this.#jumpUntilMs = nowMs + JUMP_PRESS_MS;
    input.jump = nowMs < this.#jumpUntilMs;
    const wanted = this.#homing(input, own) ?? this.#wantedTurn;
    this.#turn += (wanted - this.#turn) * (1 - Math.exp(-frameMs / HAND_MS));
    const flick = nowMs < this.#flickUntilMs ? FLICK_RADIANS_PER_SECOND : 0;
    input.yawRadians += (this.#turn + flick) * seconds;
  }

  #changeGait(input: InputSample, nowMs: number): void {
    const random = this.#random;
    const what = random();
    const stands = what < 0.12;
    const strafes = what > 0.75;
    input.moveZ = stands ? 0 : -1;
    input.moveX = !stands && strafes ? (random() < 0.5 ? -1 : 1) * (random() < 0.5 ? 1 : 0.5) : 0;
    input.sprint = !stands && random() < 0.4;
    this.#gaitUntilMs = nowMs + (stands ? 400 + random() * 1200 : 1000 + random() * 5000);
  }

  #changeTurn(nowMs: number): void {
    const random = this.#random;
    this.#wantedTurn = random() < 0.35 ? 0 : (random() * 2 - 1) * MAX_TURN_RADIANS_PER_SECOND;
    if (random() < 0.05) this.#flickUntilMs = nowMs + FLICK_MS;
    this.#turnUntilMs = nowMs + 600 + random() * 2500;
  }

  /** How to turn back to the ground when it has been left, radians per second. */
  #homing(input: InputSample, own: Pick<OwnView, "x" | "z">): number | undefined {
    const dx = this.#ground.x - own.x;
    const dz = this.#ground.z - own.z;
    if (dx * dx + dz * dz < this.#ground.radiusMeters ** 2) return undefined;
    const wrong = Math.atan2(-dx, -dz) - input.yawRadians;
    const shortest = Math.atan2(Math.sin(wrong), Math.cos(wrong));
    return Math.min(Math.max(shortest * 3, -HOMING_RADIANS_PER_SECOND), HOMING_RADIANS_PER_SECOND);
  }
}
