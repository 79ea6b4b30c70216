import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RATE_PACKETS, UplinkLoss } from "../../../scripts/client/uplink-loss.ts";
import { createPacketHeader } from "../../../scripts/protocol/packet-header.ts";
import { PacketSequencer } from "../../../scripts/protocol/packet-sequencer.ts";

/** Sends packets of which some arrive, the other side acking after each `ackEvery`-th; returns what the sender found out. */
function run(arrives: readonly boolean[], ackEvery = 2): UplinkLoss {
  const loss = new UplinkLoss();
  const sender = new PacketSequencer();
  const receiver = new PacketSequencer();
  const header = createPacketHeader();
  const answer = createPacketHeader();
  for (const [i, arrived] of arrives.entries()) {
    sender.next(header);
    loss.sent(header.sequence, true);
    if (arrived) receiver.accept(header);
    if (i % ackEvery !== 0) continue;
    receiver.next(answer);
    loss.acknowledge(answer.ack, answer.ackBits);
  }
  return loss;
}

describe("UplinkLoss", () => {
  it("sees nothing lost on a link that loses nothing, also when sequences wrap", () => {
    const loss = run(Array.from({ length: 70_000 }, () => true));
    expect(loss).toMatchObject({ lossRate: 0, longestRun: 0, lost: 0 });
    expect(loss.arrived).toBeGreaterThan(69_000);
  });

  it("counts what is lost, and how many in a row", () => {
    const arrives = Array.from({ length: 400 }, (_, i) => i % 100 < 95 || i < 100);
    const loss = run(arrives);
    expect(loss.lost).toBe(15 - 5 + 0);
    expect(loss.longestRun).toBe(5);
    expect(loss.lossRate).toBeGreaterThan(0.01);
    expect(loss.lossRate).toBeLessThan(0.08);
  });

  it("tells the share of the last packets, from the first second on, and nothing of those before", () => {
    const everyFifth = (count: number) => Array.from({ length: count }, (_, i) => i % 5 !== 4);
    expect(run(everyFifth(45)).lossRate).toBeCloseTo(0.2, 1);
    expect(run(everyFifth(600)).lossRate).toBeCloseTo(0.2, 2);
    const calm = Array.from({ length: RATE_PACKETS }, () => true);
    expect(run([...everyFifth(600), ...calm.slice(0, RATE_PACKETS / 2)]).lossRate).toBeCloseTo(0.1, 1);
    expect(run([...everyFifth(600), ...calm, true, true, true, true, true]).lossRate).toBe(0);
  });

  it("counts each packet once, right, whatever is lost and however seldom acks come", () => {
    const links = fc.tuple(fc.array(fc.boolean(), { minLength: 50, maxLength: 300 }), fc.integer({ min: 1, max: 8 }));
    fc.assert(
      fc.property(links, ([pattern, ackEvery]) => {
        const arrives = [...pattern, ...Array.from({ length: 40 }, () => true)];
        const loss = run(arrives, ackEvery);
        expect(loss.lost).toBeLessThanOrEqual(arrives.filter((arrived) => !arrived).length);
        expect(loss.arrived).toBeLessThanOrEqual(arrives.filter((arrived) => arrived).length);
        if (!/(false,){20}/.test(`${arrives.join(",")},`)) {
          expect(loss.lost).toBe(arrives.filter((arrived) => !arrived).length);
        }
      }),
    );
  });

  it("forgets a long run of losses in time", () => {
    const loss = run([...Array.from({ length: 50 }, (_, i) => i < 20 || i >= 28), ...Array(12_000).fill(true)]);
    expect(loss.longestRun).toBeLessThan(3);
  });

  it("does not count packets that nobody acks, nor believe acks of what was never sent", () => {
    const loss = new UplinkLoss();
    for (let sequence = 1; sequence <= 50; sequence += 1) loss.sent(sequence, sequence > 40);
    loss.acknowledge(50, 0x1ff);
    expect(loss.lost).toBe(0);
    loss.acknowledge(60, 0xffff_ffff);
    loss.acknowledge(40_000, 0);
    expect(loss.lost).toBe(0);
    expect(loss.arrived).toBeLessThanOrEqual(50);
  });
});
