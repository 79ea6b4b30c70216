import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BitReader } from "../../../../scripts/protocol/input-codec/bit-reader.ts";
import { BitWriter } from "../../../../scripts/protocol/input-codec/bit-writer.ts";
import {
  readNatural,
  readSigned,
  writeNatural,
  writeSigned,
} from "../../../../scripts/protocol/input-codec/coded-number.ts";
import { CODES, TURN_CODES } from "../../../../scripts/protocol/input-codec/input-codes.ts";
import { PrefixCode } from "../../../../scripts/protocol/input-codec/prefix-code.ts";
import { huffmanLengths } from "../../../../tools/input-tables/huffman-lengths.ts";

const ALL_CODES = [...Object.values(CODES), ...TURN_CODES];

function words(code: PrefixCode): string[] {
  return Array.from({ length: code.symbols }, (_, symbol) => {
    return code.wordOf(symbol).toString(2).padStart(code.lengthOf(symbol), "0");
  });
}

function written(write: (writer: BitWriter) => void): Uint8Array {
  const writer = new BitWriter();
  const bytes = new Uint8Array(4_096);
  writer.start(bytes, 0);
  write(writer);
  return bytes.slice(0, writer.finish());
}

describe("[P101] prefix codes", () => {
  test("have the words of the example in RFC 1951, 3.2.2", () => {
    expect(words(new PrefixCode("33333244"))).toEqual(["010", "011", "100", "101", "110", "00", "1110", "1111"]);
  });

  test.each(["", "1", "12", "111", "11a", "0f", "1x"])('refuse "%s", which is no complete code', (lengths) => {
    expect(() => new PrefixCode(lengths)).toThrow(RangeError);
  });

  test("of any weights are complete and short enough", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 2, maxLength: 40 }), (weights) => {
        expect(new PrefixCode(huffmanLengths(weights)).symbols).toBe(weights.length);
      }),
    );
  });
});

const step = fc.oneof(
  fc.record({ kind: fc.constant("bits" as const), code: fc.nat(32), value: fc.integer({ min: 0, max: 0xffff_ffff }) }),
  fc.record({ kind: fc.constant("symbol" as const), code: fc.nat(ALL_CODES.length - 1), value: fc.nat(3) }),
  fc.record({
    kind: fc.constant("natural" as const),
    code: fc.nat(1),
    value: fc.integer({ min: 0, max: 0xffff_ffff }),
  }),
  fc.record({ kind: fc.constant("natural" as const), code: fc.nat(1), value: fc.nat(40) }),
  fc.record({
    kind: fc.constant("signed" as const),
    code: fc.nat(6),
    value: fc.integer({ min: -32_768, max: 32_767 }),
  }),
  fc.record({ kind: fc.constant("signed" as const), code: fc.nat(6), value: fc.integer({ min: -9, max: 9 }) }),
);

describe("[P102] bits and numbers", () => {
  test("any mixture comes back, and ends where it ended", () => {
    const natural = [CODES.tick, CODES.ack];
    const codeOf = (codes: readonly PrefixCode[], index: number) => codes[index] ?? CODES.pitch;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const bytes = written((writer) => {
          for (const { kind, code, value } of steps) {
            if (kind === "bits") writer.wide(value, code);
            else if (kind === "symbol") writer.symbol(codeOf(ALL_CODES, code), value);
            else if (kind === "natural") writeNatural(writer, codeOf(natural, code), value);
            else writeSigned(writer, codeOf(TURN_CODES, code), value);
          }
        });
        const reader = new BitReader();
        reader.start(bytes, 0, bytes.length);
        for (const { kind, code, value } of steps) {
          if (kind === "bits") expect(reader.wide(code)).toBe(code === 0 ? 0 : value % 2 ** code);
          else if (kind === "symbol") expect(reader.symbol(codeOf(ALL_CODES, code))).toBe(value);
          else if (kind === "natural") expect(readNatural(reader, codeOf(natural, code))).toBe(value);
          else expect(readSigned(reader, codeOf(TURN_CODES, code))).toBe(value);
        }
        expect(reader.finished).toBe(true);
        expect(reader.exhausted).toBe(false);
        reader.bits(8);
        expect(reader.exhausted).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
