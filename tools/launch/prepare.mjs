import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { holdLock } from "../toolchain/set-up-lock.mjs";
import { openToolchain } from "../toolchain/toolchain.mjs";
import { bakeZones } from "./steps/bake-zones.mjs";
import { buildNative, NATIVE_ADDONS } from "./steps/build-native.mjs";
import { bundle } from "./steps/bundle.mjs";
import { importProject } from "./steps/import-project.mjs";
import { installDependencies } from "./steps/install-dependencies.mjs";
import { startWarden } from "./warden.mjs";

/** @typedef {"dependencies" | "native" | "bundle" | "import" | "bake"} StepName */

/** In the order in which they build on each other. */
export const ALL_STEPS = /** @type {const} */ (["dependencies", "native", "bundle", "import", "bake"]);

/**
 * Opens the toolchain and does the given steps, each only where something has changed.
 * @param {{ project: string, progress: import("./progress.mjs").Progress, steps: readonly StepName[], fresh?: boolean }} options
 * @returns {Promise<import("./steps/work-place.mjs").WorkPlace>}
 * @throws {import("../toolchain/set-up-fault.mjs").SetUpFault}
 */
export async function prepare({ project, progress, steps, fresh = false }) {
  mkdirSync(join(project, "out/logs"), { recursive: true });
  /** @type {import("../toolchain/toolchain.mjs").Toolchain | undefined} */
  let toolchain;
  await progress.step("toolchain", async (tell) => {
    toolchain = await openToolchain({ project, onProgress: tell, fresh });
    return false;
  });
  if (toolchain === undefined) throw new Error("the toolchain step ended without a toolchain");
  // Only a process namespace takes everything inside with it when this process is killed.
  if (toolchain.mode !== "bwrap" && toolchain.mode !== "unshare") Object.assign(toolchain.env, startWarden());
  const place = { project, toolchain };
  // Two commands in one clone must not write the same files at once.
  let release = () => {};
  await progress.step("waiting", async (tell) => {
    const lock = join(project, "out/prepare.lock");
    release = await holdLock(lock, (owner) => tell(`for process ${owner.pid}, which is setting up`));
    return false;
  });
  try {
    await doSteps(place, progress, new Set(steps));
  } finally {
    release();
  }
  return place;
}

/**
 * @param {import("./steps/work-place.mjs").WorkPlace} place
 * @param {import("./progress.mjs").Progress} progress
 * @param {ReadonlySet<StepName>} wanted
 */
async function doSteps(place, progress, wanted) {
  if (wanted.has("dependencies"))
    await progress.step("dependencies", (tell) => installDependencies(place.project, tell));
  if (wanted.has("native")) {
    for (const addon of NATIVE_ADDONS) {
      await progress.step(addon.slice("addons/".length), (tell) => buildNative(place, addon, tell));
    }
  }
  if (wanted.has("bundle")) await progress.step("bundle", (tell) => bundle(place, tell));
  if (wanted.has("import")) await progress.step("import", (tell) => importProject(place, tell));
  if (wanted.has("bake")) await progress.step("bake", (tell) => bakeZones(place, tell));
}
