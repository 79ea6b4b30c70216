import type { LoadReport } from "./load-report.ts";

/** What a run has to show. `nearest50P5Hz` counts where there is a crowd to choose from. */
export function missedGoals(report: LoadReport): string[] {
  const missed: string[] = [];
  const expect = (ok: boolean, words: string) => {
    if (!ok) missed.push(words);
  };
  expect(report.connected === report.bots, `${report.bots} connected: ${report.connected}`);
  expect(report.connectionsLost === 0, `no connection lost: ${report.connectionsLost}`);
  expect(report.inputLoss <= 0.001, `inputLoss <= 0.001: ${report.inputLoss}`);
  expect(report.tickP99Ms < 16, `tickP99Ms < 16: ${report.tickP99Ms}`);
  if (report.protocol === "v2") {
    expect(report.snapshotRateHz >= 18, `snapshotRateHz >= 18: ${report.snapshotRateHz}`);
    expect(report.nearest50P5Hz >= 10, `nearest50P5Hz >= 10: ${report.nearest50P5Hz}`);
  }
  expect(report.rssMb <= report.rssStartMb * 1.1 + 16, `flat memory: ${report.rssStartMb} to ${report.rssMb} MB`);
  return missed;
}
