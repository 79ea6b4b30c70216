import { createInputCommand } from "../../../../scripts/protocol/create-messages.ts";
import type { Input, InputCommand } from "../../../../scripts/protocol/messages.ts";
import { createSeededRandom } from "../../../fixtures/seeded-random.ts";

const TICKS_PER_PACKET = 2;

/** An input with the newest `count` commands of a walk up to `end`, exclusive. */
export function inputAt(walk: readonly InputCommand[], end: number, count: number): Input {
  const commands = walk.slice(end - count, end);
  return {
    ackServerTick: Math.max(0, (commands.at(-1)?.tick ?? 0) - 14),
    commandCount: count,
    commands,
    keyframeNeeded: false,
  };
}

/** The inputs of a whole walk: two new commands in each, and the ones before up to `count`. */
export function inputsOf(walk: readonly InputCommand[], count: number): Input[] {
  const inputs: Input[] = [];
  for (let end = count; end <= walk.length; end += TICKS_PER_PACKET) inputs.push(inputAt(walk, end, count));
  return inputs;
}

/** Commands of somebody who walks ahead, all the same. */
export function straightWalk(ticks: number, firstTick: number): InputCommand[] {
  return Array.from({ length: ticks }, (_, i) => ({
    ...createInputCommand(),
    tick: firstTick + i,
    moveZ: -127,
    yaw: 12_345,
    pitch: -678,
    buttons: 2,
  }));
}

/** Commands of somebody who walks with a restless mouse: turns that grow and die down, jitter, keys and jumps now and then. */
export function restlessWalk(ticks: number, firstTick: number, seed: number): InputCommand[] {
  const random = createSeededRandom(seed);
  const around = (size: number) => Math.round((random() + random() + random() - 1.5) * size);
  let yaw = 50_000;
  let pitch = 0;
  let turn = 0;
  let moveX = 0;
  let moveZ = -127;
  return Array.from({ length: ticks }, (_, i) => {
    if (random() < 0.02) turn = around(2_000);
    turn = Math.round(turn * 0.9) + around(40);
    yaw = (yaw + turn) & 0xffff;
    pitch = Math.max(-16_384, Math.min(16_384, Math.round(pitch * 0.99) + around(40)));
    if (random() < 0.03) moveX = [-127, 0, 127, 40][Math.floor(random() * 4)] ?? 0;
    if (random() < 0.03) moveZ = [-127, 0, 127][Math.floor(random() * 3)] ?? 0;
    return { tick: firstTick + i, moveX, moveZ, yaw, pitch, buttons: random() < 0.02 ? 1 : 0 };
  });
}
