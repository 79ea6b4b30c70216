import { describe, expect, test } from "vitest";
import { EntityHistory } from "../../../../scripts/protocol/snapshot-codec/entity-history.ts";
import type { SnapshotError } from "../../../../scripts/protocol/snapshot-codec/snapshot-error.ts";
import { SnapshotReceiver } from "../../../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import { SnapshotSender } from "../../../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { createSeededRandom } from "../../../fixtures/seeded-random.ts";
import { RandomWorld, updatedEntities, writePackets } from "./random-world.ts";

const MUTATED_PACKETS = 100_000;
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const SLOTS = 64;
const POSITION_LIMIT = 2 ** 24;
const ERRORS: readonly SnapshotError[] = [
  "too_short",
  "too_long",
  "bad_length",
  "out_of_range",
  "stale",
  "bad_number",
  "unknown_baseline",
];

/** Packets in the order in which they were sent, all of them acked at once. */
function recordPackets(random: () => number): Uint8Array[] {
  const world = new RandomWorld(random, 40);
  const sender = new SnapshotSender(world.history, { slots: SLOTS, packetBytes: 300, keyframeIntervalSnapshots: 15 });
  const packets: Uint8Array[] = [];
  let sequence = 0;
  for (let snapshot = 0; snapshot < 60; snapshot++) {
    world.advance({ sender, budgetBytes: 2000 });
    packets.push(...writePackets(sender, () => ++sequence, 300));
    sender.acknowledge(sequence - 1, 0xffff_ffff);
  }
  return packets;
}

function writeEmptySnapshot(): Uint8Array {
  const history = new EntityHistory(1);
  const sender = new SnapshotSender(history, { slots: SLOTS });
  history.advance(1);
  sender.begin(1000);
  return writePackets(sender, () => 1)[0] ?? new Uint8Array();
}

function mutate(packet: Uint8Array, random: () => number): Uint8Array {
  const whole = (below: number) => Math.floor(random() * below);
  const kind = random();
  if (kind < 0.1) return Uint8Array.from({ length: whole(80) }, () => whole(256));
  if (kind < 0.25) return packet.slice(0, whole(packet.length));
  const bytes =
    kind < 0.35
      ? Uint8Array.from([...packet, ...Array.from({ length: 1 + whole(20) }, () => whole(256))])
      : packet.slice();
  for (let changes = 1 + whole(4); changes > 0; changes--) {
    // Mostly behind the header, or nearly all would fail at the tick.
    const at = random() < 0.15 ? whole(6) : 6 + whole(bytes.length - 6);
    if (at < bytes.length) bytes[at] = random() < 0.5 ? whole(256) : (bytes[at] ?? 0) ^ (1 << whole(8));
  }
  return bytes;
}

/** Holds every promise of the receiver for some bytes. */
function holdsPromises(receiver: SnapshotReceiver, bytes: Uint8Array, hint: string): boolean {
  const before = receiver.entities.count;
  const taken = receiver.decode(bytes);
  if (taken) {
    if (receiver.error !== "") throw new Error(`${hint}: taken with error ${receiver.error}`);
    for (const { id, x, y, z } of updatedEntities(receiver)) {
      const far = Math.max(Math.abs(x), Math.abs(y), Math.abs(z));
      if (id === 0 || far > POSITION_LIMIT) throw new Error(`${hint}: took entity ${id} at ${x}, ${y}, ${z}`);
    }
  } else {
    if (!ERRORS.includes(receiver.error as SnapshotError)) throw new Error(`${hint}: refused without a reason`);
    if (receiver.detail === "") throw new Error(`${hint}: refused with ${receiver.error} and no detail`);
    if (receiver.update.leftCount !== 0 || receiver.entities.count !== before) {
      throw new Error(`${hint}: refused with ${receiver.error}, yet it changed something`);
    }
  }
  const ids = receiver.entities.id.filter((id) => id !== 0);
  if (ids.length !== receiver.entities.count || new Set(ids).size !== ids.length) {
    throw new Error(`${hint}: an entity is in two slots, or their number is wrong`);
  }
  return taken;
}

describe("hostile snapshots", () => {
  test(`${MUTATED_PACKETS} mutated packets, FUZZ_SEED=${SEED}: taken or refused for a reason, nothing else`, () => {
    console.log(`FUZZ_SEED=${SEED}`);
    const random = createSeededRandom(SEED);
    const packets = recordPackets(random);
    let receiver = new SnapshotReceiver(SLOTS);
    let taken = 0;
    for (let round = 0, next = 0; round < MUTATED_PACKETS; round++) {
      const hint = `FUZZ_SEED=${SEED}, packet ${round}`;
      // Good ones between the bad ones keep the receiver in the middle of its work.
      if (next === packets.length) {
        next = 0;
        receiver = new SnapshotReceiver(SLOTS);
      }
      if (round % 4 === 0) holdsPromises(receiver, packets[next++] ?? new Uint8Array(), hint);
      const victim = packets[Math.min(packets.length - 1, Math.max(0, next - 3 + Math.floor(random() * 6)))];
      if (holdsPromises(receiver, mutate(victim ?? new Uint8Array(), random), hint)) taken += 1;
    }
    expect(taken).toBeLessThan(MUTATED_PACKETS / 2);
  });

  test("packets that were not touched are all taken", () => {
    const receiver = new SnapshotReceiver(SLOTS);
    for (const packet of recordPackets(createSeededRandom(1)))
      expect(receiver.decode(packet), receiver.detail).toBe(true);
  });

  test("recovers by a keyframe after numbers that were far off", () => {
    const world = new RandomWorld(createSeededRandom(5), 20);
    const sender = new SnapshotSender(world.history, { slots: SLOTS, keyframeIntervalSnapshots: 0 });
    const receiver = new SnapshotReceiver(SLOTS);
    let sequence = 0;
    const step = () => {
      world.advance({ sender, budgetBytes: 100_000 });
      return writePackets(sender, () => ++sequence);
    };
    for (const packet of step()) expect(receiver.decode(packet)).toBe(true);
    sender.acknowledge(sequence - 1, 0xffff_ffff);
    const poisoned = step().map((packet) => packet.slice());
    for (const packet of poisoned) packet[1] = (packet[1] ?? 0) + 2;
    for (const packet of poisoned) receiver.decode(packet);
    let refused = 0;
    for (let snapshot = 0; snapshot < 100; snapshot++) {
      if (receiver.keyframeNeeded) sender.requestKeyframe();
      for (const packet of step()) if (!receiver.decode(packet)) refused += 1;
      sender.acknowledge(sequence - 1, 0xffff_ffff);
    }
    expect(refused).toBeLessThan(60);
    expect(receiver.keyframeNeeded).toBe(false);
    expect(receiver.entities.count).toBe(world.truth.get(world.history.tick)?.size);
  });

  test("names what is wrong", () => {
    const [packet] = recordPackets(createSeededRandom(2));
    if (packet === undefined) throw new Error("no packet was written");
    const refusal = (bytes: Uint8Array, slots = SLOTS) => {
      const receiver = new SnapshotReceiver(slots);
      return receiver.decode(bytes) ? "" : receiver.error;
    };
    expect(refusal(new Uint8Array(0))).toBe("too_short");
    expect(refusal(packet.slice(0, 6))).toBe("too_short");
    // What is read from a wrong end makes no sense, whichever check sees it first.
    for (let cut = 1; cut < packet.length; cut++) expect(refusal(packet.slice(0, cut)), `cut at ${cut}`).not.toBe("");
    expect(refusal(Uint8Array.from([...packet, 0, 0]))).not.toBe("");
    expect(refusal(Uint8Array.from([...writeEmptySnapshot(), 0, 0]))).toBe("bad_length");
    expect(refusal(writeEmptySnapshot().slice(0, -1))).toBe("too_short");
    expect(refusal(new Uint8Array(70_000))).toBe("too_long");
    expect(refusal(packet, 2)).toBe("out_of_range");
    const noTick = packet.slice();
    noTick.fill(0, 2, 6);
    expect(refusal(noTick)).toBe("out_of_range");
  });
});
