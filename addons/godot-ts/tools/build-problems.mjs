import { relative } from "node:path";
import { tellProblems } from "./problems-file.mjs";

/**
 * Rollup plugin: tells editors and games that run from the project's folder what could not be built, by a file beside the
 * output that hot reload reads. They show it as an error at its line.
 * @param {string} output the output folder
 * @returns {import("rollup").Plugin}
 */
export function buildProblems(output = "dist") {
  return {
    name: "godot-ts-build-problems",
    buildEnd(error) {
      if (error !== undefined) tellProblems(output, problemsOf(error));
    },
    writeBundle() {
      tellProblems(output, []);
    },
  };
}

/**
 * esbuild says several at once; rollup one.
 * @param {Error & { id?: string; loc?: { file?: string; line: number }; errors?: unknown }} error
 * @returns {import("./problems-file.mjs").BuildProblem[]}
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
