import { build } from "esbuild";

/** The folder for packages in the output folder. */
export const PACKAGES = "packages";

/**
 * The packages that scripts import, each as a module of its own; what several have in common is there once.
 * @param {readonly string[]} names as they are imported
 * @param {{ folder: string; output: string; target: string; external: readonly string[] }} options `folder`: of the project, absolute
 * @returns {Promise<Map<string, string>>} texts by path
 * @throws {import("esbuild").BuildFailure}
 */
export async function bundlePackages(names, { folder, output, target, external }) {
  if (names.length === 0) return new Map();
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: Object.fromEntries(names.map((name) => [`${PACKAGES}/${name}`, name])),
    outdir: output,
    chunkNames: `${PACKAGES}/[name]-[hash]`,
    bundle: true,
    splitting: true,
    write: false,
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"],
    external: ["godot", ...external],
    target,
    sourcemap: true,
    logLevel: "silent",
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}
