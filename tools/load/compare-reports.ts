/** Every number of a report in parts of the same number of an earlier one; what either lacks, or what was 0, is left out. */
export function compareReports(
  now: Readonly<Record<string, unknown>>,
  earlier: Readonly<Record<string, unknown>>,
): Record<string, number> {
  const ratios: Record<string, number> = {};
  for (const [key, value] of Object.entries(now)) {
    const before = earlier[key];
    if (typeof value !== "number" || typeof before !== "number" || before === 0) continue;
    ratios[key] = Number((value / before).toFixed(3));
  }
  return ratios;
}

/** What was asked for, and is not the same in both: ratios then compare two things. */
export function differentOrders(
  now: Readonly<Record<string, unknown>>,
  earlier: Readonly<Record<string, unknown>>,
): string[] {
  return ["bots", "crowd", "thin", "protocol", "link"].filter((key) => now[key] !== earlier[key]);
}
