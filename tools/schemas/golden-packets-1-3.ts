// The packets that are frozen for version 1.3: what it added to 1.2, in both codecs.

import type { Action, ActionEvent, ActionResult } from "../../scripts/protocol/messages.ts";
import { createPacketHeader, type PacketHeader } from "../../scripts/protocol/packet-header.ts";
import type { GoldenMessage } from "./golden-packets-1-2.ts";

function header(sessionEpoch: number, sequence: number, ack: number, ackBits: number): PacketHeader {
  return { ...createPacketHeader(), versionMinor: 3, sessionEpoch, sequence, ack, ackBits };
}

const welcome = header(513, 1, 0, 0);
const midway = header(513, 1_000, 700, 0xfff7_ffff);
const highest = header(65_535, 65_535, 65_535, 0xffff_ffff);

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
const favoured: ActionResult = {
  ...hit,
  outcome: "out_of_range",
  rewoundMs: 400,
  distance: 4_001,
  favouredTarget: true,
};
const refused: ActionResult = {
  ...{ actionId: 4, outcome: "cooldown", serverTick: 7_231, targetEntityId: 43, rewoundMs: 0, distance: 0 },
  ...{ cooldownTicks: 24, favouredTarget: false },
};
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
  { name: "action-strike", encode: (e) => e.sequenced.encodeAction(midway, strike) },
  { name: "action-at-nobody", encode: (e) => e.sequenced.encodeAction(welcome, swing) },
  { name: "action-wild", encode: (e) => e.sequenced.encodeAction(highest, wild) },
  { name: "action-result-hit", encode: (e) => e.sequenced.encodeActionResult(midway, hit) },
  { name: "action-result-favoured", encode: (e) => e.sequenced.encodeActionResult(midway, favoured) },
  { name: "action-result-refused", encode: (e) => e.sequenced.encodeActionResult(midway, refused) },
  { name: "action-result-farthest", encode: (e) => e.sequenced.encodeActionResult(highest, farthest) },
  { name: "action-event-struck", encode: (e) => e.sequenced.encodeActionEvent(midway, struck) },
  { name: "action-event-missed", encode: (e) => e.sequenced.encodeActionEvent(midway, missed) },
  { name: "action-event-latest", encode: (e) => e.sequenced.encodeActionEvent(highest, latest) },
];

const legacy: readonly GoldenMessage[] = [
  { name: "legacy-action-strike", encode: (e) => e.legacy.encodeAction(midway, strike) },
  { name: "legacy-action-wild", encode: (e) => e.legacy.encodeAction(highest, wild) },
  { name: "legacy-action-result", encode: (e) => e.legacy.encodeActionResult(midway, hit) },
  { name: "legacy-action-result-farthest", encode: (e) => e.legacy.encodeActionResult(highest, farthest) },
  { name: "legacy-action-event-struck", encode: (e) => e.legacy.encodeActionEvent(midway, struck) },
  { name: "legacy-action-event-latest", encode: (e) => e.legacy.encodeActionEvent(highest, latest) },
];

export const GOLDEN_PACKETS_1_3: readonly GoldenMessage[] = [...sequenced, ...legacy];
