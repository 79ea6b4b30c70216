import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CombatData } from "../../../scripts/simulation/combat/data/combat-data.ts";
import { type DataFile, readCombatData } from "../../../scripts/simulation/combat/data/read-combat-data.ts";

const FOLDERS = ["data", "data/abilities", "data/auras", "data/creatures"] as const;

/** Thrown for a data folder that breaks rules: the message has a line for each. */
export class CombatDataProblem extends Error {
  override readonly name = "CombatDataProblem";
}

/** The fighting rules of a project folder, out of its `data/`. Throws `CombatDataProblem` with everything that is wrong with it. */
export function loadCombatData(project = "."): CombatData {
  const read = readCombatData(readDataFiles(project));
  if (read.ok) return read.data;
  throw new CombatDataProblem(read.problems.join("\n"));
}

/** All files of the data, with their paths below the project. */
export function readDataFiles(project: string): DataFile[] {
  return FOLDERS.flatMap((folder) =>
    listJson(join(project, folder)).map((name) => {
      const path = `${folder}/${name}`;
      return { path, text: readFileSync(join(project, path), "utf8") };
    }),
  );
}

function listJson(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    // A folder that is not there has no files: what is missing for lack of it is said by its name.
    return [];
  }
}
