import { SourceMap } from "node:module";
import { build } from "esbuild";
import { outlineOf } from "./module-outline.mjs";

/**
 * @typedef {object} CompiledModule
 * @property {string} text
 * @property {string} map its source map
 * @property {import("./module-outline.mjs").ModuleOutline} outline
 * @property {(offset: number) => number} sourceLine the line in the source, from 1, of a place in the text
 */

/**
 * Takes the types out of modules, each by itself, as the project's tsconfig.json says.
 * @param {readonly string[]} paths in the project
 * @param {{ folder: string; output: string; target: string }} options `folder`: of the project, absolute
 * @returns {Promise<CompiledModule[]>} in the same order
 * @throws {import("esbuild").BuildFailure} with the problems of all of them
 */
export async function compileModules(paths, { folder, output, target }) {
  if (paths.length === 0) return [];
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: [...paths],
    outdir: output,
    outbase: ".",
    write: false,
    target,
    sourcemap: true,
    logLevel: "silent",
  });
  // Of each module its map, and then its text.
  return paths.map((_, index) => {
    const map = outputFiles[2 * index]?.text ?? "";
    const text = outputFiles[2 * index + 1]?.text ?? "";
    return { text, map, outline: outlineOf(text), sourceLine: (offset) => sourceLine(text, map, offset) };
  });
}

/**
 * @param {string} text
 * @param {string} map
 * @param {number} offset
 */
function sourceLine(text, map, offset) {
  const before = text.slice(0, offset).split("\n");
  const found = new SourceMap(JSON.parse(map)).findEntry(before.length - 1, before.at(-1)?.length ?? 0);
  return "originalLine" in found ? found.originalLine + 1 : before.length;
}
