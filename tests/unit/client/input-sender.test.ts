import { describe, expect, it } from "vitest";
import { InputSender } from "../../../scripts/client/input-sender.ts";
import { MAX_COMMANDS_IN_FLIGHT, Prediction } from "../../../scripts/client/prediction.ts";
import { type Input, MAX_COMMANDS_PER_INPUT } from "../../../scripts/protocol/messages.ts";
import { createMoveState } from "../../../scripts/simulation/move-state.ts";
import { stepMovement } from "../../../scripts/simulation/movement.ts";
import { decodeZone, encodeZone } from "../../../scripts/simulation/zone-file.ts";
import { createTestZone } from "../../fixtures/test-zone.ts";

const decoded = decodeZone(encodeZone(createTestZone()));
if (!decoded.ok) throw new Error(decoded.reason);
const { world } = decoded.zone;

/** Runs ticks, the server answering each after `roundTripTicks`, or never. Returns the ticks in each packet. */
function packetsOf(ticks: number, roundTripTicks: number): number[][] {
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
    sender.afterTick(prediction, 77, 6, send);
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
});
