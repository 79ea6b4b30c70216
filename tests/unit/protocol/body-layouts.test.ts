import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { BODY_LAYOUTS } from "../../../scripts/protocol/body-layouts.ts";
import type { FieldLayout, TableLayout } from "../../../scripts/protocol/flat-verifier.ts";

const SCALAR_BYTES: Readonly<Record<string, number>> = {
  ubyte: 1,
  ushort: 2,
  uint: 4,
  ReasonCode: 1,
  ActionKind: 1,
  ActionOutcome: 1,
};
const STRUCT_BYTES: Readonly<Record<string, number>> = {
  Command: 8,
  OwnState: 32,
  EntityState: 20,
  CombatEvent: 24,
  AuraState: 20,
  CooldownState: 8,
  ThreatState: 8,
  PartyMember: 12,
  PartyPlace: 8,
};

const schemas = ["session", "input", "snapshot", "action", "combat"]
  .map((name) => readFileSync(`schemas/${name}.fbs`, "utf8"))
  .join("\n");

/** The fields of a table as its schema has them, in the order of their ids. */
function schemaFields(table: string): { name: string; type: string; required: boolean }[] {
  const body = new RegExp(`^table ${table} \\{(.*?)^\\}`, "ms").exec(schemas)?.[1] ?? "";
  const fields = [...body.matchAll(/^\s*(\w+):(\[?\w+\]?)[^(\n]*\(id: (\d+)(, required)?\);/gm)];
  expect(fields.map((field) => Number(field[3]))).toEqual(fields.map((_, id) => id));
  return fields.map((field) => ({ name: field[1] ?? "", type: field[2] ?? "", required: field[4] !== undefined }));
}

function expectFits(layout: FieldLayout, type: string, required: boolean): void {
  if (type === "string") {
    expect(layout).toMatchObject(required ? { kind: "string" } : { kind: "string", optional: true });
    return;
  } else if (type.startsWith("[")) {
    const element = type.slice(1, -1);
    if (layout.kind === "strings") {
      expect(element).toBe("string");
      expect(required).toBe(false);
      return;
    }
    if (layout.kind === "tables") expect(layout.table.name).toBe(element);
    else expect(layout).toMatchObject({ kind: "vector", elementBytes: STRUCT_BYTES[element] ?? SCALAR_BYTES[element] });
  } else {
    expect(layout).toMatchObject({ kind: "inline", bytes: STRUCT_BYTES[type] ?? SCALAR_BYTES[type], required });
    return;
  }
  // The verifier demands every list that is not said to be optional.
  expect(layout.kind === "vector" && layout.optional === true).toBe(!required);
}

function tablesOf(layout: TableLayout): TableLayout[] {
  return [layout, ...layout.fields.flatMap((field) => (field.kind === "tables" ? tablesOf(field.table) : []))];
}

describe("[P22] the verifier knows the tables of the schemas", () => {
  for (const layout of Object.values(BODY_LAYOUTS).flatMap(tablesOf)) {
    test(layout.name, () => {
      const fields = schemaFields(layout.name);
      expect(fields.length).toBeGreaterThan(0);
      expect(layout.fields.map((field) => field.name)).toEqual(fields.map((field) => field.name));
      for (const [id, field] of layout.fields.entries()) {
        expectFits(field, fields[id]?.type ?? "", fields[id]?.required ?? false);
      }
    });
  }
});
