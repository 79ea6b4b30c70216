import { existsSync } from "node:fs";
import { join } from "node:path";
import { hashFiles, isStamped, listFiles, stamp, unstamp } from "../stamp.mjs";
import { runStep } from "./work-place.mjs";

const BAKE_SCENE = "tools/bake/bake.tscn";
const TIMEOUT_MS = 180_000;

/**
 * Writes what the servers need to know of each zone scene to dist/zones.
 * @param {import("./work-place.mjs").WorkPlace} place
 * @param {(text: string) => void} tell
 * @param {{ force: boolean, args: readonly string[] }} [options] `force`: also when nothing has changed
 * @returns {Promise<boolean>} whether anything was done
 * @throws {import("../../toolchain/set-up-fault.mjs").SetUpFault}
 */
export async function bakeZones(place, tell, options = { force: false, args: [] }) {
  const { project } = place;
  if (!existsSync(join(project, BAKE_SCENE))) return false;
  const sources = [
    ...listFiles(project, "scenes", () => true),
    // What camps are judged by.
    ...listFiles(project, "data", () => true),
    ...listFiles(project, "tools/bake", () => true),
    ...listFiles(project, "scripts/simulation", () => true),
    ...listFiles(project, "scripts/game", (path) => path.includes("zone")),
  ];
  const stampPath = join(project, "dist/zones/.stamp");
  const hash = hashFiles(project, sources);
  if (!options.force && isStamped(stampPath, hash)) return false;
  tell("reading the zone scenes");
  unstamp(stampPath);
  const command = [
    "godot",
    "--headless",
    "--path",
    project,
    `res://${BAKE_SCENE}`,
    "--",
    "--out",
    "dist/zones",
    ...options.args,
  ];
  await runStep(place, command, {
    name: "bake",
    failure: "a zone could not be baked",
    todo: ["correct the node that is named above, then run `npm run bake`"],
    timeoutMs: TIMEOUT_MS,
  });
  stamp(stampPath, hash);
  return true;
}
