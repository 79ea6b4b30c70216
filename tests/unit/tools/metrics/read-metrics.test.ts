import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { startMetricsEndpoint } from "../../../../server/metrics/metrics-endpoint.ts";
import { ZoneMetrics } from "../../../../server/metrics/zone-metrics.ts";
import { createZoneCounters } from "../../../../server/zone/zone-counters.ts";
import { readMetrics } from "../../../../tools/metrics/read-metrics.ts";

const folder = mkdtempSync(join(tmpdir(), "darkages-metrics-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(text: string): string {
  const path = join(folder, "metrics.txt");
  writeFileSync(path, text);
  return path;
}

describe("readMetrics", () => {
  it("reads a zone's endpoint, and a file with the same text", async () => {
    const metrics = new ZoneMetrics("shore", () => 0);
    metrics.meter.problemReported(2);
    const text = metrics.text({ counters: createZoneCounters() });
    const health = { ok: true, detail: {} };
    const endpoint = await startMetricsEndpoint({
      host: "127.0.0.1",
      port: 0,
      metrics: () => text,
      health: () => health,
      nowMs: () => 0,
    });
    if ("problem" in endpoint) throw new Error(endpoint.problem);
    const samples = await readMetrics(`${endpoint.url}/metrics`);
    await expect(readMetrics(`${endpoint.url}/elsewhere`)).rejects.toThrow("answers 404");
    await endpoint.close();
    expect(samples).toContainEqual({ name: "darkages_zone_players", labels: {}, value: 0 });
    expect(await readMetrics(fileWith(text))).toEqual(samples);
    await expect(readMetrics(`${endpoint.url}/metrics`)).rejects.toThrow("Does the zone server run with --metrics?");
  });

  it("says what is wrong with what it was given", async () => {
    await expect(readMetrics(join(folder, "nothing.txt"))).rejects.toThrow("cannot be read");
    await expect(readMetrics(fileWith("<html>"))).rejects.toThrow("is no Prometheus text: line 1");
    await expect(readMetrics(fileWith("up 1\n"))).rejects.toThrow("no darkages_protocol_ metrics");
  });
});
