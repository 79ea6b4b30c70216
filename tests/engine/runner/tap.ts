// The little of the Test Anything Protocol that fixture scenes print: `1..N`, `ok NAME`, `not ok NAME`.

export interface TapReport {
  planned: number | undefined;
  passed: string[];
  failed: string[];
}

export function readTap(lines: readonly string[]): TapReport {
  const report: TapReport = { planned: undefined, passed: [], failed: [] };
  for (const line of lines) {
    const plan = /^1\.\.(\d+)\s*$/.exec(line)?.[1];
    const point = /^(not )?ok\b[ \d-]*(.*)$/.exec(line);
    if (plan !== undefined) report.planned = Number(plan);
    else if (point !== null) (point[1] === undefined ? report.passed : report.failed).push(point[2] ?? "");
  }
  return report;
}

/** Why a report is not a pass: failed points, none at all, or another number than planned. */
export function tapProblems({ planned, passed, failed }: TapReport): string[] {
  const problems = failed.map((name) => `not ok ${name}`);
  const count = passed.length + failed.length;
  if (planned === undefined) problems.push(`expected a plan (1..N) at the end, got none after ${count} points`);
  else if (planned !== count) problems.push(`expected ${planned} points, got ${count}`);
  else if (planned === 0) problems.push("expected at least one point");
  return problems;
}
