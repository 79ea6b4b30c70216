import { createHash, type Hash } from "node:crypto";
import { SnapshotReceiver } from "../../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import { SnapshotSender } from "../../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { ZoneTerrain } from "../../../scripts/simulation/zone-terrain.ts";
import { loadZone } from "../../fixtures/play-zone.ts";
import { createRandomZone } from "../../fixtures/random-zone.ts";
import { createSeededRandom } from "../../fixtures/seeded-random.ts";
import { RandomWorld, writePackets } from "../../unit/protocol/snapshot-codec/random-world.ts";

const CAPACITY = 120;
const SLOTS = 128;
const PACKET_BYTES = 500;
const BUDGET_BYTES = 1500;
const SNAPSHOTS = 1200;
const LOSS_RATE = 0.15;
const DUPLICATE_RATE = 0.1;
const MAX_DELAY_SNAPSHOTS = 4;

export interface WorldHashes {
  /** Every byte that was sent. */
  packets: string;
  /** Everything that was read, and the reasons for what was refused. */
  states: string;
  /** How many packets were read. */
  taken: number;
  /** Those that tell an entity in full take some 15. */
  bytesPerRecord: number;
}

/**
 * A minute of a random world, sent over a link that loses, doubles and reorders packets and loses acks, all from one seed. The ground is
 * given to the codec, so that its divisions and roundings are compared as well.
 */
export function playLossyWorld(seed: number): WorldHashes {
  const random = createSeededRandom(seed);
  const terrain = new ZoneTerrain(loadZone(createRandomZone(seed)).world.heightfield);
  const world = new RandomWorld(random, CAPACITY);
  const sender = new SnapshotSender(world.history, { slots: SLOTS, packetBytes: PACKET_BYTES, terrain });
  const receiver = new SnapshotReceiver(SLOTS, terrain);
  const packets = createHash("sha256");
  const states = createHash("sha256");
  const inFlight: { due: number; sequence: number; bytes: Uint8Array }[] = [];
  let sequence = 1;
  let bytesTaken = 0;
  let records = 0;
  let taken = 0;
  for (let snapshot = 0; snapshot < SNAPSHOTS; snapshot++) {
    world.advance({ sender, budgetBytes: BUDGET_BYTES });
    // The last number that is asked for finds nothing to send any more, and is the first of the next snapshot.
    const first = sequence;
    const written = writePackets(sender, () => sequence++, PACKET_BYTES);
    sequence = first + written.length;
    for (const [index, bytes] of written.entries()) {
      packets.update(bytes);
      const copies = random() < LOSS_RATE ? 0 : random() < DUPLICATE_RATE ? 2 : 1;
      for (let copy = 0; copy < copies; copy++) {
        inFlight.push({
          due: snapshot + Math.floor(random() * (MAX_DELAY_SNAPSHOTS + 1)),
          sequence: first + index,
          bytes,
        });
      }
    }
    for (let index = inFlight.length - 1; index >= 0; index--) {
      const packet = inFlight[index];
      if (packet === undefined || packet.due > snapshot) continue;
      inFlight.splice(index, 1);
      const ok = receiver.decode(packet.bytes);
      if (ok) {
        taken += 1;
        bytesTaken += packet.bytes.length;
        records += receiver.update.count;
      }
      noteStates(states, receiver);
      if (ok && random() >= LOSS_RATE) sender.acknowledge(packet.sequence, 0);
      if (receiver.keyframeNeeded) sender.requestKeyframe();
    }
  }
  const bytesPerRecord = Math.round(bytesTaken / records);
  return { packets: packets.digest("hex"), states: states.digest("hex"), taken, bytesPerRecord };
}

function noteStates(states: Hash, { update, error }: SnapshotReceiver): void {
  const { count, leftCount } = update;
  states.update(`${error} ${update.tick} ${count} ${leftCount};`);
  const columns = [update.entityId, update.x, update.y, update.z, update.yaw, update.vitals, update.look];
  for (const column of columns) states.update(new Uint8Array(column.slice(0, count).buffer));
  states.update(new Uint8Array(update.leftEntityId.slice(0, leftCount).buffer));
}
