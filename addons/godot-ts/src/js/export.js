// What an export of the game takes along: the built modules of the scripts in it and all that these import, and what the project's
// settings name. Sources stay behind, but for their names, by which scenes know their scripts.
const { readFileSync } = require("node:fs");
const { dirname } = require("node:path").posix;

const { outline } = modules.outline;
const { filesMatching } = modules.filePatterns;
const relativeImport = /(?:\bfrom|\bimport)\s*\(?\s*(["'])(\.\.?\/[^"']+\.js)\1/g;

let taken = new Set();
let withMaps = false;

function joined(path, relative) {
  const parts = path.slice("res://".length).split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return `res://${parts.join("/")}`;
}

const bytes = (text) => new TextEncoder().encode(text);

function take(exporter, path) {
  if (taken.has(path)) return;
  taken.add(path);
  const text = native.readFile(path);
  if (text === undefined) return;
  exporter.add_file(path, bytes(text), false);
  const map = withMaps ? native.readFile(`${path}.map`) : undefined;
  if (map !== undefined) exporter.add_file(`${path}.map`, bytes(map), false);
  for (const [, , relative] of text.matchAll(relativeImport)) take(exporter, joined(path, relative));
}

const projectFolder = () => native.globalizePath("res://").replace(/\/?$/, "/");

/** The files that a setting names; a pattern without one is an error of the export: the game would miss them. */
function filesOfSetting(name) {
  const patterns = modules.classes.namespace.ProjectSettings.get_setting(`godot_ts/${name}`, []);
  if (!Array.isArray(patterns) || patterns.some((pattern) => typeof pattern !== "string")) {
    native.printError(
      1,
      `The project setting godot_ts/${name} must be an array of strings: paths with * and **`,
      "export",
      "project.godot",
      1,
    );
    return [];
  }
  const found = new Set();
  for (const pattern of patterns) {
    const files = filesMatching(projectFolder(), pattern);
    if (files.length === 0)
      native.printError(
        1,
        `godot_ts/${name}: no file is called "${pattern}", so the exported game will not have it. Build it first, or take it out of the project settings.`,
        "export",
        "project.godot",
        1,
      );
    for (const file of files) found.add(file);
  }
  return [...found];
}

modules.exporting = {
  /** Stacks name the lines of sources where there are maps: in debug exports. */
  exportBegin(exporter, isDebug) {
    taken = new Set();
    withMaps = isDebug;
    const folder = projectFolder();
    for (const path of filesOfSetting("export_files"))
      exporter.add_file(`res://${path}`, new Uint8Array(readFileSync(folder + path)), false);
    for (const path of filesOfSetting("export_libraries"))
      exporter.add_shared_object(`res://${path}`, [], dirname(path));
  },
  exportFile(exporter, path) {
    if (!path.endsWith(".ts")) return;
    exporter.skip();
    const isScript = outline(native.readFile(path) ?? "") !== undefined;
    if (!isScript) return; // a module, which the bundler has put where it is imported
    const built = modules.scripts.builtPath(path);
    if (!native.fileExists(built)) {
      native.printError(
        1,
        `${path} is not built: ${built} is missing, so the exported game will not have this script. Build the project first.`,
        "export",
        path,
        1,
      );
      return;
    }
    exporter.add_file(path, bytes("// Built\n"), false);
    take(exporter, built);
  },
  exportEnd() {
    taken = new Set();
  },
};
