import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MessageType } from "../../../scripts/protocol/messages.ts";
import { createPacketHeader, type PacketHeader } from "../../../scripts/protocol/packet-header.ts";
import { PacketSequencer, type SequenceVerdict } from "../../../scripts/protocol/packet-sequencer.ts";

const WINDOW = 1_024;

function packet(number: number, sessionEpoch = 1, type: PacketHeader["type"] = MessageType.input): PacketHeader {
  return { ...createPacketHeader(), type, sessionEpoch, sequence: number & 0xffff };
}

function opened(): PacketSequencer {
  const sequencer = new PacketSequencer();
  sequencer.reset(1);
  return sequencer;
}

/** The same judgement over numbers that do not wrap, with all the memory that it likes. */
class Model {
  readonly seen = new Set<number>();
  newest = 0;

  accept(number: number): SequenceVerdict {
    if (number <= this.newest - WINDOW) return "stale";
    if (this.seen.has(number)) return "duplicate";
    this.seen.add(number);
    this.newest = Math.max(this.newest, number);
    return "fresh";
  }

  ackBits(): number {
    let bits = 0;
    for (let i = 0; i < 32; i++) if (this.seen.has(this.newest - 1 - i)) bits += 2 ** i;
    return bits;
  }
}

/** Steps from the newest number: mostly one ahead, with jumps, repetitions and latecomers. */
const steps = fc.oneof(
  { weight: 6, arbitrary: fc.constant(1) },
  { weight: 3, arbitrary: fc.integer({ min: -40, max: 5 }) },
  { weight: 1, arbitrary: fc.integer({ min: -3_000, max: 3_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(-WINDOW - 1, -WINDOW, -WINDOW + 1, 32_767) },
);

describe("[P60] what arrives is judged by its number alone", () => {
  test("under loss, duplication and reordering, across any number of wraps", () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 600 }), (path) => {
        const sequencer = opened();
        const model = new Model();
        const reply = createPacketHeader();
        for (const step of path) {
          const number = model.newest + step;
          if (number < 1) continue;
          expect(sequencer.accept(packet(number))).toBe(model.accept(number));
          sequencer.next(reply);
          expect(reply.ack).toBe(model.newest & 0xffff);
          expect(reply.ackBits).toBe(model.ackBits());
        }
      }),
    );
  });

  test("[P63] a slot that was jumped over does not look received a lap later", () => {
    const sequencer = opened();
    // 66000 is 464 again after a lap of 65536, and nothing in between has used the slot of 464.
    for (const number of [464, 30_001, 60_002, 66_001]) expect(sequencer.accept(packet(number))).toBe("fresh");
    expect(sequencer.accept(packet(66_000))).toBe("fresh");
    expect(sequencer.accept(packet(66_000))).toBe("duplicate");
  });

  test("two laps without a loss leave no trace", () => {
    const sequencer = opened();
    for (let number = 1; number <= 140_000; number++) sequencer.accept(packet(number));
    expect(sequencer.counters).toEqual({ duplicates: 0, stale: 0, gaps: 0 });
  });
});

describe("counters", () => {
  test("[P64] gaps count what is missing and forget what comes late", () => {
    const sequencer = opened();
    for (const number of [3, 4, 8]) sequencer.accept(packet(number));
    expect(sequencer.counters.gaps).toBe(5);
    expect(sequencer.accept(packet(6))).toBe("fresh");
    expect(sequencer.accept(packet(6))).toBe("duplicate");
    expect(sequencer.counters).toEqual({ duplicates: 1, stale: 0, gaps: 4 });
  });

  test("[P61] packets of another epoch are stale and change nothing", () => {
    const sequencer = opened();
    sequencer.accept(packet(5));
    expect(sequencer.accept(packet(900, 2))).toBe("stale");
    expect(sequencer.accept(packet(6, 0))).toBe("stale");
    expect(sequencer.newestReceived).toBe(5);
    expect(sequencer.counters.stale).toBe(2);
  });

  test("[P62] a reliable message is never too late, an unreliable one is", () => {
    const sequencer = opened();
    sequencer.accept(packet(5_000));
    expect(sequencer.accept(packet(100, 1, MessageType.input))).toBe("stale");
    expect(sequencer.accept(packet(100, 1, MessageType.presence))).toBe("fresh");
    expect(sequencer.newestReceived).toBe(5_000);
  });
});

describe("what leaves", () => {
  test("[P65] is numbered from 1 and wraps through 0; nothing received is acked as 0", () => {
    const sequencer = opened();
    const header = createPacketHeader();
    sequencer.next(header);
    expect(header).toMatchObject({ sessionEpoch: 1, sequence: 1, ack: 0, ackBits: 0 });
    for (let number = 2; number <= 65_537; number++) sequencer.next(header);
    expect(header.sequence).toBe(1);
  });

  test("[P66] acks tell the sender exactly what arrived", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("arrives", "lost", "twice", "late"), { maxLength: 300 }), (fates) => {
        const sender = opened();
        const receiver = opened();
        const arrived = new Set<number>();
        const late: PacketHeader[] = [];
        const deliver = (header: PacketHeader) => {
          if (receiver.accept(header) === "fresh") arrived.add(header.sequence);
        };
        for (const fate of fates) {
          const header = createPacketHeader();
          sender.next(header);
          if (fate === "late") late.push(header);
          if (fate === "arrives" || fate === "twice") deliver(header);
          if (fate === "twice") deliver(header);
          const overdue = late.length > 3 ? late.shift() : undefined;
          if (overdue !== undefined) deliver(overdue);
        }
        const reply = createPacketHeader();
        receiver.next(reply);
        if (reply.ack === 0) expect(arrived.size).toBe(0);
        else expect(arrived.has(reply.ack)).toBe(true);
        for (let i = 0; i < 32; i++) {
          expect(((reply.ackBits >>> i) & 1) === 1).toBe(arrived.has(reply.ack - 1 - i));
        }
      }),
    );
  });

  test("a reset starts over", () => {
    const sequencer = opened();
    const header = createPacketHeader();
    sequencer.next(header);
    sequencer.accept(packet(40));
    sequencer.reset(2);
    sequencer.next(header);
    expect(header).toMatchObject({ sessionEpoch: 2, sequence: 1, ack: 0, ackBits: 0 });
    expect(sequencer.accept(packet(40, 2))).toBe("fresh");
    expect(() => sequencer.reset(65_536)).toThrow("epoch: expected an integer from 0 to 65535, got 65536");
  });
});
