import { describe, expect, it } from "vitest";
import { copiesFor, InputSender } from "../../../scripts/client/input-sender.ts";
import { MAX_COMMANDS_IN_FLIGHT, Prediction } from "../../../scripts/client/prediction.ts";
import { type Input, MAX_COMMANDS_PER_INPUT } from "../../../scripts/protocol/messages.ts";
import { createMoveState } from "../../../scripts/simulation/move-state.ts";
import { stepMovement } from "../../../scripts/simulation/movement.ts";
import { decodeZone, encodeZone } from "../../../scripts/simulation/zone-file.ts";
import { createTestZone } from "../../fixtures/test-zone.ts";

const decoded = decodeZone(encodeZone(createTestZone()));
if (!decoded.ok) throw new Error(decoded.reason);
const { world } = decoded.zone;

/** Four copies of each command. */
const UNKNOWN = { acked: true, longestRun: 1, lost: 0 };

/** Runs ticks, the server answering each after `roundTripTicks`, or never. Returns the ticks in each packet. */
function packetsOf(ticks: number, roundTripTicks: number, uplink = UNKNOWN): number[][] {
  const truth = createMoveState();
  const prediction = new Prediction(world, truth, 1);
  const sender = new InputSender();
  const packets: number[][] = [];
  const send = (input: Input) => {
    packets.push(input.commands.slice(0, input.commandCount).map(({ tick }) => tick));
    expect(input.ackServerTick).toBe(77);
  };
  const command = (tick: number) => ({ tick, moveX: 0, moveZ: 0, yaw: 0, pitch: 0, buttons: 0 });
  for (let tick = 1; tick <= ticks; tick += 1) {
    if (prediction.ready) prediction.step(command(tick));
    if (tick > roundTripTicks) {
      stepMovement(world, truth, command(tick - roundTripTicks));
      prediction.reconcile(tick - roundTripTicks, truth);
    }
    sender.afterTick(prediction, 77, { rttTicks: 6, snapshotTicks: 3, uplink }, send);
  }
  return packets;
}

describe("InputSender", () => {
  it("sends two new commands every second tick, the three packets before repeated", () => {
    const packets = packetsOf(60, 10);
    expect(packets).toHaveLength(30);
    expect(packets[0]).toEqual([1, 2]);
    expect(packets[1]).toEqual([1, 2, 3, 4]);
    expect(packets[29]).toEqual([53, 54, 55, 56, 57, 58, 59, 60]);
  });

  it("does not repeat what is answered", () => {
    expect(packetsOf(60, 3).at(-1)).toEqual([58, 59, 60]);
  });

  it("holds every command in four packets in a row", () => {
    const packets = packetsOf(200, 10);
    for (let tick = 1; tick <= 190; tick += 1) {
      const first = packets.findIndex((ticks) => ticks.includes(tick));
      for (let i = first; i < first + 4; i += 1) expect(packets[i]).toContain(tick);
    }
  });

  it("repeats everything from the oldest on when nothing is answered, also when prediction has stopped", () => {
    const packets = packetsOf(400, Number.POSITIVE_INFINITY);
    for (const ticks of packets) {
      expect(ticks.length).toBeLessThanOrEqual(MAX_COMMANDS_PER_INPUT);
      expect(ticks).toEqual(ticks.map((_, i) => (ticks[0] ?? 0) + i));
    }
    const lastRound = new Set(packets.slice(-40).flat());
    expect(lastRound.size).toBe(MAX_COMMANDS_IN_FLIGHT);
    expect(Math.max(...lastRound)).toBe(MAX_COMMANDS_IN_FLIGHT);
  });

  it("repeats as often as losses ask for: 2 to 8 packets hold each command", () => {
    const link = (longestRun: number, rttTicks = 2) => ({
      rttTicks,
      snapshotTicks: 3,
      uplink: { acked: true, longestRun, lost: 0 },
    });
    expect([0, 1, 3, 6, 50].map((run) => copiesFor(link(run)))).toEqual([2, 3, 5, 8, 8]);
    expect(copiesFor(link(0, 9))).toBe(3);
    expect(copiesFor({ ...link(0), uplink: { acked: false, longestRun: 0, lost: 0 } })).toBe(8);
    const packets = packetsOf(60, 12, { acked: true, longestRun: 0, lost: 0 });
    expect(packets[20]).toHaveLength(6);
  });

  it("sends everything unanswered again, once, when acks show a loss", () => {
    const uplink = { acked: true, longestRun: 0, lost: 0 };
    const before = packetsOf(100, 14, uplink).length;
    const counted = { ...uplink };
    const reads = { count: 0 };
    Object.defineProperty(counted, "lost", {
      get: () => {
        reads.count += 1;
        return reads.count > 60 ? 1 : 0;
      },
    });
    const packets = packetsOf(100, 14, counted);
    const long = packets.filter((ticks) => ticks.length > 10);
    expect(long.length).toBe(1);
    expect(packets.length).toBe(before);
  });

  it("sends an older part apart from the newest when a packet cannot hold all and losses are long", () => {
    const packets = packetsOf(300, 40, { acked: true, longestRun: 8, lost: 0 });
    for (let tick = 100; tick < 240; tick += 1) {
      const holding = packets.flatMap((ticks, i) => (ticks.includes(tick) ? [i] : []));
      expect(holding.length).toBeGreaterThanOrEqual(9);
    }
    for (const ticks of packets) expect(ticks.length).toBeLessThanOrEqual(MAX_COMMANDS_PER_INPUT);
  });

  it("lets no command of a long frame wait for the next one, and sends no more often at high frame rates", () => {
    const link = { rttTicks: 6, snapshotTicks: 3, uplink: UNKNOWN };
    for (const [frameTicks, packetsPerFrame] of [
      [1, 0.5],
      [2, 1],
      [3, 2],
      [7, 4],
    ] as const) {
      const prediction = new Prediction(world, createMoveState(), 1);
      const sender = new InputSender();
      let packets = 0;
      let newest = 0;
      const send = (input: Input) => {
        packets += 1;
        newest = input.commands[input.commandCount - 1]?.tick ?? 0;
      };
      for (let frame = 0; frame < 10; frame += 1) {
        for (let i = 0; i < frameTicks; i += 1) {
          prediction.step({ tick: prediction.newestTick + 1, moveX: 0, moveZ: 0, yaw: 0, pitch: 0, buttons: 0 });
          sender.afterTick(prediction, 77, link, send);
        }
        sender.afterFrame(frameTicks, prediction, 77, link, send);
        if (frameTicks > 1) expect(newest).toBe(prediction.newestTick);
        prediction.reconcile(prediction.newestTick, prediction.state);
      }
      expect(packets, `${frameTicks} ticks a frame`).toBeGreaterThanOrEqual(10 * packetsPerFrame);
      if (frameTicks <= 3) expect(packets).toBe(10 * packetsPerFrame);
    }
  });
});
