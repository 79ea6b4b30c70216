import type { CohortSummary, Comparison } from "./compare-cohorts.ts";

const ROWS: readonly (readonly [string, (summary: CohortSummary) => number])[] = [
  ["sessions now", ({ sessions }) => sessions],
  ["session minutes", ({ sessionSeconds }) => sessionSeconds / 60],
  ["in: messages/s of a session", (summary) => summary.in.messagesPerSecond],
  ["in: bytes/s of a session", (summary) => summary.in.bytesPerSecond],
  ["in: bytes of a message", (summary) => summary.in.bytesPerMessage],
  ["in: decode p50, us", (summary) => summary.in.p50Seconds * 1e6],
  ["in: decode p99, us", (summary) => summary.in.p99Seconds * 1e6],
  ["out: messages/s of a session", (summary) => summary.out.messagesPerSecond],
  ["out: bytes/s of a session", (summary) => summary.out.bytesPerSecond],
  ["out: bytes of a message", (summary) => summary.out.bytesPerMessage],
  ["out: encode p50, us", (summary) => summary.out.p50Seconds * 1e6],
  ["out: encode p99, us", (summary) => summary.out.p99Seconds * 1e6],
  ["errors of 1000 messages", ({ refusedPerThousand }) => refusedPerThousand],
];

/** A comparison as a table for a terminal: what is measured, with the feature, without it, and the one in parts of the other. */
export function comparisonTable({ feature, on, off }: Comparison): string {
  const rows = [["", "on", "off", "on/off"]];
  for (const [name, read] of ROWS) rows.push([name, number(read(on)), number(read(off)), number(read(on) / read(off))]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
  return [
    feature,
    `  on:  ${cohorts(on)}`,
    `  off: ${cohorts(off)}`,
    "",
    ...lines,
    "",
    `errors on:  ${reasons(on)}`,
    `errors off: ${reasons(off)}`,
    "",
  ].join("\n");
}

function number(value: number): string {
  if (!Number.isFinite(value)) return "-";
  if (Number.isInteger(value)) return String(value);
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toPrecision(3);
}

function cohorts({ cohorts }: CohortSummary): string {
  return cohorts.length === 0 ? "nobody yet" : cohorts.join(", ");
}

function reasons({ refusals }: CohortSummary): string {
  return refusals.length === 0 ? "none" : refusals.map(({ reason, count }) => `${reason} ${count}`).join(", ");
}
