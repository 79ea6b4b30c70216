import { join } from "node:path";
import { hashFiles, isStamped, listFiles, stamp, unstamp } from "../stamp.mjs";
import { runStep } from "./work-place.mjs";

const SOURCE_FOLDERS = [
  "scripts",
  "server",
  "tools",
  "tests/engine",
  "tests/bench",
  // Scripts of engine tests import from these.
  "tests/fixtures",
  "tests/unit/protocol",
  "addons",
];
const SETTINGS = ["rollup.config.mjs", "tsconfig.json", "package-lock.json"];
const SOURCE = /\.(ts|mjs|js|json)$/;

/** The command that bundles; relative, so that it is the toolchain's Node that runs it. */
export const ROLLUP = Object.freeze(["node", "node_modules/rollup/dist/bin/rollup", "-c"]);

/**
 * Bundles the TypeScript sources into dist/.
 * @param {import("./work-place.mjs").WorkPlace} place
 * @param {(text: string) => void} tell
 * @returns {Promise<boolean>} whether anything was done
 * @throws {import("../../toolchain/set-up-fault.mjs").SetUpFault}
 */
export async function bundle(place, tell) {
  const stampPath = join(place.project, "dist/.stamp");
  const sources = SOURCE_FOLDERS.flatMap((folder) =>
    listFiles(
      place.project,
      folder,
      (path) => SOURCE.test(path) && !path.endsWith(".d.ts") && !/\/(bin|build|examples)\//.test(path),
    ),
  );
  const hash = hashFiles(place.project, [...SETTINGS, ...sources]);
  if (isStamped(stampPath, hash)) return false;
  tell("rollup");
  unstamp(stampPath);
  await runStep(place, [...ROLLUP, "--silent"], {
    name: "bundle",
    failure: "the sources could not be bundled",
    todo: ["correct the error above; `npm run lint` and `npm test -- types` say more"],
  });
  stamp(stampPath, hash);
  return true;
}
