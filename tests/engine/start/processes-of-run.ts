import { readdirSync, readFileSync } from "node:fs";

/** Environment variable that marks every process of a run: children inherit it, whoever their parent becomes. */
export const RUN_MARK = "DARKAGES_TEST_RUN";

/** Command lines of the living processes that carry the mark, but for zombies, which only wait to be collected. */
export function processesOfRun(mark: string): string[] {
  const found: string[] = [];
  for (const pid of readdirSync("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      if (!readFileSync(`/proc/${pid}/environ`, "utf8").includes(`${RUN_MARK}=${mark}\0`)) continue;
      if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))) continue;
      found.push(`${pid} ${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()}`);
    } catch {
      // It ended while we looked, or belongs to somebody else.
    }
  }
  return found;
}
