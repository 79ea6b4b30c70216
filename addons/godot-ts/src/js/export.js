// What an export of the game takes along: the built modules of the scripts in it and all that these import. Sources stay behind,
// but for their names, by which scenes know their scripts.

const { outline } = modules.outline;
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

modules.exporting = {
  /** Stacks name the lines of sources where there are maps: in debug exports. */
  exportBegin(_exporter, isDebug) {
    taken = new Set();
    withMaps = isDebug;
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
