import { describe, expect, test } from "vitest";
import { MessageType } from "../../../../scripts/protocol/messages.ts";
import { createPacketHeader } from "../../../../scripts/protocol/packet-header.ts";
import { PacketSequencer } from "../../../../scripts/protocol/packet-sequencer.ts";
import { SnapshotReceiver } from "../../../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import { SnapshotSender } from "../../../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { createSeededRandom } from "../../../fixtures/seeded-random.ts";
import { RandomWorld, ShownEntities, type Truth, updatedEntities, writePackets } from "./random-world.ts";

const CAPACITY = 70;
const SLOTS = 96;

interface LinkOptions {
  lossRate: number;
  duplicateRate: number;
  /** Snapshots that a packet is on its way, at least and at most. */
  delay: [number, number];
  budgetBytes: number;
  /** Share of acks that say that everything came. */
  forgedAckRate: number;
}

/** A sender and a receiver with a bad link between them, and the truth to hold them against. */
class BadLink {
  readonly world: RandomWorld;
  readonly sender: SnapshotSender;
  readonly receiver = new SnapshotReceiver(SLOTS);
  readonly shown = new ShownEntities();
  readonly refusals = new Map<string, number>();
  private readonly server = new PacketSequencer();
  private readonly client = new PacketSequencer();
  private readonly header = createPacketHeader();
  private lastSent = 0;
  private packets: { due: number; sequence: number; bytes: Uint8Array }[] = [];
  private acks: { due: number; ack: number; ackBits: number; keyframe: boolean }[] = [];

  constructor(
    readonly options: LinkOptions,
    private readonly random: () => number,
  ) {
    this.world = new RandomWorld(random, CAPACITY);
    this.sender = new SnapshotSender(this.world.history, {
      slots: SLOTS,
      packetBytes: 400,
      keyframeIntervalSnapshots: 100,
    });
  }

  step(): void {
    const { world, sender } = this;
    const now = world.history.number;
    for (const { ack, ackBits, keyframe } of takeDue(this.acks, now)) {
      if (keyframe) sender.requestKeyframe();
      if (this.random() < this.options.forgedAckRate) sender.acknowledge(this.lastSent, 0xffff_ffff);
      else sender.acknowledge(ack, ackBits);
    }
    world.advance({ sender, budgetBytes: this.options.budgetBytes });
    const sequences: number[] = [];
    const next = () => {
      this.server.next(this.header);
      sequences.push(this.header.sequence);
      return this.header.sequence;
    };
    writePackets(sender, next, 400).forEach((bytes, index) => {
      this.lastSent = sequences[index] ?? 0;
      this.send(this.lastSent, bytes);
    });
    const arrived = takeDue(this.packets, now);
    for (const { bytes, sequence: arrivedSequence } of arrived) this.receive(arrivedSequence, bytes);
    this.client.next(this.header);
    if (this.random() < this.options.lossRate) return;
    const { ack, ackBits } = this.header;
    this.acks.push({ due: now + this.delay(), ack, ackBits, keyframe: this.receiver.keyframeNeeded });
  }

  private send(sequence: number, bytes: Uint8Array): void {
    while (this.random() < this.options.duplicateRate) {
      this.packets.push({ due: this.world.history.number + this.delay(), sequence, bytes });
    }
    if (this.random() < this.options.lossRate) return;
    this.packets.push({ due: this.world.history.number + this.delay(), sequence, bytes });
  }

  private delay(): number {
    const [least, most] = this.options.delay;
    return least + Math.floor(this.random() * (most - least + 1));
  }

  private receive(sequence: number, bytes: Uint8Array): void {
    this.header.type = MessageType.snapshot;
    this.header.sequence = sequence;
    this.client.accept(this.header);
    // Duplicates, too: the codec must bear what the sequencer would have kept from it.
    if (!this.receiver.decode(bytes)) {
      this.refusals.set(this.receiver.error, (this.refusals.get(this.receiver.error) ?? 0) + 1);
      return;
    }
    const { tick } = this.receiver.update;
    const truth = this.world.truth.get(tick);
    for (const entity of updatedEntities(this.receiver)) expectSame(entity, truth?.get(entity.id), tick);
    this.shown.take(this.receiver);
  }

  /** What the receiver shows must be what was true at the tick that it says. */
  checkShown(): void {
    expect(this.shown.shown.size).toBe(this.receiver.entities.count);
    for (const { tick, ...entity } of this.shown.shown.values()) {
      expectSame(entity, this.world.truth.get(tick)?.get(entity.id), tick);
    }
  }

  /** Nothing moves any more and nothing is lost: what is shown becomes what is. */
  settle(): void {
    this.world.frozen = true;
    Object.assign(this.options, { lossRate: 0, duplicateRate: 0, forgedAckRate: 0, delay: [1, 2] });
    for (let snapshot = 0; snapshot < 150; snapshot++) this.step();
    this.checkShown();
    const shown = new Map([...this.shown.shown].map(([id, { tick: _, ...entity }]) => [id, entity]));
    expect(shown).toEqual(this.world.truth.get(this.world.history.tick));
  }
}

/** `toEqual`, but fast where all is well: it is called half a million times. */
function expectSame(entity: Truth, truth: Truth | undefined, tick: number): void {
  if (JSON.stringify(entity) !== JSON.stringify(truth)) expect(entity, `tick ${tick}`).toEqual(truth);
}

/** Takes out what has arrived, in an order of its own. */
function takeDue<T extends { due: number }>(queue: T[], now: number): T[] {
  const due = queue.filter((item) => item.due <= now).toSorted((a, b) => a.due - b.due);
  queue.splice(0, queue.length, ...queue.filter((item) => item.due > now));
  return due;
}

function run(seed: number, options: LinkOptions, snapshots = 250): BadLink {
  const link = new BadLink(options, createSeededRandom(seed));
  for (let snapshot = 0; snapshot < snapshots; snapshot++) {
    link.step();
    if (snapshot % 10 === 0) link.checkShown();
  }
  link.settle();
  return link;
}

describe("snapshots over a bad link", () => {
  const seeds = Array.from({ length: 12 }, (_, index) => index + 1);

  test("are never refused on a good one", () => {
    for (const seed of seeds) {
      const options = { lossRate: 0, duplicateRate: 0, delay: [2, 2], budgetBytes: 100_000, forgedAckRate: 0 };
      const { refusals } = run(seed, { ...options, delay: [2, 2] });
      expect(refusals, `seed ${seed}`).toEqual(new Map());
    }
  });

  test("are never wrong and end up right, whatever is lost, doubled or overtaken", () => {
    for (const seed of seeds) {
      const options = { lossRate: 0.3, duplicateRate: 0.1, budgetBytes: 100_000, forgedAckRate: 0 };
      const { refusals } = run(seed, { ...options, delay: [1, 6] });
      expect(refusals.get("unknown_baseline"), `seed ${seed}`).toBeUndefined();
    }
  });

  test("the same with a budget that is too small for all", () => {
    for (const seed of seeds) {
      run(seed, { lossRate: 0.1, duplicateRate: 0.05, budgetBytes: 220, forgedAckRate: 0, delay: [1, 4] });
    }
  });

  test("the same when packets come later than anybody remembers", () => {
    for (const seed of seeds) {
      run(seed, { lossRate: 0.05, duplicateRate: 0.3, budgetBytes: 100_000, forgedAckRate: 0, delay: [1, 60] });
    }
  });

  test("the same when acks are made up: baselines are missed, and keyframes help", () => {
    let missed = 0;
    for (const seed of seeds) {
      const options = { lossRate: 0.3, duplicateRate: 0, budgetBytes: 100_000, forgedAckRate: 0.5 };
      const { refusals } = run(seed, { ...options, delay: [1, 3] });
      missed += refusals.get("unknown_baseline") ?? 0;
    }
    expect(missed).toBeGreaterThan(0);
  });

  test("go on after a silence of any length", () => {
    for (const seed of seeds) {
      const link = new BadLink(
        { lossRate: 0, duplicateRate: 0, budgetBytes: 100_000, forgedAckRate: 0, delay: [1, 2] },
        createSeededRandom(seed),
      );
      for (let snapshot = 0; snapshot < 20; snapshot++) link.step();
      link.options.lossRate = 1;
      for (let snapshot = 0; snapshot < 40 * seed; snapshot++) link.step();
      link.settle();
    }
  });
});
