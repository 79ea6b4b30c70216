import { parseArgs } from "node:util";

export interface ReloadBenchOptions {
  /** Saves of each kind. */
  saves: number;
  /** What builds whatever is saved, with its arguments; it says `built` or `created` when it is ready. */
  watchCommand: readonly string[];
}

/** The one of `npm run build:watch` and the editor. */
const WATCH_COMMAND = "node build-watch.mjs";
const MOST_SAVES = 1000;

/** Reads what comes after `reload`. Throws an error for people on what it does not understand. */
export function parseReloadOptions(args: readonly string[]): ReloadBenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { saves: { type: "string", default: "10" }, watch: { type: "string", default: WATCH_COMMAND } },
  });
  const saves = Number(values.saves);
  if (!Number.isInteger(saves) || saves < 1 || saves > MOST_SAVES)
    throw new RangeError(`--saves: expected a whole number from 1 to ${MOST_SAVES}, got "${values.saves}"`);
  return { saves, watchCommand: values.watch.trim().split(/\s+/) };
}
