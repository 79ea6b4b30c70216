import type { CombatMessageName } from "./combat-messages.ts";
import { ABILITY_OUTCOMES, COMBAT_COMMAND_KINDS, COMBAT_EVENT_KINDS, COMMAND_OUTCOMES } from "./combat-words.ts";

// The tables and structs of schemas/combat.fbs as data: both codecs, the verifier's layouts, the log and the tests are made from them. Fields stand in
// the order of their ids, those of a row in the order of the struct.

/** A whole number, unsigned. */
export interface NumberField {
  readonly kind: "number";
  readonly key: string;
  /** In the schema. */
  readonly name: string;
  readonly bytes: 1 | 2 | 4;
  readonly min: number;
  readonly max: number;
}

/** A word of a closed set, by its number. A number that is none reads as the first word. */
export interface WordField {
  readonly kind: "word";
  readonly key: string;
  readonly name: string;
  readonly bytes: 1;
  readonly words: readonly string[];
}

export type CellField = NumberField | WordField;

/** Structs in a row. */
export interface RowsField {
  readonly kind: "rows";
  readonly key: string;
  readonly name: string;
  readonly row: readonly CellField[];
  /** Bytes of one struct, with what is reserved at its end; its alignment is 4. */
  readonly rowBytes: number;
  readonly most: number;
  /** May be absent, which is not the same as no rows; then there is no list. */
  readonly optional?: true;
}

export type ShapeField = CellField | RowsField;

export interface Shape {
  /** Of the table. */
  readonly name: string;
  /** In MessagePack. */
  readonly legacyName: string;
  readonly fields: readonly ShapeField[];
}

function number(bytes: 1 | 2 | 4, name: string, min = 0): NumberField {
  return { kind: "number", key: camel(name), name, bytes, min, max: 2 ** (8 * bytes) - 1 };
}

function byte(name: string): NumberField {
  return number(1, name);
}

function short(name: string): NumberField {
  return number(2, name);
}

function whole(name: string): NumberField {
  return number(4, name);
}

function positive(name: string): NumberField {
  return number(4, name, 1);
}

function word(name: string, words: readonly string[]): WordField {
  return { kind: "word", key: camel(name), name, bytes: 1, words };
}

function rows(name: string, most: number, rowBytes: number, row: readonly CellField[]): RowsField {
  return { kind: "rows", key: camel(name), name, row, rowBytes, most };
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const EVENT = [
  ...[whole("sequence"), whole("source_entity_id"), whole("target_entity_id")],
  ...[short("what"), short("amount"), short("absorbed"), short("blocked"), short("over")],
  ...[word("kind", COMBAT_EVENT_KINDS), byte("flags")],
];
const AURA = [
  ...[whole("source_entity_id"), whole("start_tick"), whole("end_tick")],
  ...[short("aura_id"), short("absorb"), byte("stacks")],
];
const COOLDOWN = [whole("charged_tick"), short("ability_id")];
const THREAT = [whole("entity_id"), byte("percent")];
const PLACE = [whole("entity_id"), short("x"), short("z")];
const MEMBER = [
  ...[whole("entity_id"), short("health"), short("max_health"), byte("level"), byte("state"), byte("resource_percent")],
];

/** Events in one `CombatEvents`. */
export const MAX_COMBAT_EVENTS = 256;

export const COMBAT_SHAPES: Readonly<Record<CombatMessageName, Shape>> = {
  abilityUse: {
    name: "AbilityUse",
    legacyName: "ability_use",
    fields: [
      ...[positive("use_id"), short("ability_id"), positive("tick"), whole("view_tick"), byte("view_fraction")],
      whole("target_entity_id"),
    ],
  },
  abilityResult: {
    name: "AbilityResult",
    legacyName: "ability_result",
    fields: [
      ...[positive("use_id"), short("ability_id"), word("outcome", ABILITY_OUTCOMES), positive("server_tick")],
      ...[whole("tick"), whole("target_entity_id"), short("rewound_ms"), whole("charged_tick")],
      ...[whole("global_end_tick"), whole("cast_end_tick"), whole("resource"), whole("resource_tick")],
    ],
  },
  combatEvents: {
    name: "CombatEvents",
    legacyName: "combat_events",
    fields: [positive("server_tick"), short("omitted"), rows("events", MAX_COMBAT_EVENTS, 24, EVENT)],
  },
  combatSelf: {
    name: "CombatSelf",
    legacyName: "combat_self",
    fields: [
      ...[positive("server_tick"), whole("own_tick"), byte("level"), short("health"), short("max_health")],
      ...[whole("resource"), whole("max_resource"), short("regeneration"), short("power"), short("critical_chance")],
      ...[byte("reduction"), byte("state"), whole("global_start_tick"), whole("global_end_tick")],
      ...[short("cast_ability_id"), whole("cast_start_tick"), whole("cast_end_tick"), whole("died_tick")],
      ...[whole("respawn_tick"), whole("release_tick"), whole("killer_entity_id"), short("killed_by")],
      ...[whole("rules_hash"), rows("cooldowns", 64, 8, COOLDOWN), rows("auras", 16, 20, AURA)],
    ],
  },
  combatTarget: {
    name: "CombatTarget",
    legacyName: "combat_target",
    fields: [
      ...[positive("server_tick"), whole("entity_id"), byte("level"), whole("its_target_entity_id")],
      ...[short("cast_ability_id"), whole("cast_start_tick"), whole("cast_end_tick")],
      ...[rows("auras", 16, 20, AURA), rows("threat", 5, 8, THREAT)],
    ],
  },
  partyState: {
    name: "PartyState",
    legacyName: "party_state",
    fields: [
      ...[positive("server_tick"), whole("leader_entity_id"), whole("inviter_entity_id"), whole("invitation_end_tick")],
      ...[rows("members", 5, 12, MEMBER), { ...rows("places", 4, 8, PLACE), optional: true as const }],
    ],
  },
  combatCommand: {
    name: "CombatCommand",
    legacyName: "combat_command",
    fields: [positive("command_id"), word("kind", COMBAT_COMMAND_KINDS), whole("entity_id"), short("number")],
  },
  combatCommandResult: {
    name: "CombatCommandResult",
    legacyName: "combat_command_result",
    fields: [positive("command_id"), word("kind", COMBAT_COMMAND_KINDS), word("outcome", COMMAND_OUTCOMES)],
  },
};

export const COMBAT_MESSAGE_NAMES = Object.keys(COMBAT_SHAPES) as readonly CombatMessageName[];

/** A row or a message as the codecs see it. */
export type Cells = Record<string, number | string>;
export type Loose = Record<string, number | string | Cells[] | undefined>;

export function blankRow(row: readonly CellField[]): Cells {
  return Object.fromEntries(row.map((field) => [field.key, blankCell(field)]));
}

/** A message that says nothing yet: the least of every number, no rows. */
export function blankMessage(shape: Shape): Loose {
  return Object.fromEntries(
    shape.fields.map((field) => [field.key, field.kind === "rows" ? blankRows(field) : blankCell(field)] as const),
  );
}

function blankRows({ optional }: RowsField): Cells[] | undefined {
  return optional ? undefined : [];
}

function blankCell(field: CellField): number | string {
  return field.kind === "word" ? (field.words[0] ?? "") : field.min;
}
