import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What could not be built, where: the line counts from 1, the file is named from the project's folder.
 * @typedef {{ file: string; line: number; message: string }} BuildProblem
 */

/** Beside the output, where hot reload looks for it: editors and running games show what is in it as errors at their lines. */
const NAME = ".build-problems.json";

/**
 * @param {string} output the output folder
 * @param {readonly BuildProblem[]} problems without any, the file is removed
 */
export function tellProblems(output, problems) {
  const file = join(output, NAME);
  if (problems.length === 0) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(output, { recursive: true });
  writeFileSync(file, JSON.stringify(problems));
}
