// Puts the runtime into a Godot project: `node godot-ts/tools/install.mjs PROJECT`, after its packages are installed, and again
// after every change of the runtime.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** What a project needs of the addon; not its sources, documentation and examples. */
const PARTS = [
  "README.md",
  "bin",
  "godot-ts.gdextension",
  "godot-ts.gdextension.uid",
  "package.json",
  "tools/build-problems.mjs",
  "tools/problems-file.mjs",
  "tools/watch",
  "tools/watch.mjs",
  "types",
];
const EXTENSION = "res://addons/godot-ts/godot-ts.gdextension";

/**
 * Copies the addon into a project and registers it there.
 * @param {string} addon its folder
 * @param {string} project a folder with a project.godot
 * @returns {string} where the addon is now
 * @throws {Error} that says what to do
 */
function install(addon, project) {
  if (!existsSync(join(project, "project.godot")))
    throw new Error(`${project} is no Godot project: it has no project.godot`);
  const built = existsSync(join(addon, "bin"))
    ? readdirSync(join(addon, "bin"), { recursive: true }).filter((file) => /\.(so|dylib|dll)$/.test(String(file)))
    : [];
  if (built.length === 0) throw new Error(`the runtime is not built: run \`make -C ${addon}\` first`);
  const target = join(project, "addons", basename(addon));
  if (resolve(target) === resolve(addon)) throw new Error(`${project} is the project that the runtime lies in already`);
  for (const part of PARTS) {
    // A running game keeps the library that it has open: the file is replaced, not written over.
    rmSync(join(target, part), { recursive: true, force: true });
    cpSync(join(addon, part), join(target, part), { recursive: true });
  }
  register(join(project, ".godot/extension_list.cfg"));
  // Packages have pictures and scenes of their own, which the editor would import.
  if (existsSync(join(project, "node_modules"))) writeFileSync(join(project, "node_modules/.gdignore"), "");
  return target;
}

/**
 * The editor writes this list at the end of its first scan; with it, scripts are understood in that scan already.
 * @param {string} list
 */
function register(list) {
  const text = existsSync(list) ? readFileSync(list, "utf8") : "";
  if (text.split("\n").includes(EXTENSION)) return;
  mkdirSync(dirname(list), { recursive: true });
  writeFileSync(list, `${text}${EXTENSION}\n`);
}

try {
  const project = process.argv[2];
  if (project === undefined) throw new Error("name the project's folder: node tools/install.mjs PROJECT");
  const addon = join(dirname(fileURLToPath(import.meta.url)), "..");
  console.log(`godot-ts is in ${install(addon, resolve(project))}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
