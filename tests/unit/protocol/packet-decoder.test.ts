import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MessageType } from "../../../scripts/protocol/messages.ts";
import { PacketDecoder } from "../../../scripts/protocol/packet-decoder.ts";
import { PacketEncoder } from "../../../scripts/protocol/packet-encoder.ts";
import type { PacketHeader } from "../../../scripts/protocol/packet-header.ts";
import {
  decodedMessage,
  packetOf,
  usedInput,
  usedSnapshot,
  usedSnapshotDelta,
} from "../../../tools/schemas/decoded-message.ts";
import * as arbitrary from "./arbitrary-messages.ts";

const encoder = new PacketEncoder();
const decoder = new PacketDecoder();

function holdsRoundTrip<T>(
  type: MessageType,
  messages: fc.Arbitrary<T>,
  encode: (header: PacketHeader, message: T) => Uint8Array,
  plain: (message: T) => unknown = (message) => message,
): void {
  fc.assert(
    fc.property(arbitrary.headers, messages, (header, message) => {
      expect(decoder.decode(encode(header, message)), decoder.detail).toBe(type);
      expect(decodedMessage(decoder, type)).toEqual(plain(message));
      expect(decoder.header).toEqual({ ...header, type });
      expect(decoder.error).toBe("");
      expect(decoder.detail).toBe("");
    }),
  );
}

describe("[P1] a decoded message equals the encoded one", () => {
  test("Hello", () => holdsRoundTrip(MessageType.hello, arbitrary.hellos, (h, m) => encoder.encodeHello(h, m)));
  test("HelloAck", () =>
    holdsRoundTrip(MessageType.helloAck, arbitrary.helloAcks, (h, m) => encoder.encodeHelloAck(h, m)));
  test("Reject", () => holdsRoundTrip(MessageType.reject, arbitrary.rejects, (h, m) => encoder.encodeReject(h, m)));
  test("Bye", () => holdsRoundTrip(MessageType.bye, arbitrary.byes, (h, m) => encoder.encodeBye(h, m)));
  test("Ping", () => holdsRoundTrip(MessageType.ping, arbitrary.pings, (h, m) => encoder.encodePing(h, m)));
  test("Pong", () => holdsRoundTrip(MessageType.pong, arbitrary.pongs, (h, m) => encoder.encodePong(h, m)));
  test("Presence", () =>
    holdsRoundTrip(MessageType.presence, arbitrary.presences, (h, m) => encoder.encodePresence(h, m)));
  test("Features", () =>
    holdsRoundTrip(MessageType.features, arbitrary.features, (h, m) => encoder.encodeFeatures(h, m)));
  test("FeatureProblem", () =>
    holdsRoundTrip(MessageType.featureProblem, arbitrary.featureProblems, (h, m) =>
      encoder.encodeFeatureProblem(h, m),
    ));
  test("Action", () => holdsRoundTrip(MessageType.action, arbitrary.actions, (h, m) => encoder.encodeAction(h, m)));
  test("ActionResult", () =>
    holdsRoundTrip(MessageType.actionResult, arbitrary.actionResults, (h, m) => encoder.encodeActionResult(h, m)));
  test("ActionEvent", () =>
    holdsRoundTrip(MessageType.actionEvent, arbitrary.actionEvents, (h, m) => encoder.encodeActionEvent(h, m)));
  test("Input", () =>
    holdsRoundTrip(MessageType.input, arbitrary.inputs, (h, m) => encoder.encodeInput(h, m), usedInput));
  test("Snapshot", () =>
    holdsRoundTrip(MessageType.snapshot, arbitrary.snapshots, (h, m) => encoder.encodeSnapshot(h, m), usedSnapshot));
  test("SnapshotDelta", () =>
    holdsRoundTrip(
      MessageType.snapshotDelta,
      arbitrary.snapshotDeltas,
      (h, m) => encoder.encodeSnapshotDelta(h, m, packetOf(m.entities)),
      usedSnapshotDelta,
    ));
});
