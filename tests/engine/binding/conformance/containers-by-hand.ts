// Strings, arrays and dictionaries where the tables are not enough: functions as arguments, bytes that must mean something, what is copied.
import {
  GodotArray,
  GodotDictionary,
  GodotString,
  PackedByteArray,
  PackedStringArray,
  PackedVector3Array,
  Transform3D,
  Vector3,
} from "godot";
import type { Tap } from "../tap.ts";

export function containersByHand(tap: Tap): void {
  functions(tap);
  bytes(tap);
  sameOnes(tap);
  mistakes(tap);
}

function functions(tap: Tap): void {
  tap.equal(
    "map",
    GodotArray.map([1, 2], (x: number) => x * 2),
    [2, 4],
  );
  tap.equal(
    "filter",
    GodotArray.filter([1, 2, 3], (x: number) => x > 1),
    [2, 3],
  );
  tap.equal(
    "reduce",
    GodotArray.reduce([1, 2, 3], (sum: number, x: number) => sum + x, 10),
    16,
  );
  tap.equal(
    "any, all",
    [GodotArray.any([0, 1], (x: number) => x === 1), GodotArray.all([0, 1], (x: number) => x === 1)],
    [true, false],
  );
  tap.equal(
    "find_custom",
    GodotArray.find_custom([4, 5], (x: number) => x === 5),
    1,
  );
  tap.equal(
    "bsearch_custom",
    GodotArray.bsearch_custom([1, 3, 5], 3, (a: number, b: number) => a < b),
    1,
  );
  const list = [3, 1, 2];
  GodotArray.sort_custom(list, (a: number, b: number) => a > b);
  tap.equal("sort_custom", list, [3, 2, 1]);
  const many = Array.from({ length: 50 }, (_, index) => index);
  GodotArray.shuffle(many);
  tap.equal("shuffle keeps them all", many.toSorted((a, b) => a - b).length, new Set(many).size);
  tap.ok("pick_random", list.includes(Number(GodotArray.pick_random(list))));
  tap.equal("% of strings", GodotString.modulo("%d of %s", [1, "a"]), "1 of a");
  tap.equal("static ones", [GodotString.humanize_size(2048), GodotString.chr(65)], ["2.00 KiB", "A"]);
}

function bytes(tap: Tap): void {
  const text = "größer 山";
  tap.equal("utf-8", PackedByteArray.get_string_from_utf8(GodotString.to_utf8_buffer(text)), text);
  tap.equal("utf-16", PackedByteArray.get_string_from_utf16(GodotString.to_utf16_buffer(text)), text);
  tap.equal("utf-32", PackedByteArray.get_string_from_utf32(GodotString.to_utf32_buffer(text)), text);
  tap.equal("wide", PackedByteArray.get_string_from_wchar(GodotString.to_wchar_buffer(text)), text);
  const plain = new Uint8Array(1000).fill(7);
  const small = PackedByteArray.compress(plain, 2);
  tap.ok("compressed", small.length < 100, String(small.length));
  tap.equal("and back", PackedByteArray.decompress(small, 1000, 2), plain);
  tap.equal(
    "and back without the size",
    PackedByteArray.decompress_dynamic(PackedByteArray.compress(plain, 3), -1, 3),
    plain,
  );
  const page = new Uint8Array(64);
  tap.ok("a value is written", PackedByteArray.encode_var(page, 4, { a: [1, 2] }) > 0);
  tap.equal("and read", PackedByteArray.decode_var(page, 4), { a: [1, 2] });
  PackedByteArray.encode_u64(page, 0, 2n ** 63n);
  tap.equal("64 bits", PackedByteArray.decode_u64(page, 0), -(2n ** 63n));
  tap.equal("hexadecimal", PackedByteArray.hex_encode(new Uint8Array([1, 255])), "01ff");
  const view = new Uint8Array(page.buffer, 8, 4);
  PackedByteArray.encode_u32(view, 0, 0x01020304);
  tap.equal("a part of a buffer", [page[8], page[11]], [4, 1]);
}

function sameOnes(tap: Tap): void {
  const object: { [key: string]: number } = { a: 1 };
  GodotDictionary.merge(object, { b: 2 });
  tap.equal("an object is filled", object, { a: 1, b: 2 });
  GodotDictionary.erase(object, "a");
  tap.equal("and emptied", object, { b: 2 });
  const map = new Map<number | string, number>([[1, 2]]);
  GodotDictionary.set(map, "x", 3);
  tap.equal(
    "a Map",
    [...map],
    [
      [1, 2],
      ["x", 3],
    ],
  );
  const names = ["b", "a"];
  PackedStringArray.sort(names);
  tap.equal("an array of strings", names, ["a", "b"]);
  const points = [new Vector3(1, 2, 3)];
  PackedVector3Array.append(points, new Vector3(4, 5, 6));
  tap.equal("an array of vectors", points.map(String), ["(1, 2, 3)", "(4, 5, 6)"]);
  const moved = PackedVector3Array.multiply(points, new Transform3D().translated(new Vector3(1, 1, 1)));
  tap.equal("vectors by a transform", moved.map(String), ["(0, 1, 2)", "(3, 4, 5)"]);
}

function mistakes(tap: Tap): void {
  const loose = (value: unknown) => value as never;
  tap.throws(
    "no text",
    () => GodotString.capitalize(loose(1)),
    "TypeError",
    "GodotString.capitalize: parameter 'text' must be a string, got the number 1",
  );
  tap.throws(
    "no value at all",
    () => (GodotString.capitalize as () => string)(),
    "TypeError",
    "GodotString.capitalize(text): expected 1 argument, got 0",
  );
  tap.throws(
    "a wrong argument",
    () => GodotString.repeat("a", loose("3")),
    "TypeError",
    "parameter 'count' must be",
    "got a string",
  );
  tap.throws(
    "another typed array",
    () => PackedByteArray.hex_encode(loose(new Int32Array(1))),
    "TypeError",
    "parameter 'bytes'",
  );
  tap.throws("a number as a key of an object", () => GodotDictionary.set({ a: 1 }, 5, 1), "TypeError", "use a Map");
  tap.throws("a frozen array", () => GodotArray.append(loose(Object.freeze([1])), 2), "TypeError");
  tap.throws("an operator that is none", () => GodotArray.add([1], loose(1)), "TypeError", "no such operator");
}
