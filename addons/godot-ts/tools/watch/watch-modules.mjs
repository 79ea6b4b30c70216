import { setTimeout as sleep } from "node:timers/promises";
import { tellProblems } from "../problems-file.mjs";
import { FolderWatch } from "./folder-watch.mjs";
import { ProjectModules } from "./project-modules.mjs";

/** What cannot be built may be half saved: it is told if it is so at a second look. */
const SECOND_LOOK_MS = 100;
/** More files than these are counted, not named. */
const NAMED_FILES = 4;

/**
 * Keeps the output of the project in the current folder up to date with its scripts, one module for each file, until `signal`
 * says that it is enough, and tells on standard output what it does. Nothing is bundled, so a save costs what one file costs.
 * @param {import("./project-modules.mjs").ProjectOptions & { signal: AbortSignal; onTouched?: () => void }} options
 *   `onTouched`: called before it is told that something was written
 * @returns {Promise<void>} when it has ended
 */
export async function watchModules({ signal, onTouched = () => {}, ...options }) {
  const { output = "dist" } = options;
  const modules = new ProjectModules(options);
  /** @type {() => void} */
  let wake = () => {};
  let isDue = true;
  const happened = () => {
    isDue = true;
    wake();
  };
  const folders = new FolderWatch(happened);
  signal.addEventListener("abort", happened);
  while (!signal.aborted) {
    isDue = false;
    const startMs = performance.now();
    let result = await modules.update();
    folders.watch(modules.folders);
    if (result.problems.length > 0) {
      await sleep(SECOND_LOOK_MS);
      result = await modules.update();
      folders.watch(modules.folders);
    }
    tellProblems(output, result.problems);
    if (result.touched.length > 0) onTouched();
    tell(result, performance.now() - startMs);
    if (!isDue && !signal.aborted)
      await new Promise((/** @type {(value: void) => void} */ resolve) => {
        wake = resolve;
      });
  }
  folders.close();
}

/**
 * @param {Awaited<ReturnType<ProjectModules["update"]>>} result
 * @param {number} tookMs
 */
function tell({ modules, touched, problems }, tookMs) {
  for (const { file, line, message } of problems) console.error(`${file}:${line}: ${message}`);
  if (problems.length > 0) console.error("not built: what was built before stays");
  const files = touched.filter((path) => !path.endsWith(".map"));
  if (files.length === 0) return;
  const names = files.length > NAMED_FILES ? `${files.length} files` : files.join(", ");
  console.log(`built ${names} of ${modules} modules in ${Math.round(tookMs)} ms`);
}
