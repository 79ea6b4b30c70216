import type { ScenarioReport } from "./scenario-report.ts";

type Figure = {
  [Key in keyof ScenarioReport]: ScenarioReport[Key] extends number ? Key : never;
}[keyof ScenarioReport];

interface Goal {
  figure: Figure;
  /** Profiles that it holds for; without, all. */
  profiles?: readonly string[];
  /** Slowest clients that it holds for, frames per second. */
  leastFps?: number;
  most?: number;
  below?: number;
  least?: number;
}

const EVEN_LINKS = ["none", "lan", "broadband"];
const GOALS: readonly Goal[] = [
  { figure: "maxCorrectionMm", most: 1 },
  { figure: "maxCorrectionObstaclesMm", most: 50 },
  { figure: "teleports", most: 0 },
  { figure: "inputsExecutedRatio", least: 0.999 },
  { figure: "inputOnTimeRatio", least: 0.999, profiles: EVEN_LINKS },
  // A client that draws seldom sends its commands in bunches, which have to wait somewhere.
  { figure: "meanServerBufferTicks", most: 2, leastFps: 30 },
  { figure: "longestFreezeMs", most: 150, profiles: [...EVEN_LINKS, "wifi-stall"] },
  { figure: "missingRatio", most: 0 },
  { figure: "underrunRatio", below: 0.005, profiles: ["reference"] },
  { figure: "underrunRatio", below: 0.003, profiles: ["wifi-stall"] },
  { figure: "underrunRatio", below: 0.0005, profiles: EVEN_LINKS },
  { figure: "delayMs", most: 100, profiles: EVEN_LINKS, leastFps: 60 },
  { figure: "recoverMs", below: 1000 },
  { figure: "smoothingHalfMs", most: 100 },
  { figure: "restErrorMm", most: 1 },
];

/** The goals that a report misses, in words. `profile` may carry changes: it is judged as what it began as. */
export function missedGoals(report: ScenarioReport): string[] {
  const [profile = ""] = report.profile.split(",");
  const missed = GOALS.filter((goal) => {
    if (goal.profiles !== undefined && !goal.profiles.includes(profile)) return false;
    return report.fps >= (goal.leastFps ?? 0) && !isMet(goal, report[goal.figure]);
  }).map((goal) => `${goal.figure}: ${describe(goal)} was the goal, ${report[goal.figure]} came`);
  if (!report.smoothingMonotone) missed.push("smoothingMonotone: a correction must only ever shrink on the screen");
  return missed;
}

function isMet({ most, below, least }: Goal, value: number): boolean {
  return (
    value <= (most ?? Number.POSITIVE_INFINITY) && value < (below ?? Number.POSITIVE_INFINITY) && value >= (least ?? 0)
  );
}

function describe({ most, below, least }: Goal): string {
  if (most !== undefined) return `at most ${most}`;
  return below === undefined ? `at least ${least}` : `below ${below}`;
}
