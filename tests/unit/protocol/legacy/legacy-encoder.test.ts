import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createInputCommand, createSnapshot } from "../../../../scripts/protocol/create-messages.ts";
import { MessageDecoder } from "../../../../scripts/protocol/message-decoder.ts";
import { MessageEncoder } from "../../../../scripts/protocol/message-encoder.ts";
import type { MessageWriter } from "../../../../scripts/protocol/message-writer.ts";
import { MessageType, type Snapshot } from "../../../../scripts/protocol/messages.ts";
import { createPacketHeader } from "../../../../scripts/protocol/packet-header.ts";
import { MAX_PACKET_BYTES } from "../../../../scripts/protocol/wire-limits.ts";
import { FuzzRandom } from "../../../../tools/fuzz/fuzz-random.ts";
import { varyMessage } from "../../../../tools/fuzz/vary-message.ts";
import * as arbitrary from "../arbitrary-messages.ts";

const encoder = new MessageEncoder();
const { legacy } = encoder;
const decoder = new MessageDecoder();
const header = createPacketHeader();

/** Whether the writer takes the message; anything but a `RangeError` is a fault. */
function takes(encode: () => Uint8Array): boolean {
  try {
    encode();
    return true;
  } catch (reason) {
    expect(reason).toBeInstanceOf(RangeError);
    return false;
  }
}

describe("[P3] both codecs refuse the same messages", () => {
  const RUNS = 2_000;
  const plain = { input: arbitrary.inputs, ping: arbitrary.pings, pong: arbitrary.pongs };

  function refuseTheSame<T extends object>(
    messages: fc.Arbitrary<T>,
    encode: (writer: MessageWriter, message: T) => Uint8Array,
  ): void {
    let refused = 0;
    fc.assert(
      fc.property(messages, fc.nat(), (message, seed) => {
        varyMessage(message, new FuzzRandom(seed));
        const taken = takes(() => encode(encoder.for("protocol_v2_seq"), message));
        expect(takes(() => encode(encoder.for("protocol_v1"), message))).toBe(taken);
        if (!taken) refused += 1;
      }),
      { numRuns: RUNS },
    );
    expect(refused).toBeGreaterThan(RUNS / 50);
    expect(refused).toBeLessThan(RUNS);
  }

  test("Hello", () => refuseTheSame(arbitrary.hellos, (w, m) => w.encodeHello(header, m)));
  test("HelloAck", () => refuseTheSame(arbitrary.helloAcks, (w, m) => w.encodeHelloAck(header, m)));
  test("Reject", () => refuseTheSame(arbitrary.rejects, (w, m) => w.encodeReject(header, m)));
  test("Presence", () => refuseTheSame(arbitrary.presences, (w, m) => w.encodePresence(header, m)));
  test("Features", () => refuseTheSame(arbitrary.features, (w, m) => w.encodeFeatures(header, m)));
  test("FeatureProblem", () => refuseTheSame(arbitrary.featureProblems, (w, m) => w.encodeFeatureProblem(header, m)));
  test("Action", () => refuseTheSame(arbitrary.actions, (w, m) => w.encodeAction(header, m)));
  test("ActionResult", () => refuseTheSame(arbitrary.actionResults, (w, m) => w.encodeActionResult(header, m)));
  test("ActionEvent", () => refuseTheSame(arbitrary.actionEvents, (w, m) => w.encodeActionEvent(header, m)));
  test("Input", () => refuseTheSame(plain.input, (w, m) => w.encodeInput(header, m)));
  test("Ping", () => refuseTheSame(plain.ping, (w, m) => w.encodePing(header, m)));
  test("Pong", () => refuseTheSame(plain.pong, (w, m) => w.encodePong(header, m)));
  test("Snapshot", () => {
    // Typed arrays cut what does not fit them, so the entities are made of plain ones.
    const loose = arbitrary.snapshots.map((snapshot) => {
      const { entityId, x, y, z, yaw, animation } = snapshot;
      const lists = {
        entityId: [...entityId],
        x: [...x],
        y: [...y],
        z: [...z],
        yaw: [...yaw],
        animation: [...animation],
      };
      return { ...snapshot, ...lists, own: { ...snapshot.own } };
    });
    refuseTheSame(loose, (w, m) => w.encodeSnapshot(header, m as unknown as Snapshot));
  });

  test("an epoch that is none", () => {
    expect(() => legacy.encodePing({ ...header, sessionEpoch: 65_536 }, { sentAtMs: 1 })).toThrow(
      "header.sessionEpoch: expected an integer from 0 to 65535, got 65536",
    );
  });

  test("says which number of which element", () => {
    const snapshot = { ...createSnapshot(2), serverTick: 1, entityCount: 2, entityId: Uint32Array.of(1, 0) };
    expect(() => legacy.encodeSnapshot(header, snapshot)).toThrow(
      "EntityState[1].entity_id: expected an integer from 1",
    );
    const commands = [createInputCommand(), createInputCommand()].map((c, i) => ({ ...c, tick: 7 + 2 * i }));
    expect(() => legacy.encodeInput(header, { ackServerTick: 0, commandCount: 2, commands })).toThrow(
      "input.commands[1].tick: expected 8, one more than before, got 9",
    );
  });
});

describe("texts", () => {
  test("[P17] a byte order mark stays, half a pair of surrogates becomes a replacement character", () => {
    for (const length of [0, 40, 400]) {
      const playerName = `\ufeff${"x".repeat(length)}\ud83d`;
      const hello = { protocolMajor: 1, protocolMinor: 2, playerName, clientBuild: "" };
      for (const writer of [encoder.legacy, encoder.sequenced]) {
        expect(decoder.decode(writer.encodeHello(header, hello)), decoder.detail).toBe(MessageType.hello);
        expect(decoder.hello.playerName).toBe(playerName.replace("\ud83d", "\ufffd"));
      }
    }
  });

  test("[P32] details are cut at 200 characters and never inside one", () => {
    const detail = `${"x".repeat(199)}🐉🐉`;
    decoder.decode(legacy.encodeReject(header, { reasonCode: "left", traceId: "0123456789abcdef", detail }));
    expect(decoder.reject.detail).toBe("x".repeat(199));
    decoder.decode(legacy.encodeFeatureProblem(header, { capability: "a", detail }));
    expect(decoder.featureProblem.detail).toBe("x".repeat(199));
  });
});

describe("[P98] sizes", () => {
  /** Everything as long as it gets. */
  function fullSnapshot(entityCount: number): Snapshot {
    const snapshot = {
      ...createSnapshot(entityCount),
      entityCount,
      serverTick: 0xffff_ffff,
      ackInputTick: 0xffff_ffff,
    };
    snapshot.entityId.fill(0xffff_ffff);
    for (const axis of [snapshot.x, snapshot.y, snapshot.z]) axis.fill(-(1 << 24));
    snapshot.yaw.fill(0xffff);
    const far = -(1 << 24);
    const fast = -(1 << 17);
    Object.assign(snapshot.own, { x: far, y: far, z: far, vx: fast, vy: fast, vz: fast, yaw: 0xffff, airTicks: 255 });
    return { ...snapshot, inputBufferTicks: 255 };
  }

  test("the largest messages fit a packet and can be read", () => {
    const session = { ...header, sessionEpoch: 0xffff };
    const sizes = [
      legacy.encodeSnapshot(session, fullSnapshot(1_024)).length,
      legacy.encodeHello(session, {
        protocolMajor: 255,
        protocolMinor: 255,
        playerName: "x".repeat(40_960),
        clientBuild: "x".repeat(256),
        capabilities: Array.from({ length: 32 }, () => "x".repeat(64)),
        platform: "x".repeat(16),
      }).length,
      legacy.encodePresence(session, {
        joined: Array.from({ length: 256 }, () => ({ entityId: 0xffff_ffff, name: "x".repeat(96) })),
        left: Array.from({ length: 1_024 }, () => 0xffff_ffff),
      }).length,
    ];
    for (const size of sizes) expect(size).toBeLessThanOrEqual(MAX_PACKET_BYTES);
    expect(decoder.decode(legacy.encodeSnapshot(session, fullSnapshot(1_024))), decoder.detail).toBe(
      MessageType.snapshot,
    );
  });

  test("fifty entities are at most 1,377 bytes: what docs/protocol.md says", () => {
    expect(legacy.encodeSnapshot({ ...header, sessionEpoch: 0xffff }, fullSnapshot(50)).length).toBe(1_377);
  });
});
