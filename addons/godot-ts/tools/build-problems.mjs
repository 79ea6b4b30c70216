import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

/**
 * Rollup plugin: tells editors and games that run from the project's folder what could not be built, by a file beside the
 * output that hot reload reads. They show it as an error at its line.
 * @param {string} output the output folder
 * @returns {import("rollup").Plugin}
 */
export function buildProblems(output = "dist") {
  const file = join(output, ".build-problems.json");
  return {
    name: "godot-ts-build-problems",
    buildEnd(error) {
      if (error === undefined) return;
      mkdirSync(output, { recursive: true });
      writeFileSync(file, JSON.stringify(problemsOf(error)));
    },
    writeBundle() {
      rmSync(file, { force: true });
    },
  };
}

/**
 * esbuild says several at once; rollup one.
 * @param {Error & { id?: string; loc?: { file?: string; line: number }; errors?: unknown }} error
 * @returns {{ file: string; line: number; message: string }[]}
 */
function problemsOf(error) {
  const project = process.cwd();
  const inProject = (/** @type {string | undefined} */ path) => relative(project, path ?? error.id ?? project);
  if (Array.isArray(error.errors) && error.errors.length > 0) {
    return error.errors.map(({ text, location }) => ({
      file: inProject(location?.file),
      line: location?.line ?? 1,
      message: String(text),
    }));
  }
  return [{ file: inProject(error.loc?.file), line: error.loc?.line ?? 1, message: error.message }];
}
