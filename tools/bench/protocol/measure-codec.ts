import { MAX_CODEC_PACKET_BYTES } from "../../../scripts/protocol/snapshot-codec/codec-limits.ts";
import { EntityHistory } from "../../../scripts/protocol/snapshot-codec/entity-history.ts";
import type { Terrain } from "../../../scripts/protocol/snapshot-codec/motion-prediction.ts";
import { SnapshotReceiver } from "../../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import { SnapshotSender } from "../../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import type { Trace } from "./record-trace.ts";
import { writeHistory } from "./replay.ts";

const NO_BUDGET = 1_000_000;
const ACK_DELAY_SNAPSHOTS = 4;
const WARM_SNAPSHOTS = 200;
const ALLOCATION_ROUNDS = 7;

/** Bytes of one keyframe, all entities in all its packets: the mean over some snapshots of the trace. */
export function measureKeyframe(trace: Trace, every: number): number {
  const out = new Uint8Array(MAX_CODEC_PACKET_BYTES);
  let total = 0;
  let count = 0;
  for (let snapshot = 0; snapshot < trace.snapshots; snapshot += every) {
    const history = new EntityHistory(trace.entities);
    const sender = new SnapshotSender(history, { slots: 256 });
    writeHistory(history, trace, snapshot);
    seeAll(sender, trace, NO_BUDGET);
    let sequence = 1;
    for (let bytes = sender.writePacket(sequence, out, 0); bytes > 0; bytes = sender.writePacket(++sequence, out, 0)) {
      total += bytes;
    }
    count += 1;
  }
  return total / count;
}

/**
 * Heap bytes that sender and receiver allocate per snapshot, once warm. The packets' own memory is made before. What the engine allocates
 * now and then for itself, such as for code that it compiles, and what reading the heap's size takes, is no part of it: the least of
 * some rounds, less that of reading it twice.
 */
export function measureAllocation(trace: Trace, terrain: Terrain, budgetBytes: number): number {
  let least = Number.POSITIVE_INFINITY;
  let reading = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ALLOCATION_ROUNDS; round++) {
    const before = process.memoryUsage().heapUsed;
    const between = process.memoryUsage().heapUsed - before;
    if (between >= 0) reading = Math.min(reading, between);
    const bytes = allocatedBytes(trace, terrain, budgetBytes);
    if (bytes >= 0) least = Math.min(least, bytes);
  }
  return Math.max(0, least - 2 * reading) / WARM_SNAPSHOTS;
}

/** Of 200 snapshots that follow on 200 others, written and then read. Less than 0 if garbage was collected meanwhile. */
function allocatedBytes(trace: Trace, terrain: Terrain, budgetBytes: number): number {
  const history = new EntityHistory(trace.entities);
  const sender = new SnapshotSender(history, { slots: 256, terrain });
  const receiver = new SnapshotReceiver(256, terrain);
  const snapshots = 2 * WARM_SNAPSHOTS;
  const buffers = Array.from({ length: snapshots }, () => new Uint8Array(MAX_CODEC_PACKET_BYTES));
  const lengths = new Int32Array(snapshots);
  let before = 0;
  for (let snapshot = 0; snapshot < snapshots; snapshot++) {
    if (snapshot === WARM_SNAPSHOTS) before = process.memoryUsage().heapUsed;
    const buffer = buffers[snapshot];
    if (buffer === undefined) break;
    if (snapshot >= ACK_DELAY_SNAPSHOTS) sender.acknowledge(snapshot + 1 - ACK_DELAY_SNAPSHOTS, 0);
    writeHistory(history, trace, snapshot);
    seeAll(sender, trace, budgetBytes);
    lengths[snapshot] = sender.writePacket(snapshot + 1, buffer, 0);
  }
  const encoding = process.memoryUsage().heapUsed - before;
  const packets = buffers.map((buffer, snapshot) => buffer.subarray(0, lengths[snapshot]));
  let refused = 0;
  for (let snapshot = 0; snapshot < snapshots; snapshot++) {
    if (snapshot === WARM_SNAPSHOTS) before = process.memoryUsage().heapUsed;
    const packet = packets[snapshot];
    if (packet !== undefined && !receiver.decode(packet)) refused += 1;
  }
  const decoding = process.memoryUsage().heapUsed - before;
  if (refused > 0) throw new Error(`${refused} packets were refused: ${receiver.detail}`);
  return encoding < 0 || decoding < 0 ? -1 : encoding + decoding;
}

function seeAll(sender: SnapshotSender, trace: Trace, budgetBytes: number): void {
  sender.begin(budgetBytes);
  for (let entity = 0; entity < trace.entities; entity++) sender.see(entity, 1);
}
