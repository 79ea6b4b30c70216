import { POSITION_LIMIT } from "../../scripts/protocol/snapshot-codec/codec-limits.ts";
import { EntityHistory } from "../../scripts/protocol/snapshot-codec/entity-history.ts";
import { SnapshotSender } from "../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import type { FuzzRandom } from "./fuzz-random.ts";

/** Entities that the fuzzed receiver can hold. */
export const FUZZED_SLOTS = 48;
const PACKET_BYTES = 200;
const TICKS_PER_SNAPSHOT = 3;
const WORLD_STEPS = 512 * 1024;

interface Being {
  id: number;
  x: number;
  y: number;
  z: number;
  yaw: number;
  speed: number;
}

/**
 * Packets of a sender from its first on: entities move, turn, leap, change, come and go, acks are late or lost, and keyframes
 * are asked for.
 */
export function recordSession(random: FuzzRandom, snapshots: number): Uint8Array[] {
  const beings: Being[] = Array.from({ length: 1 + random.whole(FUZZED_SLOTS) }, () => createBeing(random));
  const history = new EntityHistory(beings.length);
  const keyframeIntervalSnapshots = random.pick([0, 3, 600]);
  const sender = new SnapshotSender(history, {
    slots: FUZZED_SLOTS,
    packetBytes: PACKET_BYTES,
    keyframeIntervalSnapshots,
  });
  const packets: Uint8Array[] = [];
  const out = new Uint8Array(PACKET_BYTES);
  let sequence = 0;
  let tick = random.chance(0.1) ? 2 ** 32 - 1 - TICKS_PER_SNAPSHOT * snapshots : random.whole(100_000);
  // A number that wraps on the wire within the session.
  if (random.chance(0.1)) history.number = 65_536 - random.whole(snapshots);
  for (let snapshot = 0; snapshot < snapshots; snapshot++) {
    tick += TICKS_PER_SNAPSHOT;
    history.advance(tick);
    sender.begin(random.pick([150, 400, 4_000]));
    for (const [index, being] of beings.entries()) {
      live(being, random);
      history.write(index, being.id, being.x, being.y, being.z, being.yaw);
      history.writeCondition(index, random.chance(0.9) ? 100 : random.whole(65_536), 100, 0, random.whole(5));
      if (random.chance(0.95)) sender.see(index, 1 + random.whole(100));
    }
    for (;;) {
      const bytes = sender.writePacket(sequence + 1, out, 0);
      if (bytes === 0) break;
      sequence += 1;
      packets.push(out.slice(0, bytes));
    }
    if (random.chance(0.8))
      sender.acknowledge((sequence - random.whole(3)) & 0xffff, random.chance(0.8) ? -1 : random.word());
    if (random.chance(0.05)) sender.requestKeyframe();
  }
  return packets;
}

function createBeing(random: FuzzRandom): Being {
  const id = random.chance(0.8) ? 1 + random.whole(1_000_000) : 1 + random.whole(2 ** 32 - 1);
  const place = () => random.whole(WORLD_STEPS);
  return { id, x: place(), y: place(), z: place(), yaw: random.whole(65_536), speed: random.whole(400) };
}

function live(being: Being, random: FuzzRandom): void {
  if (random.chance(0.02)) Object.assign(being, createBeing(random));
  if (random.chance(0.01)) being.x = random.pick([-POSITION_LIMIT, POSITION_LIMIT]);
  if (random.chance(0.1)) being.speed = random.whole(400);
  being.x = Math.min(POSITION_LIMIT, being.x + being.speed);
  being.z = Math.max(-POSITION_LIMIT, being.z - being.speed);
  being.yaw = (being.yaw + random.whole(100)) & 0xffff;
}
