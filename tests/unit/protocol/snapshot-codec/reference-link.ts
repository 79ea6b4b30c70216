import { MessageType } from "../../../../scripts/protocol/messages.ts";
import { createPacketHeader } from "../../../../scripts/protocol/packet-header.ts";
import { PacketSequencer } from "../../../../scripts/protocol/packet-sequencer.ts";
import type { Terrain } from "../../../../scripts/protocol/snapshot-codec/motion-prediction.ts";
import { SnapshotSender } from "../../../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { BothReaders } from "./both-readers.ts";
import { RandomWorld, writePackets } from "./random-world.ts";

export const LINK_SLOTS = 64;
const PACKET_BYTES = 300;
const LOSS_RATE = 0.1;
const LATE_RATE = 0.1;
const MOST_LATE_SNAPSHOTS = 12;

/** The real sender, a link that loses, delays and doubles, and both readers at its end. */
export class ReferenceLink {
  readonly both: BothReaders;
  private readonly world: RandomWorld;
  private readonly sender: SnapshotSender;
  private readonly client = new PacketSequencer();
  private readonly header = createPacketHeader();
  private readonly underway: { due: number; sequence: number; bytes: Uint8Array }[] = [];
  private sequence = 0;

  constructor(
    private readonly random: () => number,
    terrain?: Terrain,
  ) {
    this.both = new BothReaders(LINK_SLOTS, terrain);
    this.world = new RandomWorld(random, 40);
    // So that it wraps on the wire soon.
    this.world.history.number = 65_536 - Math.floor(random() * 60);
    this.sender = new SnapshotSender(this.world.history, {
      slots: LINK_SLOTS,
      packetBytes: PACKET_BYTES,
      keyframeIntervalSnapshots: 40,
      ...(terrain && { terrain }),
    });
  }

  /** One snapshot. `arrive` gets every packet that comes, and reads it. */
  step(arrive: (bytes: Uint8Array) => void): void {
    const { world, sender, random } = this;
    world.advance({ sender, budgetBytes: random() < 0.2 ? 250 : 2000 });
    const sequences: number[] = [];
    const next = () => {
      this.sequence += 1;
      sequences.push(this.sequence);
      return this.sequence;
    };
    for (const [index, bytes] of writePackets(sender, next, PACKET_BYTES).entries()) {
      const sequence = sequences[index] ?? 0;
      const copies = random() < LOSS_RATE ? 0 : random() < 0.05 ? 2 : 1;
      for (let copy = 0; copy < copies; copy++) {
        const late = random() < LATE_RATE ? Math.floor(random() * MOST_LATE_SNAPSHOTS) : 0;
        this.underway.push({ due: world.history.number + late, sequence, bytes });
      }
    }
    const due = this.underway.filter((packet) => packet.due <= world.history.number);
    for (const packet of due) {
      this.underway.splice(this.underway.indexOf(packet), 1);
      this.header.type = MessageType.snapshotDelta;
      this.header.sequence = packet.sequence;
      this.client.accept(this.header);
      arrive(packet.bytes);
    }
    this.client.next(this.header);
    if (random() < LOSS_RATE) return;
    if (this.both.reference.keyframeNeeded) sender.requestKeyframe();
    sender.acknowledge(this.header.ack, this.header.ackBits);
  }
}
