import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createInput, createInputCommand } from "../../../../scripts/protocol/create-messages.ts";
import { type Input, type InputCommand, MessageType } from "../../../../scripts/protocol/messages.ts";
import { PacketDecoder } from "../../../../scripts/protocol/packet-decoder.ts";
import { PacketEncoder } from "../../../../scripts/protocol/packet-encoder.ts";
import { createPacketHeader, HEADER_BYTES } from "../../../../scripts/protocol/packet-header.ts";
import { usedInput } from "../../../../tools/schemas/decoded-message.ts";
import * as arbitrary from "../arbitrary-messages.ts";
import { inputsOf, restlessWalk, straightWalk } from "./walks.ts";

const encoder = new PacketEncoder();
const decoder = new PacketDecoder();
const header = createPacketHeader();
const ONE_DAY_TICKS = 60 * 60 * 60 * 24;

function bodyBytes(input: Input): number {
  return encoder.encodeInputDelta(header, input).length - HEADER_BYTES;
}

function meanBodyBytes(walk: readonly InputCommand[], count: number): number {
  const inputs = inputsOf(walk, count);
  return inputs.reduce((sum, input) => sum + bodyBytes(input), 0) / inputs.length;
}

/** Inputs as hands make them: neighbours are alike, and angles wrap. */
const similarInputs: fc.Arbitrary<Input> = fc
  .record({
    keyframeNeeded: fc.boolean(),
    seed: fc.integer(),
    firstTick: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 0xffff_ffff - 15 })),
    ackServerTick: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 0xffff_ffff })),
    count: fc.integer({ min: 0, max: 16 }),
  })
  .map(({ seed, firstTick, count, ...rest }) => {
    const commands = restlessWalk(count, firstTick, seed);
    return { ...rest, commandCount: count, commands };
  });

const extremeCommand = fc.record({
  moveX: fc.constantFrom(-127, -126, -1, 0, 1, 127),
  moveZ: fc.constantFrom(-127, -126, -1, 0, 1, 127),
  yaw: fc.constantFrom(0, 1, 0x7fff, 0x8000, 0xfffe, 0xffff),
  pitch: fc.constantFrom(-16_384, -16_383, -1, 0, 1, 16_384),
  buttons: fc.integer({ min: 0, max: 3 }),
});
const extremeInputs: fc.Arbitrary<Input> = fc
  .tuple(fc.constantFrom(1, 2, 0xffff, 0x7fff_fff8, 0xffff_fff0), fc.array(extremeCommand, { maxLength: 16 }))
  .chain(([firstTick, list]) =>
    fc.constantFrom(0, 1, firstTick, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff).map((ackServerTick) => ({
      keyframeNeeded: false,
      ackServerTick,
      commandCount: list.length,
      commands: list.map((command, i) => ({ tick: firstTick + i, ...command })),
    })),
  );

describe("[P1] [P100] an InputDelta says what an Input says", () => {
  test.each([
    ["any commands", arbitrary.inputs],
    ["commands that are alike", similarInputs],
    ["commands at the edges of everything", extremeInputs],
  ])("%s come back as they were, by both codecs", (_, inputs) => {
    fc.assert(
      fc.property(arbitrary.headers, inputs, (anyHeader, input) => {
        const wanted = usedInput(input);
        expect(decoder.decode(encoder.encodeInput(anyHeader, input)), decoder.detail).toBe(MessageType.input);
        expect(usedInput(decoder.input)).toEqual(wanted);
        // Nothing of it is left over for the other.
        decoder.decode(encoder.encodeInput(header, { ...createInput(), commandCount: 0 }));
        expect(decoder.decode(encoder.encodeInputDelta(anyHeader, input)), decoder.detail).toBe(MessageType.inputDelta);
        expect(usedInput(decoder.input)).toEqual(wanted);
        expect(decoder.header).toEqual({ ...anyHeader, type: MessageType.inputDelta });
      }),
      { numRuns: 500 },
    );
  });

  test("every number of commands, with and without the wish for a keyframe", () => {
    const walk = restlessWalk(16, 1, 3);
    for (const keyframeNeeded of [false, true]) {
      for (let count = 0; count <= 16; count++) {
        const input = { ackServerTick: 7, commandCount: count, commands: walk.slice(0, count), keyframeNeeded };
        expect(decoder.decode(encoder.encodeInputDelta(header, input)), decoder.detail).toBe(MessageType.inputDelta);
        expect(usedInput(decoder.input)).toEqual(input);
      }
    }
  });

  test("[P109] whatever else was lost: each packet of a walk is read by a decoder that has seen none before", () => {
    for (const input of inputsOf(restlessWalk(200, ONE_DAY_TICKS, 4), 6)) {
      const fresh = new PacketDecoder();
      expect(fresh.decode(encoder.encodeInputDelta(header, input))).toBe(MessageType.inputDelta);
      expect(usedInput(fresh.input)).toEqual(input);
    }
  });
});

test("[P101] to [P107] the specification's example comes out bit by bit", () => {
  const command = (tick: number, yaw: number, buttons: number) => ({
    tick,
    moveX: 0,
    moveZ: -127,
    yaw,
    pitch: -3,
    buttons,
  });
  const commands = [command(97, 1_000, 0), command(98, 1_010, 0), command(99, 1_021, 0), command(100, 1_034, 1)];
  const packet = encoder.encodeInputDelta(header, { ackServerTick: 88, commandCount: 4, commands });
  expect(Buffer.from(packet.subarray(HEADER_BYTES)).toString("hex")).toBe("9c24a02057f99bd06efe00");
});

describe("[P3] the writer refuses what the wire cannot carry", () => {
  const inputOf = (...changes: Partial<InputCommand>[]): Input => {
    const commands = changes.map((change, i) => ({ ...createInputCommand(), tick: 10 + i, ...change }));
    return { ackServerTick: 0, commandCount: commands.length, commands };
  };
  test.each<[string, Input]>([
    ["moveX", inputOf({}, { moveX: -128 })],
    ["yaw", inputOf({ yaw: 65_536 })],
    ["pitch", inputOf({ pitch: 16_385 })],
    ["buttons", inputOf({ buttons: 8 })],
    ["a tick of 0", inputOf({ tick: 0 })],
    ["ticks past 2^32", inputOf({ tick: 0xffff_ffff }, { tick: 0x1_0000_0000 })],
    ["a gap", inputOf({}, { tick: 12 })],
    ["too many", inputOf(...Array.from({ length: 17 }, () => ({})))],
    ["fewer than it says", { ...inputOf({}), commandCount: 2 }],
    ["ackServerTick", { ...inputOf({}), ackServerTick: -1 }],
  ])("%s, with the words of the other codec", (_, input) => {
    const saidBy = (encode: () => unknown): string => {
      try {
        encode();
      } catch (error) {
        if (error instanceof RangeError) return error.message;
      }
      throw new Error("it was not refused");
    };
    const said = saidBy(() => encoder.encodeInputDelta(header, input));
    expect(said).toBe(saidBy(() => encoder.encodeInput(header, input)));
  });
});

describe("what input costs, with two new commands and the four before", () => {
  test("walking straight on", () => {
    expect(meanBodyBytes(straightWalk(300, ONE_DAY_TICKS), 6)).toBe(9);
  });

  test("walking with a restless mouse", () => {
    const bytes = meanBodyBytes(restlessWalk(3_600, ONE_DAY_TICKS, 1), 6);
    expect(bytes).toBeGreaterThan(8);
    expect(30 * bytes).toBeLessThan(600);
  });

  test("more redundancy costs little where nothing changes", () => {
    const walk = straightWalk(300, ONE_DAY_TICKS);
    expect(meanBodyBytes(walk, 16) - meanBodyBytes(walk, 2)).toBeLessThanOrEqual(1);
  });

  test("nothing in common takes less than the FlatBuffers", () => {
    const random = restlessWalk(16, 1, 9).map((command, i) => ({
      ...command,
      yaw: (i * 40_503) & 0xffff,
      moveX: i - 8,
    }));
    const input = { ackServerTick: 0, commandCount: 16, commands: random };
    expect(bodyBytes(input)).toBeLessThan(encoder.encodeInput(header, input).length - HEADER_BYTES);
  });
});

describe("[P4] steady state reuses everything", () => {
  test("the same views and the same message", () => {
    const { input } = decoder;
    const slots = [...input.commands];
    const short = inputsOf(straightWalk(10, 1), 1)[0] ?? createInput();
    const long = inputsOf(restlessWalk(16, 1, 1), 16)[0] ?? createInput();
    const view = encoder.encodeInputDelta(header, short);
    expect(encoder.encodeInputDelta(header, long)).not.toBe(view);
    expect(encoder.encodeInputDelta(header, short)).toBe(view);
    decoder.decode(view);
    expect(decoder.input).toBe(input);
    expect(decoder.input.commands.every((command, i) => command === slots[i])).toBe(true);
  });
});
