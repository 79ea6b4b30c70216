// The tables of schemas/*.fbs as the verifier needs them: fields in the order of their ids. A field that is added to a
// schema is added here at the end, or it stays unread.

import { COMBAT_SHAPES, type Shape } from "./combat/combat-shapes.ts";
import type { FieldLayout, TableLayout } from "./flat-verifier.ts";
import { Command } from "./generated/wire/command.ts";
import { EntityState } from "./generated/wire/entity-state.ts";
import { OwnState } from "./generated/wire/own-state.ts";
import { MAX_COMMANDS_PER_INPUT, MAX_SNAPSHOT_ENTITIES, MessageType } from "./messages.ts";
import {
  MAX_CAPABILITIES,
  MAX_CAPABILITY_BYTES,
  MAX_CLIENT_BUILD_BYTES,
  MAX_HELLO_NAME_BYTES,
  MAX_PLATFORM_BYTES,
  MAX_PRESENCE_JOINED,
  MAX_PRESENCE_LEFT,
  MAX_PRESENCE_NAME_BYTES,
  MAX_REJECT_DETAIL_BYTES,
  MAX_WORLD_HASH_BYTES,
} from "./wire-limits.ts";

const TRACE_ID_BYTES = 16;
const MAX_ZONE_NAME_BYTES = 32;

function scalar(name: string, bytes: number): FieldLayout {
  return { kind: "inline", name, bytes, align: bytes, required: false };
}

function struct(name: string, bytes: number, align: number): FieldLayout {
  return { kind: "inline", name, bytes, align, required: true };
}

function text(name: string, minBytes: number, maxBytes: number): FieldLayout {
  return { kind: "string", name, minBytes, maxBytes };
}

function optionalText(name: string, maxBytes: number): FieldLayout {
  return { kind: "string", name, minBytes: 0, maxBytes, optional: true };
}

function vector(name: string, elementBytes: number, align: number, maxCount: number): FieldLayout {
  return { kind: "vector", name, elementBytes, align, maxCount };
}

const presenceEntry: TableLayout = {
  name: "PresenceEntry",
  fields: [scalar("entity_id", 4), text("name", 0, MAX_PRESENCE_NAME_BYTES)],
};

function capabilities(): FieldLayout {
  return { kind: "strings", name: "capabilities", maxBytes: MAX_CAPABILITY_BYTES, maxCount: MAX_CAPABILITIES };
}

/** The tables of the combat family, as their shapes say. */
function layoutOf({ name, fields }: Shape): TableLayout {
  return {
    name,
    fields: fields.map((field) =>
      field.kind === "rows"
        ? { ...vector(field.name, field.rowBytes, 4, field.most), ...(field.optional && { optional: true }) }
        : scalar(field.name, field.bytes),
    ),
  };
}

/** Types whose body is a FlatBuffer: all but two. */
export type FlatMessageType = Exclude<MessageType, typeof MessageType.snapshotDelta | typeof MessageType.inputDelta>;

/** The root table of every message type that has one. */
export const BODY_LAYOUTS: Readonly<Record<FlatMessageType, TableLayout>> = {
  [MessageType.hello]: {
    name: "Hello",
    fields: [
      scalar("protocol_major", 1),
      scalar("protocol_minor", 1),
      text("player_name", 0, MAX_HELLO_NAME_BYTES),
      text("client_build", 0, MAX_CLIENT_BUILD_BYTES),
      capabilities(),
      optionalText("platform", MAX_PLATFORM_BYTES),
    ],
  },
  [MessageType.helloAck]: {
    name: "HelloAck",
    fields: [
      scalar("protocol_major", 1),
      scalar("protocol_minor", 1),
      scalar("session_epoch", 2),
      scalar("entity_id", 4),
      text("zone", 1, MAX_ZONE_NAME_BYTES),
      text("world_hash", 1, MAX_WORLD_HASH_BYTES),
      scalar("server_tick", 4),
      scalar("tick_rate_hz", 1),
      scalar("snapshot_rate_hz", 1),
      scalar("input_rate_hz", 1),
      capabilities(),
    ],
  },
  [MessageType.reject]: {
    name: "Reject",
    fields: [
      scalar("reason_code", 1),
      text("trace_id", TRACE_ID_BYTES, TRACE_ID_BYTES),
      text("detail", 0, MAX_REJECT_DETAIL_BYTES),
    ],
  },
  [MessageType.input]: {
    name: "Input",
    fields: [
      scalar("ack_server_tick", 4),
      scalar("first_tick", 4),
      vector("commands", Command.sizeOf(), 2, MAX_COMMANDS_PER_INPUT),
      scalar("flags", 1),
    ],
  },
  [MessageType.snapshot]: {
    name: "Snapshot",
    fields: [
      scalar("server_tick", 4),
      scalar("ack_input_tick", 4),
      scalar("input_buffer_ticks", 1),
      struct("own", OwnState.sizeOf(), 4),
      vector("entities", EntityState.sizeOf(), 4, MAX_SNAPSHOT_ENTITIES),
    ],
  },
  [MessageType.ping]: { name: "Ping", fields: [scalar("sent_at_ms", 4)] },
  [MessageType.pong]: { name: "Pong", fields: [scalar("sent_at_ms", 4), scalar("server_tick", 4)] },
  [MessageType.bye]: { name: "Bye", fields: [scalar("reason_code", 1)] },
  [MessageType.presence]: {
    name: "Presence",
    fields: [
      { kind: "tables", name: "joined", table: presenceEntry, maxCount: MAX_PRESENCE_JOINED },
      vector("left", 4, 4, MAX_PRESENCE_LEFT),
    ],
  },
  [MessageType.features]: { name: "Features", fields: [capabilities()] },
  [MessageType.featureProblem]: {
    name: "FeatureProblem",
    fields: [text("capability", 1, MAX_CAPABILITY_BYTES), text("detail", 0, MAX_REJECT_DETAIL_BYTES)],
  },
  [MessageType.action]: {
    name: "Action",
    fields: [
      scalar("action_id", 4),
      scalar("kind", 1),
      scalar("tick", 4),
      scalar("view_tick", 4),
      scalar("view_fraction", 1),
      scalar("target_entity_id", 4),
    ],
  },
  [MessageType.actionResult]: {
    name: "ActionResult",
    fields: [
      scalar("action_id", 4),
      scalar("outcome", 1),
      scalar("server_tick", 4),
      scalar("target_entity_id", 4),
      scalar("rewound_ms", 2),
      scalar("distance", 4),
      scalar("cooldown_ticks", 1),
      scalar("flags", 1),
    ],
  },
  [MessageType.actionEvent]: {
    name: "ActionEvent",
    fields: [
      scalar("server_tick", 4),
      scalar("kind", 1),
      scalar("attacker_entity_id", 4),
      scalar("target_entity_id", 4),
      scalar("outcome", 1),
      scalar("rewound_ms", 2),
      scalar("flags", 1),
    ],
  },
  [MessageType.abilityUse]: layoutOf(COMBAT_SHAPES.abilityUse),
  [MessageType.abilityResult]: layoutOf(COMBAT_SHAPES.abilityResult),
  [MessageType.combatEvents]: layoutOf(COMBAT_SHAPES.combatEvents),
  [MessageType.combatSelf]: layoutOf(COMBAT_SHAPES.combatSelf),
  [MessageType.combatTarget]: layoutOf(COMBAT_SHAPES.combatTarget),
  [MessageType.partyState]: layoutOf(COMBAT_SHAPES.partyState),
  [MessageType.combatCommand]: layoutOf(COMBAT_SHAPES.combatCommand),
  [MessageType.combatCommandResult]: layoutOf(COMBAT_SHAPES.combatCommandResult),
};
