// The native addons: built by make inside the toolchain; what was built is kept in the user's cache by the hash of its
// sources, so that another clone, or this one back on an older commit, has it without a compiler.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder } from "../../toolchain/host.mjs";
import { hashFiles, isStamped, listFiles, stamp, unstamp } from "../stamp.mjs";
import { runStep } from "./work-place.mjs";

/** Addons with a Makefile whose result is in `bin/`. */
export const NATIVE_ADDONS = Object.freeze(["addons/gns", "addons/godot-ts"]);

/**
 * @param {import("./work-place.mjs").WorkPlace} place
 * @param {string} addon its folder, relative to the project
 * @returns {string} changes whenever the addon must be built anew
 */
export function nativeHash(place, addon) {
  const files = [join(addon, "Makefile"), ...listFiles(place.project, join(addon, "src"), () => true)];
  return hashFiles(place.project, files, [place.toolchain.abiKey]);
}

/**
 * @param {import("./work-place.mjs").WorkPlace} place
 * @param {string} addon
 * @param {(text: string) => void} tell
 * @returns {Promise<boolean>} whether anything was done
 * @throws {import("../../toolchain/set-up-fault.mjs").SetUpFault}
 */
export async function buildNative(place, addon, tell) {
  const folder = join(place.project, addon);
  if (!existsSync(join(folder, "Makefile"))) return false;
  const bin = join(folder, "bin");
  const stampPath = join(bin, ".stamp");
  const hash = nativeHash(place, addon);
  if (isStamped(stampPath, hash)) return false;

  const name = addon.slice(addon.lastIndexOf("/") + 1);
  const kept = join(cacheFolder(), "native", `${name}-${hash}`);
  unstamp(stampPath);
  if (existsSync(kept)) {
    cpSync(kept, bin, { recursive: true });
  } else {
    tell("compiling");
    removeForeignObjects(place, folder);
    await runStep(place, ["make", "-C", folder], {
      name: `native-${name}`,
      failure: `${addon} could not be built`,
      todo: ["see the log for the compiler's first error"],
    });
    keep(bin, kept);
  }
  stamp(stampPath, hash);
  return true;
}

/**
 * Objects built against another engine or runtime must not be linked with new ones; make sees only times.
 * @param {import("./work-place.mjs").WorkPlace} place
 * @param {string} folder
 */
function removeForeignObjects(place, folder) {
  const mark = join(folder, "build/.abi");
  const before = existsSync(mark) ? readFileSync(mark, "utf8") : "";
  if (before !== "" && before !== place.toolchain.abiKey) rmSync(dirname(mark), { recursive: true, force: true });
  stamp(mark, place.toolchain.abiKey);
}

/**
 * @param {string} bin
 * @param {string} kept
 */
function keep(bin, kept) {
  const half = `${kept}.new-${process.pid}`;
  mkdirSync(dirname(kept), { recursive: true });
  cpSync(bin, half, { recursive: true });
  try {
    renameSync(half, kept);
  } catch {
    // Another clone was faster with the same result.
    rmSync(half, { recursive: true, force: true });
  }
}
