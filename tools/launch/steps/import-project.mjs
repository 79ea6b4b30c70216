// Godot must have seen the project's files before it can run it: textures, fonts and the native extension are registered
// under .godot/, which is not committed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { hashFiles, isStamped, listFiles, stamp, unstamp } from "../stamp.mjs";
import { NATIVE_ADDONS, nativeHash } from "./build-native.mjs";
import { runStep } from "./work-place.mjs";

const SEEN_BY_ENGINE =
  /\.(tscn|scn|tres|res|gd|gdshader|gdshaderinc|gdextension|import|png|jpg|webp|svg|ttf|otf|woff2|glb|gltf|obj|ogg|wav|mp3|csv)$/;
const FOLDERS = ["scenes", "assets", "scripts", "addons"];
const TIMEOUT_MS = 180_000;

/**
 * @param {import("./work-place.mjs").WorkPlace} place
 * @param {(text: string) => void} tell
 * @returns {Promise<boolean>} whether anything was done
 * @throws {import("../../toolchain/set-up-fault.mjs").SetUpFault}
 */
export async function importProject(place, tell) {
  const { project } = place;
  const files = FOLDERS.flatMap((folder) => listFiles(project, folder, (path) => SEEN_BY_ENGINE.test(path))).filter(
    (path) => !isHiddenFromEngine(project, path),
  );
  const natives = NATIVE_ADDONS.map((addon) => nativeHash(place, addon));
  const stampPath = join(project, ".godot/.darkages-imported");
  // Godot writes the `.import` files itself: they are not a reason to import again.
  const sources = files.filter((file) => !file.endsWith(".import"));
  const hash = hashFiles(project, ["project.godot", ...sources], natives);
  if (isStamped(stampPath, hash)) return false;
  tell("godot --import");
  unstamp(stampPath);
  registerExtensions(
    project,
    files.filter((file) => file.endsWith(".gdextension")),
  );
  await runStep(place, ["godot", "--headless", "--path", project, "--import"], {
    name: "import",
    failure: "Godot could not import the project",
    todo: ["see the log for its first ERROR line"],
    timeoutMs: TIMEOUT_MS,
  });
  stamp(stampPath, hash);
  return true;
}

/**
 * Whether a folder above the file has a `.gdignore`.
 * @param {string} project
 * @param {string} path relative to the project
 */
function isHiddenFromEngine(project, path) {
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    if (existsSync(join(project, folder, ".gdignore"))) return true;
  }
  return false;
}

/**
 * The list that the editor writes at the end of its first scan: with it, scripts of the extension's language are
 * understood in that scan already.
 * @param {string} project
 * @param {readonly string[]} extensions
 */
function registerExtensions(project, extensions) {
  const list = join(project, ".godot/extension_list.cfg");
  const text = extensions.map((path) => `res://${path}\n`).join("");
  if (existsSync(list) && readFileSync(list, "utf8") === text) return;
  mkdirSync(join(project, ".godot"), { recursive: true });
  writeFileSync(list, text);
}
