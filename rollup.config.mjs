// One ES module per entry point, at the path of its source: Godot looks for `res://dist/scripts/game/x.js` when a scene
// names `res://scripts/game/x.ts`; servers and tools run from `dist/server` and `dist/tools`. Shared code goes to chunks.
// `npm run build:watch` does not come here: it writes a module for each source file, see build-watch.mjs.
import { globSync } from "node:fs";
import nodeResolve from "@rollup/plugin-node-resolve";
import esbuild from "rollup-plugin-esbuild";
import { buildProblems } from "./addons/godot-ts/tools/build-problems.mjs";
import { removeStaleOutput } from "./tools/bundle/remove-stale-output.mjs";

const patterns = [
  "scripts/game/**/*.ts",
  "addons/zone-editor/zone-editor.ts",
  "server/main.ts",
  "tools/*/main.ts",
  "tools/bake/bake.ts",
  "tests/engine/**/*.script.ts",
  "tests/bench/engine/**/*.script.ts",
];
const entries = patterns.flatMap((pattern) => globSync(pattern)).filter((file) => !file.endsWith(".d.ts"));

/** @type {import("rollup").RollupOptions} */
export default {
  input: Object.fromEntries(entries.map((file) => [file.replace(/\.ts$/, ""), file])),
  external: [/^node:/, "godot", "gns", /\.node$/],
  plugins: [
    nodeResolve({ extensions: [".ts", ".mjs", ".js"] }),
    esbuild({ target: "node24", keepNames: false }),
    buildProblems(),
    removeStaleOutput(["addons", "scripts", "server", "tools", "tests", "chunks", "packages"]),
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
