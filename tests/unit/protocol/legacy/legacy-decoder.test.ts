import { decode, encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createInput, createSnapshot } from "../../../../scripts/protocol/create-messages.ts";
import type { LegacyMessageType } from "../../../../scripts/protocol/legacy/legacy-names.ts";
import { MessageDecoder } from "../../../../scripts/protocol/message-decoder.ts";
import { MessageEncoder } from "../../../../scripts/protocol/message-encoder.ts";
import type { MessageWriter } from "../../../../scripts/protocol/message-writer.ts";
import { MessageType } from "../../../../scripts/protocol/messages.ts";
import { createPacketHeader, type PacketHeader } from "../../../../scripts/protocol/packet-header.ts";
import { decodedMessage, usedInput, usedSnapshot } from "../../../../tools/schemas/decoded-message.ts";
import * as arbitrary from "../arbitrary-messages.ts";

const encoder = new MessageEncoder();
const decoder = new MessageDecoder();
const header: PacketHeader = { ...createPacketHeader(), sessionEpoch: 4_711, sequence: 9, ack: 8, ackBits: 7 };

function holdsRoundTrip<T>(
  type: LegacyMessageType,
  messages: fc.Arbitrary<T>,
  encodeWith: (writer: MessageWriter, header: PacketHeader, message: T) => Uint8Array,
  plain: (message: T) => unknown = (message) => message,
): void {
  fc.assert(
    fc.property(arbitrary.headers, messages, (sent, message) => {
      expect(decoder.decode(encodeWith(encoder.for("protocol_v1"), sent, message)), decoder.detail).toBe(type);
      expect(decoder.codec).toBe("protocol_v1");
      expect(decoder.error).toBe("");
      expect(decoder.detail).toBe("");
      expect(decoder.header).toEqual({
        ...createPacketHeader(),
        type,
        versionMajor: 1,
        sessionEpoch: sent.sessionEpoch,
      });
      const byLegacy = decodedMessage(decoder, type);
      expect(byLegacy).toEqual(plain(message));
      expect(decoder.decode(encodeWith(encoder.for("protocol_v2_seq"), sent, message)), decoder.detail).toBe(type);
      expect(decoder.codec).toBe("protocol_v2_seq");
      expect(decodedMessage(decoder, type)).toEqual(byLegacy);
    }),
  );
}

describe("[P1] a decoded message equals the encoded one, in both codecs", () => {
  test("Hello", () => holdsRoundTrip(MessageType.hello, arbitrary.hellos, (w, h, m) => w.encodeHello(h, m)));
  test("HelloAck", () =>
    holdsRoundTrip(MessageType.helloAck, arbitrary.helloAcks, (w, h, m) => w.encodeHelloAck(h, m)));
  test("Reject", () => holdsRoundTrip(MessageType.reject, arbitrary.rejects, (w, h, m) => w.encodeReject(h, m)));
  test("Bye", () => holdsRoundTrip(MessageType.bye, arbitrary.byes, (w, h, m) => w.encodeBye(h, m)));
  test("Ping", () => holdsRoundTrip(MessageType.ping, arbitrary.pings, (w, h, m) => w.encodePing(h, m)));
  test("Pong", () => holdsRoundTrip(MessageType.pong, arbitrary.pongs, (w, h, m) => w.encodePong(h, m)));
  test("Presence", () =>
    holdsRoundTrip(MessageType.presence, arbitrary.presences, (w, h, m) => w.encodePresence(h, m)));
  test("Features", () => holdsRoundTrip(MessageType.features, arbitrary.features, (w, h, m) => w.encodeFeatures(h, m)));
  test("FeatureProblem", () =>
    holdsRoundTrip(MessageType.featureProblem, arbitrary.featureProblems, (w, h, m) => w.encodeFeatureProblem(h, m)));
  test("Action", () => holdsRoundTrip(MessageType.action, arbitrary.actions, (w, h, m) => w.encodeAction(h, m)));
  test("ActionResult", () =>
    holdsRoundTrip(MessageType.actionResult, arbitrary.actionResults, (w, h, m) => w.encodeActionResult(h, m)));
  test("ActionEvent", () =>
    holdsRoundTrip(MessageType.actionEvent, arbitrary.actionEvents, (w, h, m) => w.encodeActionEvent(h, m)));
  test("Input", () => holdsRoundTrip(MessageType.input, arbitrary.inputs, (w, h, m) => w.encodeInput(h, m), usedInput));
  test("Snapshot", () =>
    holdsRoundTrip(MessageType.snapshot, arbitrary.snapshots, (w, h, m) => w.encodeSnapshot(h, m), usedSnapshot));
});

/** Decodes a packet that another MessagePack program has written. */
function take(packet: unknown): MessageType | 0 {
  return decoder.decode(encode(packet));
}

const COMMAND = [40_000, -5, 127, -127, 3];
const INPUT = { ack_server_tick: 90, first_tick: 100, commands: [COMMAND, [1, 2, 3, 4, 0]], flags: 1 };
const OWN = [-1, 2, 3, -4, 5, 6, 7, 1, 9, 10];
const SNAPSHOT = {
  server_tick: 60,
  ack_input_tick: 50,
  input_buffer_ticks: 2,
  own: OWN,
  entities: [[7, 1, -2, 3, 4, 2]],
};
const HELLO = {
  protocol_major: 1,
  protocol_minor: 2,
  player_name: "Ada",
  client_build: "",
  capabilities: ["combo_v1"],
};

describe("[P90] [P94] packets are what any MessagePack program reads and writes", () => {
  test("a ping, byte by byte", () => {
    const bytes = encoder.legacy.encodePing(header, { sentAtMs: 123_456 });
    expect(Buffer.from(bytes).toString("hex")).toBe("9401a470696e67cd126781aa73656e745f61745f6d73ce0001e240");
  });

  test("tables are maps by the names of the schema, structs are lists in its order", () => {
    expect(take([1, "input", 4_711, INPUT])).toBe(MessageType.input);
    expect(decode(encoder.legacy.encodeInput(header, decoder.input))).toEqual([1, "input", 4_711, INPUT]);
    expect(decoder.input.commands[0]).toEqual({
      tick: 100,
      yaw: 40_000,
      pitch: -5,
      moveX: 127,
      moveZ: -127,
      buttons: 3,
    });
    expect(decoder.input.commands[1]?.tick).toBe(101);
    expect(decoder.input.keyframeNeeded).toBe(true);
    expect(take([1, "snapshot", 4_711, SNAPSHOT])).toBe(MessageType.snapshot);
    expect(decode(encoder.legacy.encodeSnapshot(header, decoder.snapshot))).toEqual([1, "snapshot", 4_711, SNAPSHOT]);
    expect(decoder.snapshot.own).toEqual({
      x: -1,
      y: 2,
      z: 3,
      vx: -4,
      vy: 5,
      vz: 6,
      yaw: 7,
      grounded: true,
      airTicks: 9,
      jumpCooldownTicks: 10,
    });
    expect(take([1, "presence", 1, { joined: [{ entity_id: 5, name: "Ada" }], left: [6, 7] }])).toBe(
      MessageType.presence,
    );
    expect(decoder.presence).toEqual({ joined: [{ entityId: 5, name: "Ada" }], left: [6, 7] });
  });

  test("integers, texts and lists in any of their formats", () => {
    const wide = [0xdd, 0, 0, 0, 4, 0xcf, 0, 0, 0, 0, 0, 0, 0, 1, 0xdb, 0, 0, 0, 4, ...Buffer.from("ping"), 0xd3];
    wide.push(0, 0, 0, 0, 0, 0, 0, 7, 0xdf, 0, 0, 0, 1, 0xda, 0, 10, ...Buffer.from("sent_at_ms"), 0xd1, 0, 9);
    expect(decoder.decode(Uint8Array.from(wide)), decoder.detail).toBe(MessageType.ping);
    expect(decoder.header.sessionEpoch).toBe(7);
    expect(decoder.ping.sentAtMs).toBe(9);
  });
});

describe("[P95] what is absent, and what is not known", () => {
  test("numbers that are absent or nil are 0, absent lists of names are empty", () => {
    expect(take([1, "pong", 0, {}])).toBe(MessageType.pong);
    expect(decoder.pong).toEqual({ sentAtMs: 0, serverTick: 0 });
    expect(take([1, "hello", 0, { player_name: "Ada", client_build: "", protocol_minor: null }])).toBe(
      MessageType.hello,
    );
    expect(decoder.hello).toEqual({
      protocolMajor: 0,
      protocolMinor: 0,
      playerName: "Ada",
      clientBuild: "",
      capabilities: [],
      platform: "",
    });
  });

  test("fields and numbers behind a row that a later minor version has added are passed over", () => {
    const later = { list: [{ deeper: [true, null, -1] }], text: "x".repeat(300) };
    expect(take([1, "hello", 0, { later, ...HELLO, zz: later }])).toBe(MessageType.hello);
    expect(decoder.hello.playerName).toBe("Ada");
    expect(take([1, "input", 1, { ...INPUT, commands: [[...COMMAND, 99, "x"]] }])).toBe(MessageType.input);
    expect(decoder.input.commands[0]?.buttons).toBe(3);
  });

  test("of several fields of one name the last counts", () => {
    const field = (value: number) => [0xaa, ...Buffer.from("sent_at_ms"), value];
    const packet = [0x94, 1, 0xa4, ...Buffer.from("ping"), 0, 0x82, ...field(5), ...field(6)];
    expect(decoder.decode(Uint8Array.from(packet)), decoder.detail).toBe(MessageType.ping);
    expect(decoder.ping.sentAtMs).toBe(6);
  });

  test("[P43] unknown reasons, animations and bits are the harmless ones", () => {
    expect(take([1, "bye", 1, { reason_code: 200 }])).toBe(MessageType.bye);
    expect(decoder.bye.reasonCode).toBe("internal");
    expect(take([1, "snapshot", 1, { ...SNAPSHOT, entities: [[7, 1, 2, 3, 4, 250]] }])).toBe(MessageType.snapshot);
    expect(decoder.snapshot.animation[0]).toBe(0);
    expect(take([1, "input", 1, { ...INPUT, commands: [[0, 0, 0, 0, 0xf1]], flags: 0xfe }])).toBe(MessageType.input);
    expect(decoder.input.commands[0]?.buttons).toBe(1);
    expect(decoder.input.keyframeNeeded).toBe(false);
  });
});

describe("[P96] a rejection is also a sentence, for those who know no codes", () => {
  test("the deprecated field is filled, and not needed", () => {
    const reject = { reasonCode: "server_full", traceId: "0123456789abcdef", detail: "8 of 8" } as const;
    expect(decode(encoder.legacy.encodeReject(header, reject))).toEqual([
      1,
      "reject",
      4_711,
      {
        reason_code: 2,
        trace_id: "0123456789abcdef",
        detail: "8 of 8",
        message: "The server is full. Try again in a while, or choose another server.",
      },
    ]);
    const body = { reason_code: 2, trace_id: "0123456789abcdef", detail: "8 of 8" };
    expect(take([1, "reject", 0, body])).toBe(MessageType.reject);
    expect(decoder.reject).toEqual(reject);
  });
});

describe("[P91] another major version is recognised by its first bytes", () => {
  test("whatever comes behind them", () => {
    const later = Uint8Array.of(0x95, 2, 0xa5, ...Buffer.from("hello"), 0xca, 0xff, 0xc1);
    expect(decoder.decode(later)).toBe(0);
    expect(decoder.error).toBe("bad_version");
    expect(decoder.detail).toBe("protocol version: expected 1, got 2");
    expect(decoder.header).toEqual({ ...createPacketHeader(), type: MessageType.hello, versionMajor: 2 });
  });

  test("and also where it is written in other formats", () => {
    expect(decoder.decode(Uint8Array.of(0xdc, 0, 4, 0xcc, 2, 0xa3, ...Buffer.from("bye"), 0, 0x80))).toBe(0);
    expect(decoder.error).toBe("bad_version");
    expect(decoder.header.type).toBe(MessageType.bye);
  });
});

describe("[P21] [P97] what is refused, and why", () => {
  const reject = { reason_code: 0, trace_id: "0123456789abcdef", detail: "" };
  const ack = { session_epoch: 1, entity_id: 1, zone: "shore", world_hash: "00", tick_rate_hz: 60 };
  const rates = { snapshot_rate_hz: 20, input_rate_hz: 30 };
  const entity = [1, 0, 0, 0, 0, 0];
  const snapshot = (entities: unknown) => ({ ...SNAPSHOT, entities });

  test.each<[string, string, unknown]>([
    ["bad_structure", "version, name, epoch and body", [1, "ping", 0]],
    ["bad_structure", "version, name, epoch and body", [1, "ping", 0, {}, 0]],
    ["bad_structure", "version, name, epoch and body", { ping: 1 }],
    ["bad_structure", "protocol version", ["ping", 1, 0, {}]],
    ["bad_version", "protocol version", [0, "ping", 0, {}]],
    ["bad_version", "protocol version", [-1, "ping", 0, {}]],
    ["bad_type", "name of the message", [1, "snapshot_delta", 0, {}]],
    ["bad_type", "name of the message", [1, "x".repeat(60_000), 0, {}]],
    ["bad_type", "name of the message", [1, 6, 0, {}]],
    ["out_of_range", "session epoch", [1, "ping", 65_536, {}]],
    ["out_of_range", "session epoch", [1, "ping", -1, {}]],
    ["bad_structure", "session epoch", [1, "ping", "7", {}]],
    ["bad_structure", "Ping", [1, "ping", 0, []]],
    ["bad_structure", "Ping", [1, "ping", 0, null]],
    ["bad_structure", "Ping", [1, "ping", 0, "x"]],
    ["bad_structure", "Ping.sent_at_ms", [1, "ping", 0, { sent_at_ms: "5" }]],
    ["bad_structure", "Ping.sent_at_ms", [1, "ping", 0, { sent_at_ms: true }]],
    ["out_of_range", "Ping.sent_at_ms", [1, "ping", 0, { sent_at_ms: -1 }]],
    ["out_of_range", "Ping.sent_at_ms", [1, "ping", 0, { sent_at_ms: 2 ** 32 }]],
    ["out_of_range", "Ping.sent_at_ms", [1, "ping", 0, { sent_at_ms: Number.MAX_SAFE_INTEGER }]],
    ["bad_structure", "type of a value", [1, "ping", 0, { sent_at_ms: 1.5 }]],
    ["bad_structure", "type of a value", [1, "ping", 0, { sent_at_ms: Number.NaN }]],
    ["bad_structure", "type of a value", [1, "ping", 0, { sent_at_ms: new Date(0) }]],
    ["bad_structure", "type of a value", [1, "ping", 0, { later: new Uint8Array(3) }]],
    ["out_of_range", "Hello.protocol_minor", [1, "hello", 0, { ...HELLO, protocol_minor: 256 }]],
    ["missing_field", "Hello.player_name", [1, "hello", 0, { client_build: "" }]],
    ["missing_field", "Hello.player_name", [1, "hello", 0, { ...HELLO, player_name: null }]],
    ["bad_structure", "Hello.player_name", [1, "hello", 0, { ...HELLO, player_name: 5 }]],
    ["string_too_long", "Hello.player_name", [1, "hello", 0, { ...HELLO, player_name: "x".repeat(40_961) }]],
    ["string_too_long", "Hello.client_build", [1, "hello", 0, { ...HELLO, client_build: "x".repeat(257) }]],
    ["string_too_long", "Hello.platform", [1, "hello", 0, { ...HELLO, platform: "x".repeat(17) }]],
    ["out_of_range", "Hello.platform", [1, "hello", 0, { ...HELLO, platform: "Linux" }]],
    ["too_many", "Hello.capabilities", [1, "hello", 0, { ...HELLO, capabilities: Array(33).fill("a") }]],
    ["out_of_range", "Hello.capabilities", [1, "hello", 0, { ...HELLO, capabilities: [""] }]],
    ["out_of_range", "Hello.capabilities", [1, "hello", 0, { ...HELLO, capabilities: ["A"] }]],
    ["string_too_long", "Hello.capabilities", [1, "hello", 0, { ...HELLO, capabilities: ["a".repeat(65)] }]],
    ["bad_structure", "Hello.capabilities", [1, "hello", 0, { ...HELLO, capabilities: [7] }]],
    ["bad_structure", "Hello.capabilities", [1, "hello", 0, { ...HELLO, capabilities: "abc" }]],
    ["bad_structure", "Hello.capabilities", [1, "hello", 0, { ...HELLO, capabilities: {} }]],
    ["out_of_range", "HelloAck.session_epoch", [1, "hello_ack", 1, { ...ack, ...rates, session_epoch: 0 }]],
    ["out_of_range", "HelloAck.zone", [1, "hello_ack", 1, { ...ack, ...rates, zone: "../secret" }]],
    ["out_of_range", "HelloAck.world_hash", [1, "hello_ack", 1, { ...ack, ...rates, world_hash: "" }]],
    ["out_of_range", "HelloAck.snapshot_rate_hz", [1, "hello_ack", 1, ack]],
    ["out_of_range", "Reject.trace_id", [1, "reject", 0, { ...reject, trace_id: "0123456789ABCDEF" }]],
    ["string_too_long", "Reject.detail", [1, "reject", 0, { ...reject, detail: "x".repeat(1_025) }]],
    ["missing_field", "Presence.left", [1, "presence", 1, { joined: [] }]],
    ["out_of_range", "Presence.left", [1, "presence", 1, { joined: [], left: [0] }]],
    ["too_many", "Presence.left", [1, "presence", 1, { joined: [], left: Array(1_025).fill(1) }]],
    ["too_many", "Presence.joined", [1, "presence", 1, { joined: Array(257).fill({}), left: [] }]],
    ["out_of_range", "PresenceEntry.entity_id", [1, "presence", 1, { joined: [{ name: "" }], left: [] }]],
    ["bad_structure", "PresenceEntry", [1, "presence", 1, { joined: [[1, "Ada"]], left: [] }]],
    ["missing_field", "Input.commands", [1, "input", 1, {}]],
    ["too_many", "Input.commands", [1, "input", 1, { ...INPUT, commands: Array(17).fill(COMMAND) }]],
    ["out_of_range", "Input.first_tick", [1, "input", 1, { ...INPUT, first_tick: 0 }]],
    ["out_of_range", "Input.first_tick", [1, "input", 1, { ...INPUT, first_tick: 2 ** 32 - 1 }]],
    ["out_of_range", "Input.first_tick", [1, "input", 1, { ...INPUT, commands: [] }]],
    ["bad_structure", "Command", [1, "input", 1, { ...INPUT, commands: [[1, 2, 3, 4]] }]],
    ["bad_structure", "Command", [1, "input", 1, { ...INPUT, commands: [{ yaw: 1 }] }]],
    ["bad_structure", "Command.yaw", [1, "input", 1, { ...INPUT, commands: [["1", 2, 3, 4, 0]] }]],
    ["out_of_range", "Command.yaw", [1, "input", 1, { ...INPUT, commands: [[65_536, 0, 0, 0, 0]] }]],
    ["out_of_range", "Command.pitch", [1, "input", 1, { ...INPUT, commands: [[0, -16_385, 0, 0, 0]] }]],
    ["out_of_range", "Command.move_x", [1, "input", 1, { ...INPUT, commands: [[0, 0, -128, 0, 0]] }]],
    ["out_of_range", "Command.move_z", [1, "input", 1, { ...INPUT, commands: [[0, 0, 0, 128, 0]] }]],
    ["out_of_range", "Command.buttons", [1, "input", 1, { ...INPUT, commands: [[0, 0, 0, 0, 256]] }]],
    ["out_of_range", "Snapshot.server_tick", [1, "snapshot", 1, { ...SNAPSHOT, server_tick: 0 }]],
    ["missing_field", "Snapshot.own", [1, "snapshot", 1, { ...SNAPSHOT, own: null }]],
    ["out_of_range", "OwnState.z", [1, "snapshot", 1, { ...SNAPSHOT, own: OWN.with(2, 2 ** 24 + 1) }]],
    ["out_of_range", "OwnState.vy", [1, "snapshot", 1, { ...SNAPSHOT, own: OWN.with(4, -(2 ** 17) - 1) }]],
    ["out_of_range", "OwnState.air_ticks", [1, "snapshot", 1, { ...SNAPSHOT, own: OWN.with(8, 256) }]],
    ["too_many", "Snapshot.entities", [1, "snapshot", 1, snapshot(Array(1_025).fill(entity))]],
    ["out_of_range", "EntityState.entity_id", [1, "snapshot", 1, snapshot([entity.with(0, 0)])]],
    ["out_of_range", "EntityState.x", [1, "snapshot", 1, snapshot([entity, entity.with(1, -(2 ** 24) - 1)])]],
    ["out_of_range", "EntityState.yaw", [1, "snapshot", 1, snapshot([entity.with(4, -1)])]],
    ["missing_field", "FeatureProblem.capability", [1, "feature_problem", 1, { detail: "" }]],
    ["out_of_range", "FeatureProblem.capability", [1, "feature_problem", 1, { capability: "", detail: "" }]],
  ])("%s: %s, case %#", (error, subject, packet) => {
    expect(take(packet)).toBe(0);
    expect(decoder.error).toBe(error);
    expect(decoder.detail).toContain(subject);
    expect(decoder.detail.length).toBeLessThan(400);
  });

  test("text that is not UTF-8, whatever its length", () => {
    for (const length of [1, 10, 300]) {
      const packet = encode([1, "hello", 0, { player_name: "x".repeat(length), client_build: "" }]);
      packet[packet.lastIndexOf(0x78)] = 0xff;
      expect(decoder.decode(packet)).toBe(0);
      expect(decoder.error).toBe("bad_utf8");
      expect(decoder.detail).toBe(`Hello.player_name: expected UTF-8, got ${length} bytes that are not`);
    }
  });

  test("more bytes than a packet has", () => {
    const packet = encode([1, "hello", 0, { ...HELLO, later: "x".repeat(65_536) }]);
    expect(decoder.decode(packet)).toBe(0);
    expect(decoder.error).toBe("too_long");
    expect(decoder.codec).toBe("protocol_v1");
  });

  test("the first thing that is wrong is the one that is named", () => {
    expect(take([1, "hello", 0, { protocol_major: 300, player_name: 5 }])).toBe(0);
    expect(decoder.detail).toBe("Hello.protocol_major: expected 0 to 255, got 300");
  });
});

describe("[P4] the same messages are filled by both codecs", () => {
  test("objects and arrays stay", () => {
    const { input, snapshot, ping } = decoder;
    const arrays = [snapshot.own, snapshot.entityId, snapshot.x, snapshot.yaw, snapshot.animation, input.commands];
    for (let i = 1; i <= 20; i++) {
      const codec = i % 2 === 0 ? "protocol_v1" : "protocol_v2_seq";
      const writer = encoder.for(codec);
      decoder.decode(writer.encodeSnapshot(header, { ...createSnapshot(0), serverTick: i }));
      expect(decoder.snapshot.serverTick).toBe(i);
      decoder.decode(writer.encodeInput(header, { ...createInput(), ackServerTick: i }));
      expect(decoder.input.ackServerTick).toBe(i);
      decoder.decode(writer.encodePing(header, { sentAtMs: i }));
      expect(decoder.ping.sentAtMs).toBe(i);
    }
    expect([decoder.input, decoder.snapshot, decoder.ping].every((m, i) => m === [input, snapshot, ping][i])).toBe(
      true,
    );
    const now = [snapshot.own, snapshot.entityId, snapshot.x, snapshot.yaw, snapshot.animation, input.commands];
    expect(now.every((array, i) => array === arrays[i])).toBe(true);
  });
});
