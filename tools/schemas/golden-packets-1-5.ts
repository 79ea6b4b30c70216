// The packets that are frozen for version 1.5: what it added to 1.4, in both codecs.

import type { PartyState } from "../../scripts/protocol/combat/combat-messages.ts";
import { createPacketHeader, type PacketHeader } from "../../scripts/protocol/packet-header.ts";
import type { GoldenMessage } from "./golden-packets-1-2.ts";

const header: PacketHeader = {
  ...createPacketHeader(),
  ...{ versionMinor: 5, sessionEpoch: 513, sequence: 1_000, ack: 700, ackBits: 0xfff7_ffff },
};

const member = { health: 180, maxHealth: 200, level: 7, state: 2, resourcePercent: 93 };
const party = { serverTick: 7_200, leaderEntityId: 42, inviterEntityId: 0, invitationEndTick: 0 };
const members = [
  { entityId: 42, ...member },
  { entityId: 43, ...member, health: 0, state: 1 },
];

// The hostile tests try every value of every byte: few are enough. Without places it is a packet of 1.4.
const STATES: readonly (readonly [name: string, state: PartyState])[] = [
  ["party-places", { ...party, members, places: [{ entityId: 43, x: 1_027, z: 65_535 }] }],
  ["party-places-none", { ...party, members, places: [] }],
];

export const GOLDEN_PACKETS_1_5: readonly GoldenMessage[] = STATES.flatMap(([name, state]) => [
  { name, encode: (e) => e.sequenced.encodeCombat(header, "partyState", state) },
  { name: `legacy-${name}`, encode: (e) => e.legacy.encodeCombat(header, "partyState", state) },
]);
