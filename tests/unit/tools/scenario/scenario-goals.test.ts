import { describe, expect, it } from "vitest";
import { missedGoals } from "../../../../tools/scenario/scenario-goals.ts";
import { formatReport, type ScenarioReport } from "../../../../tools/scenario/scenario-report.ts";

const good: ScenarioReport = {
  scenario: "walk",
  profile: "broadband",
  ...{ seed: 1, seconds: 600, bots: 6, fps: 60 },
  ...{
    maxCorrectionMm: 1,
    maxCorrectionObstaclesMm: 50,
    correctionsPerMinute: 3,
    correctionsObstaclesPerMinute: 9,
    teleports: 0,
  },
  ...{ ownOffPathMm: 12, ownOffPathP99Mm: 6 },
  ...{ inputsExecutedRatio: 0.999, inputOnTimeRatio: 0.999, meanServerBufferTicks: 2 },
  ...{ longestOwnFreezeMs: 0, longestFreezeMs: 150, longestStandMs: 400, underrunRatio: 0.0004, missingRatio: 0 },
  ...{ recoverMs: 999, recoverInputMs: 999, recoverSightMs: 5, smoothingHalfMs: 100, smoothingMonotone: true },
  ...{
    delayMs: 100,
    delayP99Ms: 130,
    offPathP99Mm: 20,
    restErrorMm: 0.9,
    upBytesPerSecond: 900,
    downBytesPerSecond: 1200,
  },
};

describe("the goals of a scenario", () => {
  it("are met on their borders", () => {
    expect(missedGoals(good)).toEqual([]);
  });

  it.each([
    [{ maxCorrectionMm: 1.01 }, "maxCorrectionMm: at most 1 was the goal, 1.01 came"],
    [{ maxCorrectionObstaclesMm: 51 }, "maxCorrectionObstaclesMm"],
    [{ teleports: 1 }, "teleports"],
    [{ inputsExecutedRatio: 0.9989 }, "inputsExecutedRatio: at least 0.999 was the goal, 0.9989 came"],
    [{ inputsExecutedRatio: Number.NaN }, "inputsExecutedRatio"],
    [{ inputOnTimeRatio: 0.99 }, "inputOnTimeRatio"],
    [{ meanServerBufferTicks: 2.1 }, "meanServerBufferTicks"],
    [{ longestFreezeMs: 151 }, "longestFreezeMs"],
    [{ underrunRatio: 0.0005 }, "underrunRatio: below 0.0005"],
    [{ recoverMs: 1000 }, "recoverMs"],
    [{ recoverMs: Number.POSITIVE_INFINITY }, "recoverMs"],
    [{ smoothingHalfMs: 101 }, "smoothingHalfMs"],
    [{ smoothingMonotone: false }, "smoothingMonotone"],
    [{ delayMs: 100.1 }, "delayMs"],
    [{ missingRatio: 0.001 }, "missingRatio"],
    [{ restErrorMm: 2 }, "restErrorMm"],
  ])("name what is missed: %j", (change, words) => {
    const missed = missedGoals({ ...good, ...change });
    expect(missed).toHaveLength(1);
    expect(missed[0]).toContain(words);
  });

  it("are those of the profile, also with changes", () => {
    const rough = { ...good, underrunRatio: 0.004, inputOnTimeRatio: 0.9, delayMs: 300, longestFreezeMs: 600 };
    expect(missedGoals({ ...rough, profile: "reference" })).toEqual([]);
    expect(missedGoals({ ...rough, profile: "reference,latencyMs=90" })).toEqual([]);
    expect(missedGoals({ ...rough, profile: "broadband,lossRate=0" })).toHaveLength(4);
    expect(missedGoals({ ...good, profile: "reference", underrunRatio: 0.005 })).toHaveLength(1);
  });

  it("are printed without an infinity, and without digits that nobody reads", () => {
    const line = formatReport({
      ...good,
      recoverMs: Number.POSITIVE_INFINITY,
      delayMs: 76.61234,
      inputOnTimeRatio: 0.999456,
    });
    expect(JSON.parse(line)).toMatchObject({ recoverMs: "never", delayMs: 76.61, inputOnTimeRatio: 0.99946 });
  });
});
