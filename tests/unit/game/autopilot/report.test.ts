import { describe, expect, test } from "vitest";
import { FightCount } from "../../../../scripts/client/combat/fight-count.ts";
import { createTelemetry } from "../../../../scripts/client/telemetry.ts";
import { makeReport } from "../../../../scripts/game/autopilot/report.ts";

const fight = Object.assign(new FightCount(), { kills: 2, deaths: 1, abilitiesUsed: 9 });
const run = { zone: "shore", fight, fps: 59.94, screenshots: ["a.png"], problem: undefined };
const walked = {
  ...createTelemetry(),
  ticks: 1200,
  snapshotsReceived: 400,
  distanceMeters: 112.4249,
  linkRttMs: 18.44,
};

describe("makeReport", () => {
  test("is ok when the server confirmed the way", () => {
    expect(makeReport(walked, run)).toEqual({
      ok: true,
      zone: "shore",
      ticks: 1200,
      snapshots: 400,
      distanceMeters: 112.42,
      kills: 2,
      deaths: 1,
      abilitiesUsed: 9,
      rttMs: 18.4,
      fps: 59.9,
      screenshots: ["a.png"],
    });
  });

  test("is not ok when the server confirmed too little", () => {
    const report = makeReport({ ...walked, distanceMeters: 20 }, run);
    expect(report.ok).toBe(false);
    expect(report.problem).toContain("confirmed 20.0 m");
  });

  test("is not ok without snapshots, nor with a problem of the run", () => {
    expect(makeReport({ ...walked, snapshotsReceived: 0 }, run).ok).toBe(false);
    expect(makeReport(walked, { ...run, problem: "blank" })).toMatchObject({ ok: false, problem: "blank" });
  });
});
