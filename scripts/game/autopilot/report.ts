import type { FightCount } from "../../client/combat/fight-count.ts";
import type { Telemetry } from "../../client/telemetry.ts";

/** Way that the server must confirm for a run to count, metres. */
export const LEAST_DISTANCE_METERS = 20;

/** What an autopilot run leaves behind. `problem` is there when `ok` is false. */
export interface AutopilotReport {
  ok: boolean;
  zone: string;
  ticks: number;
  snapshots: number;
  distanceMeters: number;
  /** Characters that died by it, how often it died, and uses of abilities that were done. */
  kills: number;
  deaths: number;
  abilitiesUsed: number;
  rttMs: number;
  fps: number;
  screenshots: string[];
  problem?: string;
}

/** Judges a run: the server must have confirmed the way, and snapshots must have come. */
export function makeReport(
  telemetry: Readonly<Telemetry>,
  run: { zone: string; fight: Readonly<FightCount>; fps: number; screenshots: string[]; problem: string | undefined },
): AutopilotReport {
  const problem = run.problem ?? findProblem(telemetry);
  const report: AutopilotReport = {
    ok: problem === undefined,
    zone: run.zone,
    ticks: telemetry.ticks,
    snapshots: telemetry.snapshotsReceived,
    distanceMeters: round(telemetry.distanceMeters, 100),
    kills: run.fight.kills,
    deaths: run.fight.deaths,
    abilitiesUsed: run.fight.abilitiesUsed,
    rttMs: round(telemetry.linkRttMs, 10),
    fps: round(run.fps, 10),
    screenshots: run.screenshots,
  };
  return problem === undefined ? report : { ...report, problem };
}

function findProblem({ snapshotsReceived, distanceMeters }: Readonly<Telemetry>): string | undefined {
  if (snapshotsReceived === 0) return "no snapshot came from the server";
  if (distanceMeters > LEAST_DISTANCE_METERS) return undefined;
  return `the server confirmed ${distanceMeters.toFixed(1)} m, more than ${LEAST_DISTANCE_METERS} m were expected`;
}

function round(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
