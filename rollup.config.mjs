// One ES module per entry point, at the path of its source: Godot looks for `res://dist/scripts/game/x.js` when a scene
// names `res://scripts/game/x.ts`; servers and tools run from `dist/server` and `dist/tools`. Shared code goes to chunks.
import { globSync } from "node:fs";
import nodeResolve from "@rollup/plugin-node-resolve";
import esbuild from "rollup-plugin-esbuild";
import { buildProblems } from "./addons/godot-ts/tools/build-problems.mjs";
import { removeStaleOutput } from "./tools/bundle/remove-stale-output.mjs";
import { unstamp } from "./tools/launch/stamp.mjs";

/**
 * What watches builds only what a running game takes over, and does not look for unused code: a save must be in the game within a second
 * or two. Servers, tools and tests are built by the commands that start them.
 */
const watches = process.env.ROLLUP_WATCH === "true";
const gamePattern = "scripts/game/**/*.ts";
const otherPatterns = [
  "addons/zone-editor/zone-editor.ts",
  "server/main.ts",
  "tools/*/main.ts",
  "tools/bake/bake.ts",
  "tests/engine/**/*.script.ts",
  "tests/bench/engine/**/*.script.ts",
];
const entries = [gamePattern, ...(watches ? [] : otherPatterns)]
  .flatMap((pattern) => globSync(pattern))
  .filter((file) => !file.endsWith(".d.ts"));

/** @type {import("rollup").RollupOptions} */
export default {
  input: Object.fromEntries(entries.map((file) => [file.replace(/\.ts$/, ""), file])),
  treeshake: !watches,
  external: [/^node:/, "godot", "gns", /\.node$/],
  plugins: [
    nodeResolve({ extensions: [".ts", ".mjs", ".js"] }),
    esbuild({ target: "node24", keepNames: false }),
    buildProblems(),
    watches ? partialOutput() : removeStaleOutput(["addons", "scripts", "server", "tools", "tests", "chunks"]),
  ],
  output: {
    dir: "dist",
    format: "es",
    sourcemap: true,
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js",
    // A script class is found by its name in errors and in the editor: rollup must not rename it.
    minifyInternalExports: false,
  },
  onwarn(warning, warn) {
    if (warning.code === "EMPTY_BUNDLE") return;
    warn(warning);
  },
};

/** What else is in the output was built together, with other chunks: the next command builds all of it anew. */
function partialOutput() {
  return { name: "partial-output", writeBundle: () => unstamp("dist/.stamp") };
}
