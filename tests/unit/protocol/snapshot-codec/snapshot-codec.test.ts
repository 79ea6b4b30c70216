import { describe, expect, test } from "vitest";
import { EntityHistory } from "../../../../scripts/protocol/snapshot-codec/entity-history.ts";
import { SnapshotReceiver } from "../../../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import { SnapshotSender } from "../../../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { createSeededRandom } from "../../../fixtures/seeded-random.ts";
import { RandomWorld, ShownEntities, type Truth, updatedEntities, writePackets } from "./random-world.ts";

const NO_BUDGET = 1_000_000;

/** A history with walkers that go straight on, 9 steps of the lattice per snapshot; and one sender that sees all of them. */
class Walkers {
  readonly history: EntityHistory;
  readonly sender: SnapshotSender;
  readonly receiver: SnapshotReceiver;
  readonly shown = new ShownEntities();
  sequence = 0;

  constructor(
    readonly count: number,
    slots = 256,
  ) {
    this.history = new EntityHistory(count);
    this.sender = new SnapshotSender(this.history, { slots, keyframeIntervalSnapshots: 0 });
    this.receiver = new SnapshotReceiver(slots);
  }

  step(budgetBytes = NO_BUDGET, urgency: (index: number) => number = () => 1): Uint8Array[] {
    this.history.advance(this.history.tick + 3);
    const way = 9 * this.history.number;
    this.sender.begin(budgetBytes);
    for (let index = 0; index < this.count; index++) {
      this.history.write(index, index + 1, 5000 * index + way, 7, 100_000 - way, 1000);
      this.history.writeCondition(index, 90, 100, 0, 1);
      if (urgency(index) > 0) this.sender.see(index, urgency(index));
    }
    return writePackets(this.sender, () => ++this.sequence);
  }

  deliver(packets: Uint8Array[], first = this.sequence - packets.length): void {
    packets.forEach((packet, index) => {
      expect(this.receiver.decode(packet), this.receiver.detail).toBe(true);
      this.shown.take(this.receiver);
      this.sender.acknowledge(first + index, 0);
    });
  }
}

describe("snapshot codec", () => {
  test("a receiver that makes room for more still knows what it knew", () => {
    const walkers = new Walkers(300, 1024);
    const { planes } = walkers.receiver.entities;
    const firstWords = planes.words.length;
    for (let step = 0; step < 3; step++) walkers.deliver(walkers.step(NO_BUDGET, (index) => (index < 40 ? 1 : 0)));
    expect(planes.words.length).toBe(firstWords);
    const sizes: number[] = [];
    for (let step = 0; step < 3; step++) {
      const packets = walkers.step();
      sizes.push(packets.reduce((sum, { length }) => sum + length, 0));
      walkers.deliver(packets);
    }
    expect(planes.words.length).toBe(8 * firstWords);
    expect(walkers.receiver.entities.count).toBe(300);
    // Those who were there before are told against what was known, in the packet that brings the others, too.
    expect(walkers.shown.shown.get(1)).toMatchObject({ x: 9 * walkers.history.number });
    expect(sizes[2]).toBeLessThan((sizes[0] ?? 0) / 4);
  });

  test("decodes what was encoded, for random worlds", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const world = new RandomWorld(createSeededRandom(seed), 20 + 8 * seed);
      const sender = new SnapshotSender(world.history, { slots: 512 });
      const receiver = new SnapshotReceiver(512);
      let sequence = 0;
      for (let snapshot = 0; snapshot < 30; snapshot++) {
        world.advance({ sender, budgetBytes: NO_BUDGET });
        const decoded = new Map<number, Truth>();
        for (const packet of writePackets(sender, () => ++sequence)) {
          expect(receiver.decode(packet), `seed ${seed}: ${receiver.detail}`).toBe(true);
          for (const entity of updatedEntities(receiver)) decoded.set(entity.id, entity);
          // Acks come at once in some worlds, late in others.
          if (seed % 3 !== 0) sender.acknowledge((sequence - (seed % 5)) & 0xffff, 0);
        }
        expect(decoded, `seed ${seed}, snapshot ${snapshot}`).toEqual(world.truth.get(world.history.tick));
      }
    }
  });

  test("the bits of an ack count for packets whose own ack was lost, also when they come later than newer ones", () => {
    const out = new Uint8Array(1150);
    const bytesAfter = (acknowledge: (sender: SnapshotSender) => void) => {
      const history = new EntityHistory(2);
      const sender = new SnapshotSender(history);
      let sequence = 0;
      const tell = (index: number) => {
        history.advance(history.tick + 3);
        for (const each of [0, 1]) history.write(each, each + 1, 5000 + 9 * history.number, 7, 100_000, 1000);
        sender.begin(NO_BUDGET, true);
        sender.see(index, 1);
        sequence += 1;
        return sender.writePacket(sequence, out, 0);
      };
      // Packet 1 tells of the one, packets 2 and 3 of the other.
      for (const index of [0, 1, 1]) tell(index);
      acknowledge(sender);
      return tell(0);
    };
    const first = 1;
    // That of another one: the census, which goes with the first packets, is known then.
    const inFull = bytesAfter((sender) => sender.acknowledge(first + 1, 0));
    const known = bytesAfter((sender) => sender.acknowledge(first, 0));
    expect(known).toBeLessThan(inFull);
    expect(bytesAfter((sender) => sender.acknowledge(first + 1, 0b1))).toBe(known);
    const late = (sender: SnapshotSender) => {
      sender.acknowledge(first + 1, 0);
      sender.acknowledge(first + 2, 0b11);
    };
    expect(bytesAfter(late)).toBe(known);
    const repeated = (sender: SnapshotSender) => {
      sender.acknowledge(first + 1, 0);
      sender.acknowledge(first + 1, 0b1);
    };
    expect(bytesAfter(repeated)).toBe(known);
    const overtaken = (sender: SnapshotSender) => {
      sender.acknowledge(first + 2, 0);
      sender.acknowledge(first, 0);
    };
    expect(bytesAfter(overtaken)).toBe(known);
  });

  test("where differences do not all fit, the most urgent go first", () => {
    const world = new RandomWorld(createSeededRandom(3), 200);
    const sender = new SnapshotSender(world.history, { slots: 512, keyframeIntervalSnapshots: 0 });
    const receiver = new SnapshotReceiver(512);
    const out = new Uint8Array(1150);
    const urgent = new Set<number>();
    let sequence = 0;
    for (let snapshot = 1; snapshot <= 40; snapshot++) {
      world.advance();
      const scarce = snapshot === 40;
      sender.begin(scarce ? 300 : NO_BUDGET);
      for (const id of world.truth.get(world.history.tick)?.keys() ?? []) {
        const index = world.history.ids.indexOf(id | 0);
        // Those in the last slots, which are written last.
        if (index >= 170) urgent.add(id);
        sender.see(index, index >= 170 ? 60_000 : 1);
      }
      const told: number[] = [];
      while (sender.pending) {
        sequence += 1;
        const packet = out.slice(0, sender.writePacket(sequence, out, 0));
        expect(receiver.decode(packet), receiver.detail).toBe(true);
        sender.acknowledge(sequence, 0);
        told.push(...updatedEntities(receiver).map(({ id }) => id));
      }
      if (!scarce) continue;
      expect(told.length).toBeGreaterThan(5);
      expect(told.filter((id) => !urgent.has(id)).length).toBeLessThan(told.length / 4);
    }
  });

  test("packets of one snapshot can be read one without the other", () => {
    const walkers = new Walkers(200);
    const packets = walkers.step();
    expect(packets.length).toBeGreaterThan(1);
    const ids = new Set<number>();
    for (const packet of packets) {
      const receiver = new SnapshotReceiver(256);
      expect(receiver.decode(packet), receiver.detail).toBe(true);
      for (const { id } of updatedEntities(receiver)) ids.add(id);
    }
    expect(ids.size).toBe(200);
  });

  test("who goes on as before costs a fraction of a bit, turning or not", () => {
    const walkers = new Walkers(200);
    for (let snapshot = 0; snapshot < 3; snapshot++) walkers.deliver(walkers.step());
    const [packet] = walkers.step();
    expect(packet?.length).toBeLessThan(30);
  });

  test("sends nothing for an empty world but its tick", () => {
    const walkers = new Walkers(0);
    const packets = walkers.step();
    expect(packets).toHaveLength(1);
    walkers.deliver(packets);
    expect(walkers.receiver.update).toMatchObject({ tick: 3, count: 0, leftCount: 0 });
  });

  test("says who left, once, and gives the slot to somebody else", () => {
    const walkers = new Walkers(3, 2);
    walkers.deliver(walkers.step(NO_BUDGET, (index) => (index < 2 ? 1 : 0)));
    expect([...walkers.shown.shown.keys()]).toEqual([1, 2]);
    walkers.deliver(walkers.step(NO_BUDGET, (index) => (index === 0 ? 1 : 0)));
    expect(walkers.receiver.update.leftCount).toBe(1);
    expect(walkers.receiver.update.leftEntityId[0]).toBe(2);
    walkers.deliver(walkers.step(NO_BUDGET, (index) => (index !== 1 ? 1 : 0)));
    expect(walkers.receiver.update.leftCount).toBe(0);
    walkers.deliver(walkers.step(NO_BUDGET, (index) => (index !== 1 ? 1 : 0)));
    expect([...walkers.shown.shown.keys()]).toEqual([1, 3]);
  });

  test("keeps telling of somebody who left until it is acked", () => {
    const walkers = new Walkers(2);
    walkers.deliver(walkers.step());
    for (let lost = 0; lost < 50; lost++) walkers.step(NO_BUDGET, (index) => index);
    walkers.deliver(walkers.step(NO_BUDGET, (index) => index));
    expect([...walkers.shown.shown.keys()]).toEqual([2]);
  });

  test("has no more entities than slots", () => {
    const walkers = new Walkers(10, 4);
    walkers.deliver(walkers.step());
    expect(walkers.shown.shown.size).toBe(4);
  });

  test("keeps to the budget, and the urgent come more often", () => {
    const walkers = new Walkers(200);
    for (let snapshot = 0; snapshot < 10; snapshot++) walkers.deliver(walkers.step());
    const sent = new Map<number, number>();
    for (let snapshot = 0; snapshot < 300; snapshot++) {
      // Not acked: baselines age, then records grow to their full size.
      const packets = walkers.step(300, (index) => (index < 20 ? 8 : 1));
      expect(packets.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(300);
      for (const packet of packets) {
        expect(walkers.receiver.decode(packet), walkers.receiver.detail).toBe(true);
        for (const { id } of updatedEntities(walkers.receiver)) sent.set(id, (sent.get(id) ?? 0) + 1);
      }
    }
    const mean = (ids: number[]) => ids.reduce((sum, id) => sum + (sent.get(id) ?? 0), 0) / ids.length;
    const urgent = mean(Array.from({ length: 20 }, (_, index) => index + 1));
    const others = mean(Array.from({ length: 180 }, (_, index) => index + 21));
    expect(urgent).toBeGreaterThan(2 * others);
    expect(sent.size).toBe(200);
  });

  test("asks for a keyframe when a baseline is not there, and is helped by one", () => {
    const walkers = new Walkers(50);
    const lost = walkers.step();
    for (let sequence = 1; sequence <= lost.length; sequence++) walkers.sender.acknowledge(sequence, 0);
    const [difference] = walkers.step();
    if (difference === undefined) throw new Error("no packet was written");
    expect(walkers.receiver.decode(difference)).toBe(false);
    expect(walkers.receiver.error).toBe("unknown_baseline");
    expect(walkers.receiver.update.count).toBe(0);
    expect(walkers.receiver.keyframeNeeded).toBe(true);
    walkers.sender.requestKeyframe();
    walkers.deliver(walkers.step());
    expect(walkers.receiver.keyframeNeeded).toBe(false);
    expect(walkers.shown.shown.size).toBe(50);
  });

  test("a keyframe comes by itself now and then", () => {
    const history = new EntityHistory(1);
    const sender = new SnapshotSender(history, { slots: 1, keyframeIntervalSnapshots: 20 });
    const keyframes: number[] = [];
    for (let number = 1; number <= 60; number++) {
      history.advance(number);
      history.write(0, 9, 1, 2, 3, 4);
      sender.begin(NO_BUDGET);
      sender.see(0, 1);
      const [packet] = writePackets(sender, () => number);
      if (packet !== undefined && new SnapshotReceiver(1).decode(packet)) keyframes.push(number);
      sender.acknowledge(number, 0);
    }
    expect(keyframes).toEqual([1, 20, 40, 60]);
  });

  test("the ground's heights do not travel when both ends have the ground", () => {
    const slope = { heightSteps: (x: number, z: number) => Math.ceil((x * x) / 90_000 + z / 7) | 0 };
    const bytes = [slope, undefined].map((terrain) => {
      const history = new EntityHistory(50);
      const options = terrain === undefined ? {} : { terrain };
      const sender = new SnapshotSender(history, options);
      const receiver = new SnapshotReceiver(1024, terrain);
      let last = 0;
      for (let number = 1; number <= 10; number++) {
        history.advance(number);
        sender.begin(NO_BUDGET);
        for (let index = 0; index < 50; index++) {
          const x = 9000 * index + 13 * number;
          history.write(index, index + 1, x, slope.heightSteps(x, 5 * number), 5 * number, 0);
          sender.see(index, 1);
        }
        const [packet] = writePackets(sender, () => number);
        if (packet === undefined) throw new Error("no packet was written");
        expect(receiver.decode(packet), receiver.detail).toBe(true);
        for (const { id, x, y, z } of updatedEntities(receiver)) {
          expect([x, y, z]).toEqual([9000 * (id - 1) + 13 * number, slope.heightSteps(x, z), 5 * number]);
        }
        sender.acknowledge(number, 0);
        last = packet.length;
      }
      return last;
    });
    expect(bytes[0]).toBeLessThan(16);
    expect(bytes[1]).toBeGreaterThan(24);
  });

  test("a mistake of the program is thrown at it", () => {
    const history = new EntityHistory(2);
    const sender = new SnapshotSender(history);
    expect(() => history.advance(0)).toThrow(RangeError);
    history.advance(5);
    expect(() => history.advance(5)).toThrow(/above 5/);
    expect(() => history.write(2, 1, 0, 0, 0, 0)).toThrow(/index/);
    expect(() => history.write(0, 0, 0, 0, 0, 0)).toThrow(/id/);
    expect(() => history.write(0, 1, 0.5, 0, 0, 0)).toThrow(/x/);
    expect(() => history.write(0, 1, 0, 2 ** 24 + 1, 0, 0)).toThrow(/y/);
    sender.begin(100);
    expect(() => sender.see(0, 1)).toThrow(/no state/);
    expect(() => sender.begin(100)).toThrow(/begun/);
    expect(() => new SnapshotSender(history, { slots: 0 })).toThrow(/slots/);
    expect(() => new SnapshotReceiver(5000)).toThrow(/slots/);
  });
});
