// The packets that are frozen for version 1.3: what it added to 1.2, in both codecs.

import { ACTION_OUTCOMES, outcomeNumber } from "../../scripts/protocol/action-code.ts";
import type { Action, ActionEvent, ActionResult } from "../../scripts/protocol/messages.ts";
import { createPacketHeader, type PacketHeader } from "../../scripts/protocol/packet-header.ts";
import type { GoldenMessage } from "./golden-packets-1-2.ts";

function header(sessionEpoch: number, sequence: number, ack: number, ackBits: number): PacketHeader {
  return { ...createPacketHeader(), versionMinor: 3, sessionEpoch, sequence, ack, ackBits };
}

const opening = header(0, 1, 0, 0);
const welcome = header(513, 1, 0, 0);
const midway = header(513, 1_000, 700, 0xfff7_ffff);
const highest = header(65_535, 65_535, 65_535, 0xffff_ffff);

/** What 1.3 can do, in its order. */
const CAPABILITIES_1_3 = [
  "protocol_v1",
  "protocol_v2_seq",
  "snapshot_delta_v1",
  "input_delta_v1",
  "reject_reason_v1",
  "action_v1",
];
const hello = {
  ...{ protocolMajor: 1, protocolMinor: 3, playerName: "Zoë 漢字 🐉", clientBuild: "darkages/0.1.0 linux" },
  capabilities: CAPABILITIES_1_3,
  platform: "linux",
};
const helloAck = {
  ...{ protocolMajor: 1, protocolMinor: 3, sessionEpoch: 513, entityId: 42, zone: "shore" },
  ...{ worldHash: "0123456789abcdef", serverTick: 7_000, tickRateHz: 60, snapshotRateHz: 20, inputRateHz: 30 },
  capabilities: CAPABILITIES_1_3,
};

const strike: Action = {
  ...{ actionId: 3, kind: "strike", tick: 7_205, viewTick: 7_188, viewFraction: 85, targetEntityId: 43 },
};
const swing: Action = { actionId: 1, kind: "strike", tick: 1, viewTick: 0, viewFraction: 0, targetEntityId: 0 };
const wild: Action = {
  ...{ actionId: 0xffff_ffff, kind: "none", tick: 0xffff_ffff, viewTick: 0xffff_ffff },
  ...{ viewFraction: 255, targetEntityId: 0xffff_ffff },
};
const hit: ActionResult = {
  ...{ actionId: 3, outcome: "hit", serverTick: 7_207, targetEntityId: 43, rewoundMs: 312, distance: 2_113 },
  ...{ cooldownTicks: 48, favouredTarget: false },
};
const results: readonly ActionResult[] = [...ACTION_OUTCOMES]
  .sort((a, b) => outcomeNumber(a) - outcomeNumber(b))
  .map((outcome) => ({ ...hit, outcome, favouredTarget: outcome === "out_of_range" }));
const farthest: ActionResult = {
  ...{ actionId: 0xffff_ffff, outcome: "out_of_range", serverTick: 0xffff_ffff, targetEntityId: 0xffff_ffff },
  ...{ rewoundMs: 65_535, distance: 0xffff_ffff, cooldownTicks: 255, favouredTarget: true },
};
const struck: ActionEvent = {
  ...{ serverTick: 7_207, kind: "strike", attackerEntityId: 42, targetEntityId: 43, outcome: "hit", rewoundMs: 312 },
  favouredTarget: false,
};
const missed: ActionEvent = { ...struck, targetEntityId: 0, outcome: "no_target", rewoundMs: 0 };
const latest: ActionEvent = {
  ...{ serverTick: 0xffff_ffff, kind: "none", attackerEntityId: 0xffff_ffff, targetEntityId: 0xffff_ffff },
  ...{ outcome: "unknown", rewoundMs: 65_535, favouredTarget: true },
};

const sequenced: readonly GoldenMessage[] = [
  { name: "hello", encode: (e) => e.sequenced.encodeHello(opening, hello) },
  { name: "hello-ack", encode: (e) => e.sequenced.encodeHelloAck(welcome, helloAck) },
  { name: "action-strike", encode: (e) => e.sequenced.encodeAction(midway, strike) },
  { name: "action-at-nobody", encode: (e) => e.sequenced.encodeAction(welcome, swing) },
  { name: "action-wild", encode: (e) => e.sequenced.encodeAction(highest, wild) },
  ...results.map((result) => ({
    name: `action-result-${result.outcome.replaceAll("_", "-")}`,
    encode: (e: Parameters<GoldenMessage["encode"]>[0]) => e.sequenced.encodeActionResult(midway, result),
  })),
  { name: "action-result-farthest", encode: (e) => e.sequenced.encodeActionResult(highest, farthest) },
  { name: "action-event-struck", encode: (e) => e.sequenced.encodeActionEvent(midway, struck) },
  { name: "action-event-missed", encode: (e) => e.sequenced.encodeActionEvent(midway, missed) },
  { name: "action-event-latest", encode: (e) => e.sequenced.encodeActionEvent(highest, latest) },
];

const legacy: readonly GoldenMessage[] = [
  { name: "legacy-hello", encode: (e) => e.legacy.encodeHello(opening, hello) },
  { name: "legacy-action-strike", encode: (e) => e.legacy.encodeAction(midway, strike) },
  { name: "legacy-action-wild", encode: (e) => e.legacy.encodeAction(highest, wild) },
  { name: "legacy-action-result", encode: (e) => e.legacy.encodeActionResult(midway, hit) },
  { name: "legacy-action-result-farthest", encode: (e) => e.legacy.encodeActionResult(highest, farthest) },
  { name: "legacy-action-event-struck", encode: (e) => e.legacy.encodeActionEvent(midway, struck) },
  { name: "legacy-action-event-latest", encode: (e) => e.legacy.encodeActionEvent(highest, latest) },
];

export const GOLDEN_PACKETS_1_3: readonly GoldenMessage[] = [...sequenced, ...legacy];
