import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createLinkConditions,
  type DirectionConditions,
} from "../../../../scripts/transport/conditioner/link-conditions.ts";
import { LinkDirection } from "../../../../scripts/transport/conditioner/link-direction.ts";
import { PacketPool } from "../../../../scripts/transport/conditioner/packet-pool.ts";
import { createSeededRandom } from "../../../../scripts/transport/conditioner/seeded-random.ts";
import { StallSchedule } from "../../../../scripts/transport/conditioner/stall-schedule.ts";

interface Arrival {
  number: number;
  atMs: number;
  reliable: boolean;
}

/** One direction of a link, with numbered messages on it. */
class Wire {
  readonly stalls = new StallSchedule(createSeededRandom(99));
  readonly direction: LinkDirection;
  readonly arrivals: Arrival[] = [];
  readonly #pool = new PacketPool();
  #conditions: DirectionConditions;

  constructor(conditions: Partial<DirectionConditions>, seed = 1) {
    this.#conditions = createLinkConditions(conditions).up;
    this.direction = new LinkDirection(this.#pool, this.stalls, seed);
    this.stalls.start(0);
  }

  send(atMs: number, number: number, reliable = false, bytes = 8): void {
    const message = new Uint8Array(bytes);
    new DataView(message.buffer).setUint32(0, number);
    this.direction.send(atMs, message, reliable, this.#conditions);
    message.fill(0xff);
  }

  change(conditions: DirectionConditions): void {
    this.#conditions = conditions;
  }

  /** As a transport does it. Returns whether it was there at once. */
  passOrSend(atMs: number, number: number, reliable: boolean, bytes: number): boolean {
    const passes = this.direction.passes(atMs, bytes, this.#conditions);
    if (passes) this.arrivals.push({ number, atMs, reliable });
    else this.send(atMs, number, reliable, bytes);
    return passes;
  }

  /** Takes what arrives up to a moment, each at its own. */
  run(untilMs: number): Arrival[] {
    for (let atMs = this.direction.nextAtMs; atMs <= untilMs; atMs = this.direction.nextAtMs) {
      const item = this.direction.takeDue(atMs);
      if (item === undefined) throw new Error("nextAtMs promised a message");
      const number = new DataView(item.bytes.buffer, item.bytes.byteOffset).getUint32(0);
      this.arrivals.push({ number, atMs, reliable: item.reliable });
      this.#pool.giveBack(item);
    }
    return this.arrivals;
  }
}

const numbers = (arrivals: readonly Arrival[]) => arrivals.map(({ number }) => number);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe("LinkDirection", () => {
  it("lets what passes at once overtake nothing, however the link changes meanwhile", () => {
    const links = [
      {},
      { latencyMs: 30 },
      { latencyMs: 80, jitterMs: 40, jitterCorrelationMs: 20 },
      { latencyMs: 5, lossRate: 0.4, meanBurst: 2 },
      { kilobitsPerSecond: 200, queueMs: 500 },
    ].map((changes) => createLinkConditions(changes).up);
    const step = fc.record({
      waitMs: fc.integer({ min: 0, max: 120 }),
      link: fc.constantFrom(0, 0, 0, 1, 2, 3, 4),
      reliable: fc.boolean(),
      bytes: fc.constantFrom(8, 3000),
      stallMs: fc.constantFrom(0, 0, 0, 0, 50),
    });
    let passed = 0;
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 10, maxLength: 40 }),
        fc.integer({ min: 1, max: 1000 }),
        (steps, seed) => {
          const wire = new Wire({}, seed);
          let atMs = 0;
          for (const [number, { waitMs, link, reliable, bytes, stallMs }] of steps.entries()) {
            atMs += waitMs;
            wire.run(atMs);
            if (stallMs > 0) wire.stalls.hold(atMs + stallMs);
            wire.change(links[link] ?? createLinkConditions().up);
            if (wire.passOrSend(atMs, number, reliable, bytes)) passed += 1;
          }
          for (const kind of [true, false]) {
            const order = numbers(wire.run(Number.MAX_VALUE).filter(({ reliable }) => reliable === kind));
            expect(order).toEqual([...order].sort((a, b) => a - b));
          }
        },
      ),
    );
    expect(passed).toBeGreaterThan(100);
  });

  it("takes the latency, to the fraction of a millisecond", () => {
    const wire = new Wire({ latencyMs: 12.25 });
    wire.send(100, 1);
    expect(wire.direction.takeDue(112.2)).toBeUndefined();
    expect(wire.run(1000)).toEqual([{ number: 1, atMs: 112.25, reliable: false }]);
  });

  it("spreads delays by the jitter around the latency, and keeps the order all the same", () => {
    const wire = new Wire({ latencyMs: 75, jitterMs: 30, jitterCorrelationMs: 50 });
    for (const number of upTo(5000)) wire.send(number * 10, number);
    const arrivals = wire.run(Number.MAX_VALUE);
    expect(numbers(arrivals)).toEqual(upTo(5000));
    const delays = arrivals.map(({ atMs, number }) => atMs - number * 10);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(45);
    expect(Math.min(...delays)).toBeLessThan(50);
    expect(Math.max(...delays)).toBeLessThanOrEqual(105);
    expect(Math.max(...delays)).toBeGreaterThan(100);
    expect(Math.abs(delays.reduce((sum, delay) => sum + delay, 0) / delays.length - 77)).toBeLessThan(5);
  });

  it("lets jitter overtake where that is asked for", () => {
    const wire = new Wire({ latencyMs: 75, jitterMs: 30, jitterCorrelationMs: 0, overtaking: true });
    for (const number of upTo(200)) wire.send(number * 5, number);
    const arrived = numbers(wire.run(Number.MAX_VALUE));
    expect(arrived).not.toEqual(upTo(200));
    expect([...arrived].sort((a, b) => a - b)).toEqual(upTo(200));
  });

  it("puts the share asked for behind one to three others, and loses none of them", () => {
    const wire = new Wire({ latencyMs: 20, reorderRate: 0.01 });
    for (const number of upTo(20_000)) wire.send(number * 33, number);
    const arrived = numbers(wire.run(Number.MAX_VALUE));
    expect([...arrived].sort((a, b) => a - b)).toEqual(upTo(20_000));
    let late = 0;
    let newest = -1;
    const behind = new Set<number>();
    for (const number of arrived) {
      if (number < newest) {
        late += 1;
        behind.add(newest - number);
      }
      newest = Math.max(newest, number);
    }
    // A fourth, where the third was itself behind somebody.
    expect([...behind].filter((count) => count <= 3).sort()).toEqual([1, 2, 3]);
    expect(Math.max(...behind)).toBeLessThanOrEqual(4);
    expect(late / 20_000).toBeCloseTo(0.01, 2);
    expect(late).toBeGreaterThan(120);
  });

  it("lets a message go that waits for others in vain", () => {
    const wire = new Wire({ latencyMs: 20, reorderRate: 1 });
    wire.send(0, 7);
    expect(numbers(wire.run(1000))).toEqual([7]);
    expect(wire.direction.empty).toBe(true);
  });

  it("doubles the share asked for, the copy not long after", () => {
    const wire = new Wire({ latencyMs: 20, duplicateRate: 0.1 });
    for (const number of upTo(5000)) wire.send(number * 100, number);
    const arrivals = wire.run(Number.MAX_VALUE);
    expect(Math.abs(arrivals.length / 5000 - 1.1)).toBeLessThan(0.02);
    for (const { number, atMs } of arrivals) expect(atMs - number * 100).toBeLessThanOrEqual(40);
  });

  it("carries no more than its bandwidth, queues what it can, and drops the rest", () => {
    // 972 and 28 bytes at 800 kbit/s: 10 ms each; 50 of them per second are half of what comes.
    const wire = new Wire({ latencyMs: 5, kilobitsPerSecond: 800, queueMs: 200 });
    for (const number of upTo(2000)) wire.send(number * 5, number, false, 972);
    const arrivals = wire.run(Number.MAX_VALUE);
    expect(numbers(arrivals)).toEqual([...numbers(arrivals)].sort((a, b) => a - b));
    const lastMs = arrivals.at(-1)?.atMs ?? 0;
    expect(Math.abs(arrivals.length - lastMs / 10)).toBeLessThan(2);
    const delays = arrivals.map(({ atMs, number }) => atMs - number * 5);
    expect(Math.max(...delays)).toBeLessThanOrEqual(200 + 10 + 5 + 1e-6);
    expect(Math.max(...delays)).toBeGreaterThan(200);
    expect(wire.direction.counters.overflowed).toBe(2000 - arrivals.length);
  });

  it("delivers nothing during a stall, and everything at its end, in order", () => {
    const wire = new Wire({ latencyMs: 10 });
    wire.stalls.hold(500);
    for (const number of upTo(50)) wire.send(number * 10, number);
    const arrivals = wire.run(Number.MAX_VALUE);
    expect(numbers(arrivals)).toEqual(upTo(50));
    for (const { atMs } of arrivals) expect(atMs).toBe(510);
  });

  it("sends a lost reliable message again after a round trip, and holds back those behind it", () => {
    const wire = new Wire({ latencyMs: 50, lossRate: 0.3, meanBurst: 2 }, 5);
    for (const number of upTo(500)) wire.send(number * 20, number, true);
    const arrivals = wire.run(Number.MAX_VALUE);
    expect(numbers(arrivals)).toEqual(upTo(500));
    expect(wire.direction.counters.retransmitted).toBeGreaterThan(100);
    expect(wire.direction.counters.lost).toBe(0);
    const delays = arrivals.map(({ atMs, number }) => atMs - number * 20);
    expect(Math.min(...delays)).toBe(50);
    expect(Math.max(...delays)).toBeGreaterThanOrEqual(200);
  });

  it("loses what is sent again by the share alone: a burst is over by then", () => {
    const wire = new Wire({ latencyMs: 50, lossRate: 0.2, meanBurst: 20 }, 5);
    for (const number of upTo(5000)) wire.send(number * 1000, number, true);
    const delays = wire.run(Number.MAX_VALUE).map(({ atMs, number }) => atMs - number * 1000);
    const lostOnce = delays.filter((delay) => delay > 50).length;
    const lostTwice = delays.filter((delay) => delay > 50 + 150).length;
    expect(Math.abs(lostOnce / 5000 - 0.2)).toBeLessThan(0.08);
    expect(Math.abs(lostTwice / lostOnce - 0.2)).toBeLessThan(0.06);
  });

  it("brings a reliable message even over a dead link, some day", () => {
    const wire = new Wire({ latencyMs: 50, lossRate: 1 });
    wire.send(0, 3, true);
    wire.send(0, 4, false);
    expect(numbers(wire.run(Number.MAX_VALUE))).toEqual([3]);
  });

  it("keeps its promises under any conditions: reliable once and in order, unreliable accounted for, the same for the same seed", () => {
    const conditions = fc.record({
      latencyMs: fc.integer({ min: 0, max: 500 }),
      jitterMs: fc.integer({ min: 0, max: 200 }),
      jitterCorrelationMs: fc.integer({ min: 0, max: 200 }),
      overtaking: fc.boolean(),
      lossRate: fc.double({ min: 0, max: 0.8, noNaN: true }),
      meanBurst: fc.double({ min: 1, max: 10, noNaN: true }),
      reorderRate: fc.double({ min: 0, max: 1, noNaN: true }),
      duplicateRate: fc.double({ min: 0, max: 1, noNaN: true }),
      kilobitsPerSecond: fc.constantFrom(0, 64, 1000),
      queueMs: fc.integer({ min: 0, max: 500 }),
    });
    function play(link: Partial<DirectionConditions>, seed: number): Wire {
      const wire = new Wire(link, seed);
      const random = createSeededRandom(seed, 8);
      let nowMs = 0;
      for (const number of upTo(300)) {
        nowMs += random() * 40;
        if (random() < 0.01) wire.stalls.hold(nowMs + random() * 1000);
        wire.send(nowMs, number, number % 3 === 0, 4 + Math.floor(random() * 3000));
        wire.run(nowMs);
      }
      wire.run(Number.MAX_VALUE);
      return wire;
    }
    fc.assert(
      fc.property(conditions, fc.integer(), (link, seed) => {
        const { arrivals, direction } = play(link, seed);
        const reliable = numbers(arrivals.filter((arrival) => arrival.reliable));
        expect(reliable).toEqual(upTo(300).filter((number) => number % 3 === 0));
        const { lost, overflowed, duplicated } = direction.counters;
        expect(arrivals.length - reliable.length).toBe(200 - lost - overflowed + duplicated);
        expect(direction.empty).toBe(true);
        expect(direction.pendingBytes).toBe(0);
        for (let index = 1; index < arrivals.length; index += 1) {
          expect(arrivals[index]?.atMs).toBeGreaterThanOrEqual(arrivals[index - 1]?.atMs ?? 0);
        }
        expect(play(link, seed).arrivals).toEqual(arrivals);
      }),
      { numRuns: 60 },
    );
  });
});
