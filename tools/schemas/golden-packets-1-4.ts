// The packets that are frozen for version 1.4: what it added to 1.3, in both codecs.

import type { CombatMessageName, CombatMessages } from "../../scripts/protocol/combat/combat-messages.ts";
import {
  type CellField,
  type Cells,
  COMBAT_SHAPES,
  type Loose,
  type ShapeField,
} from "../../scripts/protocol/combat/combat-shapes.ts";
import { createPacketHeader, type PacketHeader } from "../../scripts/protocol/packet-header.ts";
import type { GoldenMessage } from "./golden-packets-1-2.ts";

function header(sessionEpoch: number, sequence: number, ack: number, ackBits: number): PacketHeader {
  return { ...createPacketHeader(), versionMinor: 4, sessionEpoch, sequence, ack, ackBits };
}

const midway = header(513, 1_000, 700, 0xfff7_ffff);
const highest = header(65_535, 65_535, 65_535, 0xffff_ffff);

/** Without what later versions have added. */
function fieldsOf(name: CombatMessageName): readonly ShapeField[] {
  return COMBAT_SHAPES[name].fields.filter((field) => field.kind !== "rows" || field.optional !== true);
}

/** Every field another number, so that no two can be mistaken for each other. */
function ordinary(name: CombatMessageName): Loose {
  let next = 3;
  const cell = (field: CellField): number | string => {
    next += 1;
    return field.kind === "word" ? (field.words[next % field.words.length] ?? "") : next;
  };
  const row = (fields: readonly CellField[]): Cells => Object.fromEntries(fields.map((one) => [one.key, cell(one)]));
  return Object.fromEntries(
    fieldsOf(name).map((field) => [field.key, field.kind === "rows" ? [row(field.row)] : cell(field)]),
  );
}

/** Every field at its highest, no rows. */
function extreme(name: CombatMessageName): Loose {
  return Object.fromEntries(
    fieldsOf(name).map((field) => [
      field.key,
      field.kind === "rows" ? [] : field.kind === "word" ? (field.words.at(-1) ?? "") : field.max,
    ]),
  );
}

function typed<Name extends CombatMessageName>(values: Loose): CombatMessages[Name] {
  return values as unknown as CombatMessages[Name];
}

export const GOLDEN_PACKETS_1_4: readonly GoldenMessage[] = (
  Object.keys(COMBAT_SHAPES) as readonly CombatMessageName[]
).flatMap((name) => {
  const kebab = COMBAT_SHAPES[name].legacyName.replaceAll("_", "-");
  // The hostile tests try every value of every byte: a few kinds of packets at their highest are enough.
  const atTheirHighest: readonly GoldenMessage[] = [
    { name: `${kebab}-highest`, encode: (e) => e.sequenced.encodeCombat(highest, name, typed(extreme(name))) },
  ];
  return [
    { name: kebab, encode: (e) => e.sequenced.encodeCombat(midway, name, typed(ordinary(name))) },
    { name: `legacy-${kebab}`, encode: (e) => e.legacy.encodeCombat(midway, name, typed(ordinary(name))) },
    ...(name === "abilityUse" || name === "combatEvents" ? atTheirHighest : []),
  ] satisfies readonly GoldenMessage[];
});
