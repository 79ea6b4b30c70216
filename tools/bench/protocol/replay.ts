import { MessageType } from "../../../scripts/protocol/messages.ts";
import { createPacketHeader } from "../../../scripts/protocol/packet-header.ts";
import { PacketSequencer } from "../../../scripts/protocol/packet-sequencer.ts";
import { MAX_CODEC_PACKET_BYTES } from "../../../scripts/protocol/snapshot-codec/codec-limits.ts";
import { EntityHistory } from "../../../scripts/protocol/snapshot-codec/entity-history.ts";
import type { Terrain } from "../../../scripts/protocol/snapshot-codec/motion-prediction.ts";
import type { RangeDecoder } from "../../../scripts/protocol/snapshot-codec/range-decoder.ts";
import { SnapshotReceiver } from "../../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import { SnapshotSender } from "../../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { createRandomSource } from "./random-source.ts";
import type { Trace } from "./record-trace.ts";

/** Time advances in sixtieths of a second. */
const STEPS_PER_SNAPSHOT = 3;
const STEPS_PER_INPUT = 2;
/** 75 ms one way, rounded up to what the server's and the client's ticks can see. */
const ONE_WAY_STEPS = 5;
const HEALTH = 100;
/** 16 KB/s at 20 Hz, less what stands around the payload of one packet. */
export const REPLAY_BUDGET_BYTES = 700;

export interface ReplayOptions {
  lossRate: number;
  budgetBytes: number;
  seed: number;
  slots: number;
  terrain?: Terrain;
  /** Reads in the place of the receiver's own. */
  decoder?: RangeDecoder;
}

export interface ReplayResult {
  /** Payload of all packets, and how many there were. */
  bytes: number;
  packets: number;
  /** Records received, all in all. */
  records: number;
  /** Nanoseconds of every snapshot. */
  encodeNs: Float64Array;
  decodeNs: Float64Array;
  refused: number;
}

interface InFlight {
  arrivesAtStep: number;
  sequence: number;
  bytes: Uint8Array;
}

interface AckInFlight {
  arrivesAtStep: number;
  ack: number;
  ackBits: number;
}

/** Copies a snapshot of the trace into the sender's history. */
export function writeHistory(history: EntityHistory, trace: Trace, snapshot: number): void {
  history.advance(trace.ticks[snapshot] ?? 0);
  for (let entity = 0; entity < trace.entities; entity++) {
    const at = snapshot * trace.entities + entity;
    const id = trace.ids[entity] ?? 0;
    history.write(entity, id, trace.x[at] ?? 0, trace.y[at] ?? 0, trace.z[at] ?? 0, trace.yaw[at] ?? 0);
    history.writeCondition(entity, HEALTH, HEALTH, 0, trace.animation[at] ?? 0);
  }
}

/** Sends the trace to one receiver over a link that loses packets and acks, and checks what arrives against the truth. */
export function replay(trace: Trace, options: ReplayOptions): ReplayResult {
  const random = createRandomSource(options.seed);
  const history = new EntityHistory(trace.entities);
  const sender = new SnapshotSender(history, {
    slots: options.slots,
    ...(options.terrain && { terrain: options.terrain }),
  });
  const receiver = new SnapshotReceiver(options.slots, options.terrain, options.decoder);
  const server = new PacketSequencer();
  const client = new PacketSequencer();
  const header = createPacketHeader();
  const packets: InFlight[] = [];
  const acks: AckInFlight[] = [];
  const result: ReplayResult = {
    bytes: 0,
    packets: 0,
    records: 0,
    encodeNs: new Float64Array(trace.snapshots),
    decodeNs: new Float64Array(trace.snapshots),
    refused: 0,
  };
  const out = new Uint8Array(MAX_CODEC_PACKET_BYTES);
  for (let step = 0; step < trace.snapshots * STEPS_PER_SNAPSHOT; step++) {
    for (let ack = acks[0]; ack !== undefined && ack.arrivesAtStep <= step; ack = acks[0]) {
      sender.acknowledge(ack.ack, ack.ackBits);
      acks.shift();
    }
    if (step % STEPS_PER_SNAPSHOT === 0) {
      const snapshot = step / STEPS_PER_SNAPSHOT;
      writeHistory(history, trace, snapshot);
      let ns = 0;
      const start = process.hrtime.bigint();
      sender.begin(options.budgetBytes);
      for (let entity = 0; entity < trace.entities; entity++) sender.see(entity, 1);
      ns += Number(process.hrtime.bigint() - start);
      for (;;) {
        server.next(header);
        const begin = process.hrtime.bigint();
        const bytes = sender.writePacket(header.sequence, out, 0);
        ns += Number(process.hrtime.bigint() - begin);
        if (bytes === 0) break;
        result.bytes += bytes;
        result.packets += 1;
        if (random() >= options.lossRate) {
          packets.push({ arrivesAtStep: step + ONE_WAY_STEPS, sequence: header.sequence, bytes: out.slice(0, bytes) });
        }
      }
      result.encodeNs[snapshot] = ns;
    }
    for (let packet = packets[0]; packet !== undefined && packet.arrivesAtStep <= step; packet = packets[0]) {
      packets.shift();
      header.type = MessageType.snapshot;
      header.sessionEpoch = 0;
      header.sequence = packet.sequence;
      if (client.accept(header) !== "fresh") throw new Error("the link delivered a packet twice");
      const begin = process.hrtime.bigint();
      const ok = receiver.decode(packet.bytes);
      const place = Math.floor(step / STEPS_PER_SNAPSHOT);
      result.decodeNs[place] = (result.decodeNs[place] ?? 0) + Number(process.hrtime.bigint() - begin);
      if (!ok) {
        result.refused += 1;
        continue;
      }
      result.records += receiver.update.count;
      check(trace, receiver);
    }
    if (step % STEPS_PER_INPUT === 0 && client.newestReceived !== 0) {
      client.next(header);
      if (receiver.keyframeNeeded) sender.requestKeyframe();
      if (random() >= options.lossRate) {
        acks.push({ arrivesAtStep: step + ONE_WAY_STEPS, ack: header.ack, ackBits: header.ackBits });
      }
    }
  }
  return result;
}

function check(trace: Trace, receiver: SnapshotReceiver): void {
  const { update } = receiver;
  const snapshot = (update.tick - (trace.ticks[0] ?? 0)) / STEPS_PER_SNAPSHOT;
  for (let index = 0; index < update.count; index++) {
    const at = snapshot * trace.entities + trace.ids.indexOf(update.entityId[index] ?? 0);
    if (update.x[index] !== trace.x[at] || update.y[index] !== trace.y[at] || update.z[index] !== trace.z[at]) {
      throw new Error(`entity ${update.entityId[index]} was decoded wrong at tick ${update.tick}`);
    }
    if (update.yaw[index] !== trace.yaw[at] || update.animation(index) !== trace.animation[at]) {
      throw new Error(`entity ${update.entityId[index]} was decoded wrong at tick ${update.tick}`);
    }
  }
}
