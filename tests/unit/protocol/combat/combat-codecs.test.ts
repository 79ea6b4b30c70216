import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CombatMessageName, CombatMessages } from "../../../../scripts/protocol/combat/combat-messages.ts";
import {
  type CellField,
  type Cells,
  COMBAT_MESSAGE_NAMES,
  COMBAT_SHAPES,
  type Loose,
} from "../../../../scripts/protocol/combat/combat-shapes.ts";
import { COMBAT_TYPES } from "../../../../scripts/protocol/combat/combat-types.ts";
import { MessageDecoder } from "../../../../scripts/protocol/message-decoder.ts";
import { MessageEncoder } from "../../../../scripts/protocol/message-encoder.ts";
import { createPacketHeader, HEADER_BYTES } from "../../../../scripts/protocol/packet-header.ts";

const encoder = new MessageEncoder();
const decoder = new MessageDecoder();
const header = { ...createPacketHeader(), versionMinor: 4, sessionEpoch: 7, sequence: 1 };

function cells(field: CellField): fc.Arbitrary<number | string> {
  return field.kind === "word" ? fc.constantFrom(...field.words) : fc.integer({ min: field.min, max: field.max });
}

function messages<Name extends CombatMessageName>(name: Name): fc.Arbitrary<CombatMessages[Name]> {
  const record: Record<string, fc.Arbitrary<number | string | Cells[] | undefined>> = {};
  for (const field of COMBAT_SHAPES[name].fields) {
    if (field.kind !== "rows") record[field.key] = cells(field);
    else {
      const row = fc.record(Object.fromEntries(field.row.map((cell) => [cell.key, cells(cell)])));
      const list = fc.array(row, { maxLength: field.most, size: "medium" });
      record[field.key] = field.optional ? fc.option(list, { nil: undefined }) : list;
    }
  }
  return fc.record(record) as unknown as fc.Arbitrary<CombatMessages[Name]>;
}

describe.each(COMBAT_MESSAGE_NAMES)("%s", (name) => {
  test("[P1] what is decoded is what was encoded, in both codecs, whatever came before", () => {
    fc.assert(
      fc.property(messages(name), messages(name), (message, before) => {
        for (const writer of [encoder.sequenced, encoder.legacy]) {
          decoder.decode(writer.encodeCombat(header, name, before));
          expect(decoder.decode(writer.encodeCombat(header, name, message)), decoder.detail).toBe(COMBAT_TYPES[name]);
          expect(decoder.combat[name]).toEqual(message);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("[P3] what the wire cannot carry is refused by the writers of both codecs", () => {
    const [message] = fc.sample(messages(name), { numRuns: 1, seed: 5 });
    if (message === undefined) throw new Error("expected a message");
    for (const field of COMBAT_SHAPES[name].fields) {
      const bad = field.kind === "rows" ? 5 : field.kind === "word" ? "dance" : field.max + 1;
      const wrong = { ...message, [field.key]: bad };
      expect(() => encoder.sequenced.encodeCombat(header, name, wrong), field.key).toThrow(RangeError);
      expect(() => encoder.legacy.encodeCombat(header, name, wrong), field.key).toThrow(RangeError);
    }
  });

  test("[P20] any cut of it is refused or read, never thrown", () => {
    const [message] = fc.sample(messages(name), { numRuns: 1, seed: 9 });
    if (message === undefined) throw new Error("expected a message");
    for (const writer of [encoder.sequenced, encoder.legacy]) {
      const packet = writer.encodeCombat(header, name, message).slice();
      for (let length = 0; length < packet.length; length += 1) {
        expect(decoder.decode(packet.subarray(0, length))).toBe(0);
        expect(decoder.error).not.toBe("");
      }
    }
  });

  test("[P46] flatc, which shares no code with us, reads the same out of it by the schema", () => {
    const [message] = fc.sample(messages(name), { numRuns: 1, seed: 3 });
    if (message === undefined) throw new Error("expected a message");
    const folder = mkdtempSync(join(tmpdir(), "darkages-combat-"));
    try {
      const file = join(folder, "body.bin");
      writeFileSync(file, encoder.sequenced.encodeCombat(header, name, message).slice(HEADER_BYTES));
      const root = ["--root-type", `wire.${COMBAT_SHAPES[name].name}`];
      const args = ["--json", "--raw-binary", "--strict-json", "--defaults-json", "-o", folder, ...root];
      execFileSync("flatc", [...args, "schemas/combat.fbs", "--", file], { stdio: "pipe" });
      const json: Record<string, unknown> = JSON.parse(readFileSync(join(folder, "body.json"), "utf8"));
      for (const field of COMBAT_SHAPES[name].fields) {
        const value = (message as unknown as Loose)[field.key];
        const inWords = (cell: CellField, one: unknown) =>
          cell.kind === "word" ? cell.words.indexOf(String(one)) : one;
        if (field.kind !== "rows") {
          expect(json[field.name], field.name).toBe(inWords(field, value));
          continue;
        }
        const rows = Array.isArray(value) ? value : [];
        const expected = rows.map((row) =>
          Object.fromEntries(field.row.map((cell) => [cell.name, inWords(cell, row[cell.key])])),
        );
        if (field.kind === "rows" && field.optional && value === undefined) expect(json).not.toHaveProperty(field.name);
        else expect(json[field.name]).toMatchObject(expected);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test("[P43] words of later versions read as the harmless one", () => {
  const [message] = fc.sample(messages("combatCommand"), { numRuns: 1, seed: 1 });
  if (message === undefined) throw new Error("expected a message");
  const packet = encoder.sequenced.encodeCombat(header, "combatCommand", { ...message, kind: "kick" }).slice();
  const at = packet.lastIndexOf(9);
  packet[at] = 200;
  expect(decoder.decode(packet)).toBe(COMBAT_TYPES.combatCommand);
  expect(decoder.combat.combatCommand.kind).toBe("none");
});
