import { decode, encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DecodeFailure } from "../../../../scripts/protocol/decode-error.ts";
import {
  MAX_DEPTH,
  MAX_FIELDS,
  MAX_VALUES,
  MessagePackGuard,
} from "../../../../scripts/protocol/legacy/message-pack-guard.ts";

const failure = new DecodeFailure();
const guard = new MessagePackGuard(failure);

function check(...bytes: number[]): boolean {
  failure.clear();
  return guard.check(Uint8Array.from(bytes));
}

function checkValue(value: unknown): boolean {
  failure.clear();
  return guard.check(encode(value));
}

const keys = fc
  .tuple(fc.constantFrom(..."abcxyz"), fc.string({ unit: fc.constantFrom(..."az09_"), maxLength: 63 }))
  .map((parts) => parts.join(""));

/** Values of every kind and width that the protocol uses, at most five deep. */
const { value: values } = fc.letrec<{ value: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.integer({ min: -40, max: 300 }),
    fc.maxSafeInteger(),
    fc.string({ unit: "binary" }),
    fc.string({ minLength: 200, maxLength: 400 }),
  ),
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    tie("leaf"),
    fc.array(tie("value"), { maxLength: 40 }),
    fc.dictionary(keys, tie("value"), { maxKeys: 20 }),
  ),
}));

describe("[P92] one whole value of the protocol's types", () => {
  test("whatever another program writes of them passes", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(checkValue(value), failure.detail).toBe(true);
      }),
    );
  });

  test("no part of it passes, and nothing passes that has more behind it", () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.nat(255), (value, cut, more) => {
        const bytes = [...encode(value)];
        expect(check(...bytes.slice(0, cut % bytes.length))).toBe(false);
        expect(failure.error).toBe("bad_structure");
        expect(check(...bytes, more)).toBe(false);
        expect(failure.error).toBe("bad_structure");
      }),
    );
  });

  test("what passes is what the library can read", () => {
    // Heads of values more often than their contents, so that much of it passes.
    const head = fc.constantFrom(0x80, 0x81, 0x90, 0x91, 0x93, 0xa1, 0xc0, 0xc3, 0xcc, 0xd1, 0xd9, 0xdc, 0xde, 0x61, 0);
    let passed = 0;
    fc.assert(
      fc.property(fc.array(fc.oneof(head, fc.nat(255)), { maxLength: 8 }), (bytes) => {
        if (!check(...bytes)) return;
        passed += 1;
        expect(() => decode(Uint8Array.from(bytes))).not.toThrow();
      }),
      { numRuns: 20_000 },
    );
    expect(passed).toBeGreaterThan(500);
  });

  test.each<[string, number[]]>([
    ["float 32", [0xca, 0, 0, 0, 0]],
    ["float 64", [0xcb, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0]],
    ["NaN", [0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0]],
    ["bin 8", [0xc4, 0]],
    ["bin 32 of 4 GiB", [0xc6, 0xff, 0xff, 0xff, 0xff]],
    ["ext 8", [0xc7, 0, 0]],
    ["ext 32 of 4 GiB", [0xc9, 0xff, 0xff, 0xff, 0xff, 0]],
    ["fixext 4, a timestamp", [0xd6, 0xff, 0, 0, 0, 0]],
    ["a byte that stands for nothing", [0xc1]],
  ])("%s is none of the types", (_, bytes) => {
    expect(check(0x91, ...bytes)).toBe(false);
    expect(failure.error).toBe("bad_structure");
    expect(failure.detail).toContain(`got 0x${(bytes[0] ?? 0).toString(16)}`);
  });

  test.each<[string, number[]]>([
    ["a number", [0x81, 1, 1]],
    ["nil", [0x81, 0xc0, 1]],
    ["a list", [0x81, 0x90, 1]],
    ["nothing", [0x81, 0xa0, 1]],
    ["__proto__", [0x81, 0xa9, ...Buffer.from("__proto__"), 0x80]],
    ["a digit first", [0x81, 0xa2, 0x31, 0x61, 1]],
    ["capitals", [0x81, 0xa1, 0x41, 1]],
    ["an overlong letter", [0x81, 0xa2, 0xc1, 0xa1, 1]],
    ["65 letters", [0x81, 0xd9, 65, ...new Array(65).fill(0x61), 1]],
    ["4 GiB", [0x81, 0xdb, 0xff, 0xff, 0xff, 0xff, 0x61]],
  ])("a field's name is not %s", (_, bytes) => {
    expect(check(...bytes)).toBe(false);
    expect(failure.error).toBe("bad_structure");
  });
});

describe("[P93] work and memory are bounded", () => {
  test("lists and maps inside each other", () => {
    const nested = (depth: number): unknown =>
      depth === 0 ? 1 : depth % 2 === 0 ? [nested(depth - 1)] : { a: nested(depth - 1) };
    expect(checkValue(nested(MAX_DEPTH))).toBe(true);
    expect(checkValue(nested(MAX_DEPTH + 1))).toBe(false);
    expect(failure.detail).toBe("packet: expected at most 6 lists and maps inside each other, got 7");
    expect(check(...new Array(65_536).fill(0x91))).toBe(false);
    expect(failure.error).toBe("bad_structure");
    expect(check(...new Array(65_536).fill(0x81))).toBe(false);
  });

  test("values of all lists and maps together", () => {
    const list = (count: number) => Array.from({ length: 4 }, () => new Array(count / 4 - 1).fill(0));
    expect(checkValue(list(MAX_VALUES))).toBe(true);
    expect(checkValue([list(MAX_VALUES)])).toBe(false);
    expect(failure.error).toBe("too_many");
    expect(failure.detail).toBe("packet: expected at most 16384 values, got 16385");
  });

  test("fields of all maps together", () => {
    const map = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, 0]));
    expect(checkValue([map(MAX_FIELDS / 2), map(MAX_FIELDS / 2)])).toBe(true);
    expect(checkValue([map(MAX_FIELDS / 2), [map(MAX_FIELDS / 2 + 1)]])).toBe(false);
    expect(failure.error).toBe("too_many");
    expect(failure.detail).toBe("packet: expected at most 2048 fields, got 2049");
  });

  test("a list of a billion elements, and a map of four", () => {
    expect(check(0xdd, 0x3b, 0x9a, 0xca, 0x00, 1, 2, 3)).toBe(false);
    expect(failure.error).toBe("too_many");
    expect(check(0xdf, 0xff, 0xff, 0xff, 0xff, 0xa1, 0x61, 1)).toBe(false);
    expect(failure.error).toBe("too_many");
  });

  test("no more elements than there are bytes", () => {
    expect(check(0xdc, 0x00, 0x03, 1, 2)).toBe(false);
    expect(failure.detail).toBe("list or map: expected at most the 2 values of the bytes left, got 3");
    expect(check(0xde, 0x00, 0x02, 0xa1, 0x61, 1)).toBe(false);
    expect(failure.detail).toBe("list or map: expected at most the 3 values of the bytes left, got 4");
  });

  test("no text longer than the bytes", () => {
    expect(check(0xdb, 0xff, 0xff, 0xff, 0xff, 1)).toBe(false);
    expect(failure.detail).toBe("packet: expected 4294967295 more bytes after 5, got 1");
  });
});
