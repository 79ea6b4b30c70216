import fc from "fast-check";
import { expect, it } from "vitest";
import { EntityHistory } from "../../../../scripts/protocol/snapshot-codec/entity-history.ts";
import { SnapshotReceiver } from "../../../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import { SnapshotSender } from "../../../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { createSeededRandom } from "../../../fixtures/seeded-random.ts";
import { writePackets } from "./random-world.ts";

const CAPACITY = 40;
const BUDGET = 100_000;

/** A sender whose entities are kept while they are not seen, and a receiver over a link that loses packets and acks. */
class KeepingLink {
  readonly history = new EntityHistory(CAPACITY);
  readonly sender = new SnapshotSender(this.history, { packetBytes: 300 });
  readonly receiver = new SnapshotReceiver();
  /** Indices of the entities that should be visible now. */
  visible = new Set<number>();
  #sequence = 0;
  /** On their way back: they arrive after what happens between two snapshots. */
  #acks: number[] = [];

  constructor(readonly random: () => number) {}

  snapshot(keepsUnseen: boolean, seen: readonly number[], lossRate: number): void {
    const { history, sender } = this;
    for (const ack of this.#acks.splice(0)) sender.acknowledge(ack, 0);
    history.advance(history.tick + 3);
    for (let index = 0; index < CAPACITY; index += 1) {
      history.write(index, index + 1, this.#x(index), 0, index * 7, 0);
      history.writeCondition(index, 0, 0, 0, 0);
    }
    sender.begin(BUDGET, keepsUnseen);
    for (const index of seen) sender.see(index, 1);
    this.visible = new Set(keepsUnseen ? [...this.visible, ...seen] : seen);
    const first = this.#sequence + 1;
    for (const [packet, bytes] of writePackets(sender, () => ++this.#sequence, 300).entries()) {
      if (this.random() < lossRate) continue;
      if (this.receiver.decode(bytes) && this.random() >= lossRate) this.#acks.push(first + packet);
    }
    if (this.receiver.keyframeNeeded) sender.requestKeyframe();
  }

  leave(index: number): void {
    this.sender.leave(index);
    this.visible.delete(index);
  }

  /** Indices of the entities that the receiver takes for visible, and whether they are where they are. */
  shown(): { indices: number[]; inPlace: boolean } {
    const { entities } = this.receiver;
    const indices: number[] = [];
    let inPlace = true;
    for (const [slot, id] of entities.id.entries()) {
      if (id === 0) continue;
      indices.push(id - 1);
      const at = entities.planes.at(entities.newest[slot] ?? 0, slot);
      inPlace &&= entities.planes.words[at] === this.#x(id - 1);
    }
    return { indices: indices.sort((a, b) => a - b), inPlace };
  }

  #x(index: number): number {
    return index * 100 + this.history.number * 3;
  }
}

const all = Array.from({ length: CAPACITY }, (_, index) => index);

it("entities that are kept stay visible until they leave, whatever is lost, and nobody else does", () => {
  const run = (seed: number) => {
    const random = createSeededRandom(seed);
    const link = new KeepingLink(random);
    for (let step = 0; step < 80; step += 1) {
      for (const index of all) if (random() < 0.02) link.leave(index);
      const share = random() * 0.5;
      link.snapshot(
        random() < 0.9,
        all.filter(() => random() < share),
        0.3,
      );
      for (const index of all) if (random() < 0.02) link.leave(index);
    }
    // The link heals, and everybody who is visible is told of.
    for (let step = 0; step < 6; step += 1) link.snapshot(true, [...link.visible], 0);
    expect(link.shown()).toEqual({ indices: [...link.visible].sort((a, b) => a - b), inPlace: true });
  };
  fc.assert(fc.property(fc.nat(), run), { numRuns: 60 });
});

it("who is not seen and not kept leaves", () => {
  const link = new KeepingLink(createSeededRandom(1));
  link.snapshot(true, [1, 2, 3], 0);
  link.snapshot(true, [2], 0);
  expect(link.shown().indices).toEqual([1, 2, 3]);
  link.snapshot(false, [2], 0);
  expect(link.shown().indices).toEqual([2]);
});

it("nothing is written about those who are kept and not seen", () => {
  const link = new KeepingLink(createSeededRandom(1));
  link.snapshot(true, all, 0);
  link.snapshot(true, [5, 6], 0);
  const { update } = link.receiver;
  expect([...update.entityId.subarray(0, update.count)].sort()).toEqual([6, 7]);
});
