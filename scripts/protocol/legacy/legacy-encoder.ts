import { Encoder } from "@msgpack/msgpack";
import { kindNumber, outcomeNumber } from "../action-code.ts";
import { assertAction, assertActionEvent, assertActionResult } from "../action-rules.ts";
import { cellNumber } from "../combat/combat-encoder.ts";
import type { CombatMessageName, CombatMessages } from "../combat/combat-messages.ts";
import {
  type Cells,
  COMBAT_SHAPES,
  type Loose,
  type RowsField,
  type Shape,
  type ShapeField,
} from "../combat/combat-shapes.ts";
import { COMBAT_TYPES } from "../combat/combat-types.ts";
import { cutText } from "../cut-text.ts";
import { assertInput } from "../input-rules.ts";
import type { MessageWriter } from "../message-writer.ts";
import {
  type Action,
  type ActionEvent,
  type ActionResult,
  type Bye,
  type FeatureProblem,
  type Features,
  type Hello,
  type HelloAck,
  type Input,
  MAX_SNAPSHOT_ENTITIES,
  MessageType,
  type OwnState,
  type Ping,
  type Pong,
  type Presence,
  type Reject,
  type Snapshot,
} from "../messages.ts";
import type { PacketHeader } from "../packet-header.ts";
import { PROTOCOL_MAJOR } from "../protocol-version.ts";
import { reasonNumber } from "../reason-code.ts";
import { reasonText } from "../reason-text.ts";
import {
  ACTION_FAVOURED_TARGET,
  CAPABILITY_PATTERN,
  INPUT_KEYFRAME_NEEDED,
  MAX_CAPABILITIES,
  MAX_CLIENT_BUILD_BYTES,
  MAX_HELLO_NAME_BYTES,
  MAX_PACKET_BYTES,
  MAX_PRESENCE_JOINED,
  MAX_PRESENCE_LEFT,
  MAX_PRESENCE_NAME_BYTES,
  MAX_REJECT_DETAIL_LENGTH,
  MAX_UINT8,
  MAX_UINT16,
  MAX_UINT32,
  MAX_WORLD_HASH_BYTES,
  OWN_STATE_GROUNDED,
  PLATFORM_PATTERN,
  TRACE_ID_PATTERN,
  ZONE_NAME_PATTERN,
} from "../wire-limits.ts";
import { assertInteger, assertPattern } from "../wire-value.ts";
import { LEGACY_NAMES, type LegacyMessageType } from "./legacy-names.ts";
import { ENTITY_ROW, OWN_STATE_ROW, type RowLayout } from "./struct-rows.ts";

/**
 * Writes packets of `protocol_v1`: rules P90 to P99 of docs/protocol.md. For old clients and for debugging: it writes into memory that
 * is reused, but it does allocate. Of the header only the session's epoch is written.
 */
export class LegacyEncoder implements MessageWriter {
  readonly #library = new Encoder({ initialBufferSize: MAX_PACKET_BYTES });
  readonly #text = new TextEncoder();

  encodeHello(header: Readonly<PacketHeader>, message: Readonly<Hello>): Uint8Array {
    assertInteger(message.protocolMajor, 0, MAX_UINT8, "hello.protocolMajor");
    assertInteger(message.protocolMinor, 0, MAX_UINT8, "hello.protocolMinor");
    const platform = message.platform ?? "";
    assertPattern(platform, PLATFORM_PATTERN, "hello.platform");
    return this.#pack(MessageType.hello, header, {
      protocol_major: message.protocolMajor,
      protocol_minor: message.protocolMinor,
      player_name: this.#string(message.playerName, 0, MAX_HELLO_NAME_BYTES, "hello.playerName"),
      client_build: this.#string(message.clientBuild, 0, MAX_CLIENT_BUILD_BYTES, "hello.clientBuild"),
      capabilities: checkCapabilities(message.capabilities, "hello"),
      platform,
    });
  }

  encodeHelloAck(header: Readonly<PacketHeader>, message: Readonly<HelloAck>): Uint8Array {
    assertInteger(message.protocolMajor, 0, MAX_UINT8, "helloAck.protocolMajor");
    assertInteger(message.protocolMinor, 0, MAX_UINT8, "helloAck.protocolMinor");
    assertInteger(message.sessionEpoch, 1, MAX_UINT16, "helloAck.sessionEpoch");
    assertInteger(message.entityId, 1, MAX_UINT32, "helloAck.entityId");
    assertPattern(message.zone, ZONE_NAME_PATTERN, "helloAck.zone");
    assertInteger(message.serverTick, 0, MAX_UINT32, "helloAck.serverTick");
    assertInteger(message.tickRateHz, 1, MAX_UINT8, "helloAck.tickRateHz");
    assertInteger(message.snapshotRateHz, 1, MAX_UINT8, "helloAck.snapshotRateHz");
    assertInteger(message.inputRateHz, 1, MAX_UINT8, "helloAck.inputRateHz");
    return this.#pack(MessageType.helloAck, header, {
      protocol_major: message.protocolMajor,
      protocol_minor: message.protocolMinor,
      session_epoch: message.sessionEpoch,
      entity_id: message.entityId,
      zone: message.zone,
      world_hash: this.#string(message.worldHash, 1, MAX_WORLD_HASH_BYTES, "helloAck.worldHash"),
      server_tick: message.serverTick,
      tick_rate_hz: message.tickRateHz,
      snapshot_rate_hz: message.snapshotRateHz,
      input_rate_hz: message.inputRateHz,
      capabilities: checkCapabilities(message.capabilities, "helloAck"),
    });
  }

  /** `message` is deprecated, for peers without `reject_reason_v1`, who know no codes: a sentence for players. */
  encodeReject(header: Readonly<PacketHeader>, message: Readonly<Reject>): Uint8Array {
    assertPattern(message.traceId, TRACE_ID_PATTERN, "reject.traceId");
    return this.#pack(MessageType.reject, header, {
      reason_code: reasonNumber(message.reasonCode),
      trace_id: message.traceId,
      detail: cutText(message.detail, MAX_REJECT_DETAIL_LENGTH).toWellFormed(),
      message: reasonText(message.reasonCode),
    });
  }

  encodeBye(header: Readonly<PacketHeader>, message: Readonly<Bye>): Uint8Array {
    return this.#pack(MessageType.bye, header, { reason_code: reasonNumber(message.reasonCode) });
  }

  encodePresence(header: Readonly<PacketHeader>, message: Readonly<Presence>): Uint8Array {
    assertInteger(message.joined.length, 0, MAX_PRESENCE_JOINED, "presence.joined.length");
    assertInteger(message.left.length, 0, MAX_PRESENCE_LEFT, "presence.left.length");
    const joined = message.joined.map((player, i) => {
      assertInteger(player.entityId, 1, MAX_UINT32, "presence.joined[].entityId", i);
      const name = this.#string(player.name, 0, MAX_PRESENCE_NAME_BYTES, "presence.joined[].name");
      return { entity_id: player.entityId, name };
    });
    for (const [i, entityId] of message.left.entries()) {
      assertInteger(entityId, 1, MAX_UINT32, "presence.left[]", i);
    }
    return this.#pack(MessageType.presence, header, { joined, left: message.left });
  }

  encodeFeatures(header: Readonly<PacketHeader>, message: Readonly<Features>): Uint8Array {
    const capabilities = checkCapabilities(message.capabilities, "features");
    return this.#pack(MessageType.features, header, { capabilities });
  }

  encodeFeatureProblem(header: Readonly<PacketHeader>, message: Readonly<FeatureProblem>): Uint8Array {
    assertPattern(message.capability, CAPABILITY_PATTERN, "featureProblem.capability");
    const detail = cutText(message.detail, MAX_REJECT_DETAIL_LENGTH).toWellFormed();
    return this.#pack(MessageType.featureProblem, header, { capability: message.capability, detail });
  }

  /** Throws `RangeError` on ticks that are not consecutive, too. */
  encodeInput(header: Readonly<PacketHeader>, message: Readonly<Input>): Uint8Array {
    assertInput(message);
    const commands = message.commands.slice(0, message.commandCount);
    return this.#pack(MessageType.input, header, {
      ack_server_tick: message.ackServerTick,
      first_tick: commands[0]?.tick ?? 0,
      commands: commands.map(({ yaw, pitch, moveX, moveZ, buttons }) => [yaw, pitch, moveX, moveZ, buttons]),
      flags: message.keyframeNeeded ? INPUT_KEYFRAME_NEEDED : 0,
    });
  }

  encodeSnapshot(header: Readonly<PacketHeader>, message: Readonly<Snapshot>): Uint8Array {
    const count = message.entityCount;
    assertInteger(count, 0, MAX_SNAPSHOT_ENTITIES, "snapshot.entityCount");
    assertInteger(message.serverTick, 1, MAX_UINT32, "snapshot.serverTick");
    assertInteger(message.ackInputTick, 0, MAX_UINT32, "snapshot.ackInputTick");
    assertInteger(message.inputBufferTicks, 0, MAX_UINT8, "snapshot.inputBufferTicks");
    return this.#pack(MessageType.snapshot, header, {
      server_tick: message.serverTick,
      ack_input_tick: message.ackInputTick,
      input_buffer_ticks: message.inputBufferTicks,
      own: ownRow(message.own),
      entities: Array.from({ length: count }, (_, i) => entityRow(message, i)),
    });
  }

  encodePing(header: Readonly<PacketHeader>, message: Readonly<Ping>): Uint8Array {
    assertInteger(message.sentAtMs, 0, MAX_UINT32, "ping.sentAtMs");
    return this.#pack(MessageType.ping, header, { sent_at_ms: message.sentAtMs });
  }

  encodePong(header: Readonly<PacketHeader>, message: Readonly<Pong>): Uint8Array {
    assertInteger(message.sentAtMs, 0, MAX_UINT32, "pong.sentAtMs");
    assertInteger(message.serverTick, 0, MAX_UINT32, "pong.serverTick");
    return this.#pack(MessageType.pong, header, { sent_at_ms: message.sentAtMs, server_tick: message.serverTick });
  }

  encodeAction(header: Readonly<PacketHeader>, message: Readonly<Action>): Uint8Array {
    assertAction(message);
    return this.#pack(MessageType.action, header, {
      action_id: message.actionId,
      kind: kindNumber(message.kind),
      tick: message.tick,
      view_tick: message.viewTick,
      view_fraction: message.viewFraction,
      target_entity_id: message.targetEntityId,
    });
  }

  encodeActionResult(header: Readonly<PacketHeader>, message: Readonly<ActionResult>): Uint8Array {
    assertActionResult(message);
    return this.#pack(MessageType.actionResult, header, {
      action_id: message.actionId,
      outcome: outcomeNumber(message.outcome),
      server_tick: message.serverTick,
      target_entity_id: message.targetEntityId,
      rewound_ms: message.rewoundMs,
      distance: message.distance,
      cooldown_ticks: message.cooldownTicks,
      flags: message.favouredTarget ? ACTION_FAVOURED_TARGET : 0,
    });
  }

  encodeActionEvent(header: Readonly<PacketHeader>, message: Readonly<ActionEvent>): Uint8Array {
    assertActionEvent(message);
    return this.#pack(MessageType.actionEvent, header, {
      server_tick: message.serverTick,
      kind: kindNumber(message.kind),
      attacker_entity_id: message.attackerEntityId,
      target_entity_id: message.targetEntityId,
      outcome: outcomeNumber(message.outcome),
      rewound_ms: message.rewoundMs,
      flags: message.favouredTarget ? ACTION_FAVOURED_TARGET : 0,
    });
  }

  encodeCombat<Name extends CombatMessageName>(
    header: Readonly<PacketHeader>,
    name: Name,
    message: Readonly<CombatMessages[Name]>,
  ): Uint8Array {
    const shape = COMBAT_SHAPES[name];
    const values = message as unknown as Loose;
    const body = Object.fromEntries(
      shape.fields
        .filter((field) => !isAbsent(field, values))
        .map((field) => [
          field.name,
          field.kind === "rows"
            ? combatRows(shape, field, values[field.key])
            : cellNumber(shape, field, values[field.key]),
        ]),
    );
    return this.#pack(COMBAT_TYPES[name], header, body);
  }

  #string(text: string, minBytes: number, maxBytes: number, name: string): string {
    assertInteger(this.#text.encode(text).length, minBytes, maxBytes, `bytes of ${name}`);
    // The library writes half a pair of surrogates as it is, which is not UTF-8.
    return text.toWellFormed();
  }

  #pack(type: LegacyMessageType, { sessionEpoch }: Readonly<PacketHeader>, body: object): Uint8Array {
    assertInteger(sessionEpoch, 0, MAX_UINT16, "header.sessionEpoch");
    return this.#library.encodeSharedRef([PROTOCOL_MAJOR, LEGACY_NAMES[type], sessionEpoch, body]);
  }
}

function isAbsent(field: ShapeField, values: Loose): boolean {
  return field.kind === "rows" && field.optional === true && values[field.key] === undefined;
}

function combatRows(shape: Shape, field: RowsField, rows: Loose[string] | undefined): number[][] {
  if (!Array.isArray(rows)) throw new RangeError(`${shape.name}.${field.key}: expected a list, got ${typeof rows}`);
  assertInteger(rows.length, 0, field.most, `${shape.name}.${field.key}.length`);
  return rows.map((row: Cells) => field.row.map((cell) => cellNumber(shape, cell, row[cell.key])));
}

function checkCapabilities(names: readonly string[] = [], message: string): readonly string[] {
  assertInteger(names.length, 0, MAX_CAPABILITIES, `${message}.capabilities.length`);
  for (const name of names) assertPattern(name, CAPABILITY_PATTERN, `${message}.capabilities[]`);
  return names;
}

function ownRow(own: Readonly<OwnState>): number[] {
  const { x, y, z, vx, vy, vz, yaw, grounded, airTicks, jumpCooldownTicks } = own;
  const stateBits = grounded ? OWN_STATE_GROUNDED : 0;
  return checkRow([x, y, z, vx, vy, vz, yaw, stateBits, airTicks, jumpCooldownTicks], OWN_STATE_ROW);
}

function entityRow({ entityId, x, y, z, yaw, animation }: Readonly<Snapshot>, i: number): number[] {
  // An index past the end of a caller's array gives NaN, which no range takes.
  const row = [entityId[i], x[i], y[i], z[i], yaw[i], animation[i]].map((value) => value ?? Number.NaN);
  return checkRow(row, ENTITY_ROW, i);
}

/** Throws `RangeError` unless every number is one that the row can carry. */
function checkRow(row: number[], { name, fields }: RowLayout, index = -1): number[] {
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i];
    if (field === undefined) continue;
    const subject = index < 0 ? `${name}.${field.name}` : `${name}[].${field.name}`;
    assertInteger(row[i] ?? Number.NaN, field.min, field.maxWritten ?? field.max, subject, index);
  }
  return row;
}
