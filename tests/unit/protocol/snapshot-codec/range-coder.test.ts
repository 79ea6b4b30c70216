import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BIT_CONTEXTS, NUMBER_CONTEXTS } from "../../../../scripts/protocol/snapshot-codec/contexts.ts";
import { RangeDecoder } from "../../../../scripts/protocol/snapshot-codec/range-decoder.ts";
import { RangeEncoder } from "../../../../scripts/protocol/snapshot-codec/range-encoder.ts";
import { MAX_NUMBER_BITS, readNumber, writeNumber } from "../../../../scripts/protocol/snapshot-codec/signed-number.ts";

const MAX_NUMBER = 2 ** MAX_NUMBER_BITS - 1;

const step = fc.oneof(
  fc.record({ kind: fc.constant("bit" as const), context: fc.nat(BIT_CONTEXTS - 1), value: fc.nat(1) }),
  fc.record({ kind: fc.constant("wide" as const), context: fc.nat(32), value: fc.integer() }),
  fc.record({
    kind: fc.constant("number" as const),
    context: fc.nat(NUMBER_CONTEXTS - 1),
    value: fc.oneof(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -MAX_NUMBER, max: MAX_NUMBER })),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function write(steps: Step[]): Uint8Array {
  const encoder = new RangeEncoder();
  const bytes = new Uint8Array(steps.length * 10 + 8);
  encoder.start(bytes, 0, bytes.length);
  for (const { kind, context, value } of steps) {
    if (kind === "bit") encoder.bit(context, value);
    else if (kind === "wide") encoder.wide(lowBits(value, context), context);
    else writeNumber(encoder, context, value);
  }
  return bytes.slice(0, encoder.finish());
}

function lowBits(value: number, count: number): number {
  return count === 32 ? value : value & (2 ** count - 1);
}

describe("range coder", () => {
  test("reads back any mixture of bits and numbers, and ends where the writer ended", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const bytes = write(steps);
        const decoder = new RangeDecoder();
        decoder.start(bytes, 0);
        for (const { kind, context, value } of steps) {
          if (kind === "bit") expect(decoder.bit(context)).toBe(value);
          else if (kind === "wide") expect(decoder.wide(context)).toBe(lowBits(value, context));
          else expect(readNumber(decoder, context)).toBe(value);
        }
        expect(decoder.finished).toBe(true);
        expect(decoder.exhausted).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test("carries over any number of full bytes", () => {
    // Ones of 12 bits fill bytes with 0xff; the last value makes some of the streams overflow into them.
    fc.assert(
      fc.property(fc.nat(40), fc.nat(4095), fc.array(fc.nat(1), { maxLength: 60 }), (ones, last, bits) => {
        const encoder = new RangeEncoder();
        const decoder = new RangeDecoder();
        const bytes = new Uint8Array(200);
        encoder.start(bytes, 0, bytes.length);
        for (let index = 0; index < ones; index++) encoder.direct(4095, 12);
        encoder.direct(last, 12);
        for (const bit of bits) encoder.bit(0, bit);
        decoder.start(bytes.slice(0, encoder.finish()), 0);
        for (let index = 0; index < ones; index++) expect(decoder.direct(12)).toBe(4095);
        expect(decoder.direct(12)).toBe(last);
        for (const bit of bits) expect(decoder.bit(0)).toBe(bit);
        expect(decoder.finished).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("what is foreseen costs next to nothing", () => {
    const foreseen = write(Array.from({ length: 1000 }, () => ({ kind: "bit", context: 0, value: 0 })));
    expect(foreseen.length).toBeLessThan(10);
  });

  test("says that more was read than there is, for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
        const decoder = new RangeDecoder();
        decoder.start(bytes, 0);
        for (let index = 0; index < 200; index++) {
          const number = readNumber(decoder, index % NUMBER_CONTEXTS);
          expect(Math.abs(number)).toBeLessThanOrEqual(MAX_NUMBER);
          decoder.wide(12);
        }
        expect(decoder.exhausted).toBe(true);
        expect(decoder.finished).toBe(false);
      }),
    );
  });
});
