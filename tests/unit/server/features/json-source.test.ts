import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonNode, readJsonSource } from "../../../../server/features/json-source.ts";

function parsedByEngine(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function readValue(node: JsonNode): unknown {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(readValue);
    case "object":
      // `fromEntries` defines, so that a member called __proto__ is one like any other.
      return Object.fromEntries(node.members.map(({ name, value }) => [name, readValue(value)]));
  }
}

function everyNode(node: JsonNode): JsonNode[] {
  if (node.kind === "list") return [node, ...node.items.flatMap(everyNode)];
  return node.kind === "object" ? [node, ...node.members.flatMap(({ value }) => everyNode(value))] : [node];
}

const documents = fc.json({ maxDepth: 6 });
const spaced = fc
  .tuple(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 2, "\t"))
  .map(([value, space]) => JSON.stringify(value, null, space));

describe("readJsonSource", () => {
  it("reads what the engine's own parser reads, to the same value", () => {
    fc.assert(
      fc.property(fc.oneof(documents, spaced), (text) => {
        const reading = readJsonSource(text);
        expect(reading.ok && { value: readValue(reading.root) }).toEqual(parsedByEngine(text));
      }),
    );
  });

  it("knows the place of every value: its piece of the text reads to the same value", () => {
    fc.assert(
      fc.property(spaced, (text) => {
        const reading = readJsonSource(text);
        if (!reading.ok) throw new Error(reading.fault);
        for (const node of everyNode(reading.root)) {
          expect(parsedByEngine(text.slice(node.start, node.end))).toEqual({ value: readValue(node) });
        }
      }),
    );
  });

  it("refuses exactly what the engine's own parser refuses", () => {
    const damaged = fc
      .tuple(
        documents,
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.constantFrom("", ",", "]", "}", '"', "\\", "0", "-", "e", "\u0001", "nul", "\n"),
      )
      .map(([text, at, cut, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + cut);
      });
    fc.assert(
      fc.property(
        fc.oneof(damaged, fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \n0-1.eE+truefalsn') })),
        (text) => {
          expect(readJsonSource(text).ok).toBe(parsedByEngine(text) !== undefined);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("keeps both of two members with one name", () => {
    const reading = readJsonSource('{"a": 1, "a": 2}');
    expect(reading).toMatchObject({ root: { members: [{ name: "a" }, { name: "a" }] } });
  });

  it("answers any depth", () => {
    const reading = readJsonSource("[".repeat(100_000));
    expect(reading).toEqual({ ok: false, fault: expect.stringContaining("at most 16 levels") });
  });

  it.each([
    ["", "line 1, column 1: expected a value, got the end of the file"],
    ['{\n  "a": 1,\n}', 'line 3, column 1: expected a name in double quotes, got "}"'],
    ['{"a": 1 "b"', 'line 1, column 9: expected "," or "}", got "\\""'],
    ['{"a": on}', 'line 1, column 7: expected a value, got "on"'],
    ['{"a" 1}', 'line 1, column 6: expected ":", got "1"'],
    ["[1 2]", 'line 1, column 4: expected "," or "]", got "2"'],
    ["// no", 'line 1, column 1: expected a value, got "/"'],
    ['"open\nend"', 'line 1, column 6: expected the double quote that ends the text, got "\\n"'],
    ['{"a": "half', "line 1, column 12: expected the double quote that ends the text, got the end of the file"],
    ['"\\', "line 1, column 3: expected the double quote that ends the text, got the end of the file"],
    ["{} {}", 'line 1, column 4: expected the end of the file, got "{"'],
  ])("says of %j where it is wrong, what was expected and what came", (text, fault) => {
    expect(readJsonSource(text)).toEqual({ ok: false, fault });
  });
});
