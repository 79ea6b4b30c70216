import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InputCommand } from "../../../scripts/protocol/messages.ts";
import { createCommand, isValidCommand, sanitizeCommand } from "../../../scripts/simulation/command.ts";

const anyNumber = fc.oneof(fc.double(), fc.integer(), fc.integer({ min: -300, max: 300 }));
const anyCommand: fc.Arbitrary<InputCommand> = fc.record({
  tick: anyNumber,
  moveX: anyNumber,
  moveZ: anyNumber,
  yaw: anyNumber,
  pitch: anyNumber,
  buttons: anyNumber,
});

function sanitized(change: Partial<InputCommand>): InputCommand {
  const command = { ...createCommand(), ...change };
  sanitizeCommand(command);
  return command;
}

describe("sanitizeCommand", () => {
  it("makes any command valid, and leaves a valid one alone", () => {
    fc.assert(
      fc.property(anyCommand, (command) => {
        const once = sanitized(command);
        expect(isValidCommand(once)).toBe(true);
        expect(sanitized(once)).toEqual(once);
        if (isValidCommand(command)) expect(once).toEqual({ ...command, ...once });
      }),
    );
  });

  it("takes the nearest end of a range, and 0 for what is not a number", () => {
    expect(sanitized({ moveX: 500, moveZ: -128, pitch: Number.NEGATIVE_INFINITY })).toMatchObject({
      moveX: 127,
      moveZ: -127,
      pitch: -16384,
    });
    expect(sanitized({ moveX: Number.NaN, tick: Number.NaN })).toMatchObject({ moveX: 0, tick: 0 });
    expect(sanitized({ yaw: 65537, buttons: 255 })).toMatchObject({ yaw: 1, buttons: 7 });
  });
});

describe("isValidCommand", () => {
  it.each([
    [{ moveX: 128 }],
    [{ moveZ: -128 }],
    [{ moveX: 0.5 }],
    [{ yaw: 65536 }],
    [{ yaw: -1 }],
    [{ pitch: 16385 }],
    [{ buttons: 8 }],
    [{ tick: -1 }],
    [{ tick: 2 ** 32 }],
    [{ moveZ: Number.NaN }],
  ])("refuses %j", (change) => {
    expect(isValidCommand({ ...createCommand(), ...change })).toBe(false);
  });

  it("takes the ends of every range", () => {
    const high = { tick: 2 ** 32 - 1, moveX: 127, moveZ: 127, yaw: 65535, pitch: 16384, buttons: 7 };
    const low = { tick: 0, moveX: -127, moveZ: -127, yaw: 0, pitch: -16384, buttons: 0 };
    expect(isValidCommand(high) && isValidCommand(low)).toBe(true);
  });
});
