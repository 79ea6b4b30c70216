import { describe, expect, it } from "vitest";
import {
  LINK_PROFILE_NAMES,
  linkProfile,
  parseLinkProfile,
} from "../../scripts/transport/conditioner/link-profiles.ts";
import { runScenario } from "../../tools/scenario/run-scenario.ts";
import { missedGoals } from "../../tools/scenario/scenario-goals.ts";

const PLAY = { seconds: 40, seed: 3, bots: 4, fps: 60 };

describe("bots on a zone server", () => {
  it.each(LINK_PROFILE_NAMES)("play over the link %s without a correction, and nobody's command is dropped", (name) => {
    const report = runScenario({ name, conditions: linkProfile(name) }, PLAY);
    expect(report.maxCorrectionMm).toBeLessThanOrEqual(1);
    expect(report.maxCorrectionObstaclesMm).toBeLessThanOrEqual(50);
    expect(report.teleports).toBe(0);
    expect(report.inputsExecutedRatio).toBeGreaterThanOrEqual(0.999);
    expect(report.meanServerBufferTicks).toBeLessThanOrEqual(2);
    expect(report.underrunRatio).toBeLessThan(0.005);
    expect(report.missingRatio).toBe(0);
    expect(report.recoverMs).toBeLessThan(1000);
    expect(report.smoothingHalfMs).toBeGreaterThan(0);
    expect(report.smoothingHalfMs).toBeLessThanOrEqual(100);
    expect(report.smoothingMonotone).toBe(true);
    expect(report.restErrorMm).toBeLessThanOrEqual(1);
  });

  it.each([10, 30, 144])("play at %d frames per second over the reference link", (fps) => {
    const report = runScenario({ name: "reference", conditions: linkProfile("reference") }, { ...PLAY, fps });
    expect(report.maxCorrectionMm).toBeLessThanOrEqual(1);
    expect(report.inputsExecutedRatio).toBeGreaterThanOrEqual(0.999);
    expect(report.smoothingHalfMs).toBeLessThanOrEqual(100);
    expect(report.restErrorMm).toBeLessThanOrEqual(1);
  });

  it("see each other within 100 ms over broadband, with their commands there in time", () => {
    const report = runScenario({ name: "broadband", conditions: linkProfile("broadband") }, PLAY);
    expect(report.delayMs).toBeGreaterThan(15);
    expect(report.delayMs).toBeLessThanOrEqual(100);
    expect(report.inputOnTimeRatio).toBeGreaterThanOrEqual(0.998);
    expect(report.longestFreezeMs).toBeLessThanOrEqual(50);
  });

  it("are not frozen for long by half a second without Wi-Fi", () => {
    const conditions = { ...linkProfile("wifi-stall"), stallEveryMs: 10_000 };
    const report = runScenario({ name: "wifi-stall", conditions }, PLAY);
    expect(report.longestFreezeMs).toBeLessThanOrEqual(150);
    expect(report.maxCorrectionMm).toBeLessThanOrEqual(1);
  });

  it("show a link that is too bad: others stop, then the own character waits", () => {
    const name = "wifi-stall,stallMs=2000,stallEveryMs=8000";
    const parsed = parseLinkProfile(name);
    if ("problem" in parsed) throw new Error(parsed.problem);
    const report = runScenario({ name, conditions: parsed.conditions }, PLAY);
    expect(report.longestFreezeMs).toBeGreaterThan(300);
    expect(report.longestOwnFreezeMs).toBeGreaterThan(500);
    expect(report.underrunRatio).toBeGreaterThan(0.05);
    expect(report.inputOnTimeRatio).toBeLessThan(0.9);
    expect(missedGoals(report).join()).toContain("longestFreezeMs: at most 150 was the goal");
  });

  it("play the same again with the same seed", () => {
    const run = (seed: number) =>
      runScenario({ name: "mobile", conditions: linkProfile("mobile") }, { seconds: 5, seed, bots: 2, fps: 60 });
    expect(run(5)).toEqual(run(5));
    expect(run(6)).not.toEqual({ ...run(5), seed: 6 });
  });
});
