import { globSync } from "node:fs";
import esbuild from "rollup-plugin-esbuild";
import { buildProblems } from "./addons/godot-ts/tools/build-problems.mjs";

// Every script becomes a module of its own: scenes name res://scripts/moth.ts, the engine runs res://dist/scripts/moth.js.
const scripts = globSync("scripts/**/*.ts");

export default {
  input: Object.fromEntries(scripts.map((file) => [file.replace(/\.ts$/, ""), file])),
  external: ["godot", /^node:/],
  plugins: [esbuild({ target: "node24" }), buildProblems()],
  output: { dir: "dist", format: "es", sourcemap: true, chunkFileNames: "chunks/[name]-[hash].js" },
};
