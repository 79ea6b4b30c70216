export interface CaseCounts {
  passed: number;
  failed: number;
}

/** How many cases passed and failed by Vitest's JSON report; `undefined` for a text that is none. */
export function readCaseCounts(json: string): CaseCounts | undefined {
  let report: unknown;
  try {
    report = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof report !== "object" || report === null) return undefined;
  if (!("numPassedTests" in report) || !("numFailedTests" in report)) return undefined;
  const { numPassedTests, numFailedTests } = report;
  if (typeof numPassedTests !== "number" || typeof numFailedTests !== "number") return undefined;
  return { passed: numPassedTests, failed: numFailedTests };
}
