import { describe, expect, it } from "vitest";
import { Capability } from "../../scripts/protocol/capability.ts";
import { MessageDecoder } from "../../scripts/protocol/message-decoder.ts";
import { MessageLog } from "../../scripts/protocol/message-log/message-log.ts";
import { Delivery } from "../../scripts/transport/transport.ts";
import { ZoneMetrics } from "../../server/metrics/zone-metrics.ts";
import type { ZoneServerOptions } from "../../server/zone/zone-server.ts";
import { compareCohorts } from "../../tools/metrics/compare-cohorts.ts";
import { parseExposition } from "../../tools/metrics/parse-exposition.ts";
import { checkExposition } from "../unit/server/metrics/exposition-grammar.ts";
import { SERVER_ADDRESS, VirtualWorld } from "./virtual-world.ts";

function measuredWorld() {
  const metrics: ZoneMetrics = new ZoneMetrics("test", () => world.nowMs * 1e6);
  const lines: string[] = [];
  const messageLog = new MessageLog({
    reader: new MessageDecoder(),
    write: (line) => lines.push(line),
    nowMs: () => world.nowMs,
    linesPerSecond: 1_000_000,
  });
  const server: Pick<ZoneServerOptions, "meter" | "messageLog" | "ticks"> = {
    meter: metrics.meter,
    ticks: metrics.ticks,
    messageLog,
  };
  const world: VirtualWorld = new VirtualWorld({ server });
  const zone = world.startServer();
  return { world, zone, metrics, lines };
}

describe("a measured zone", () => {
  it("counts every packet that came and went, by the features of its session", () => {
    const { world, zone, metrics, lines } = measuredWorld();
    world.addPlayer("Ada");
    world.addPlayer("Bob", { capabilities: [Capability.sequenced] });
    world.addPlayer("Eve", { capabilities: [Capability.legacy] });
    const stranger = world.network.createTransport();
    const connection = stranger.connect(SERVER_ADDRESS);
    world.runFor(500);
    stranger.poll({ onConnecting: () => false, onOpen: () => {}, onMessage: () => {}, onClosed: () => {} });
    stranger.send(connection, new Uint8Array([1, 2, 3]), Delivery.reliable);
    stranger.send(connection, new Uint8Array([0x94, 0xc1]), Delivery.reliable);
    stranger.flush();
    world.runFor(5_000);
    const text = metrics.text(zone);
    checkExposition(text);
    const samples = parseExposition(text);
    const sum = (name: string, labels: Record<string, string> = {}) =>
      samples
        .filter(
          (sample) =>
            sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
        )
        .reduce((all, { value }) => all + value, 0);

    const { counters } = zone;
    expect(counters.malformed).toBe(2);
    expect(sum("darkages_protocol_refusals_total", { cohort: "newcomer" })).toBe(2);
    const received = sum("darkages_protocol_message_bytes_count", { direction: "in" });
    expect(received).toBe(counters.packetsIn - counters.malformed);
    expect(sum("darkages_protocol_message_bytes_count", { direction: "out" })).toBe(counters.packetsOut);
    expect(sum("darkages_protocol_message_bytes_sum", { direction: "out" })).toBe(counters.bytesOut);
    expect(sum("darkages_protocol_message_bytes_sum", { direction: "in" })).toBe(counters.bytesIn - 5);
    expect(sum("darkages_zone_tick_seconds_count")).toBe(counters.ticks);
    expect(sum("darkages_protocol_sessions")).toBe(counters.players);
    expect(lines).toHaveLength(counters.packetsIn + counters.packetsOut);
    expect(lines.filter((line) => line.includes("unreadable"))).toHaveLength(2);

    const { on, off } = compareCohorts(samples, Capability.snapshotDelta);
    expect([on.sessions, off.sessions]).toEqual([1, 2]);
    expect(off.cohorts).toEqual(["v1", "v2"]);
    expect(on.sessionSeconds).toBeGreaterThan(5);
    expect(on.sessionSeconds).toBeLessThan(5.5);
    expect(on.out.messagesPerSecond).toBeGreaterThan(20);
  });

  it("says what was measured also after everybody has left", () => {
    const { world, zone, metrics } = measuredWorld();
    world.addPlayer("Ada");
    world.runUntil("Ada is here", () => zone.counters.players === 1);
    zone.stop();
    const sessions = parseExposition(metrics.text(zone)).filter(({ name }) => name === "darkages_protocol_sessions");
    expect(sessions.map(({ value }) => value).every((value) => value === 0)).toBe(true);
    expect(sessions.length).toBeGreaterThan(0);
  });
});
