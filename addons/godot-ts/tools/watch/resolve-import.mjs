import { isBuiltin } from "node:module";
import { posix } from "node:path";

/** What a module can be written in. The first that exists is taken where an import names none. */
const ENDINGS = [".ts", ".js", ".mjs"];

/** @typedef {{ module: string } | { package: string } | "as it is" | "missing" | "outside"} Resolved */

/**
 * What an import leads to: a module of the project, a package, or what the engine and Node have themselves.
 * @param {string} specifier
 * @param {string} importer its path in the project, with `/`
 * @param {{ external: readonly string[]; isFile: (path: string) => boolean }} project `external`: names that stay as they are
 * @returns {Resolved}
 */
export function resolveImport(specifier, importer, { external, isFile }) {
  if (!/^\.\.?(\/|$)/.test(specifier))
    return specifier === "godot" || isBuiltin(specifier) || external.includes(specifier)
      ? "as it is"
      : { package: specifier };
  const wanted = posix.join(posix.dirname(importer), specifier);
  if (wanted.startsWith("../")) return "outside";
  const found = candidates(wanted).find(isFile);
  return found === undefined ? "missing" : { module: found };
}

/**
 * TypeScript's ways to name `hero.ts`: `./hero.ts`, `./hero`, and `./hero.js`, which it will be. A folder stands for its index.
 * @param {string} wanted
 */
function candidates(wanted) {
  const ending = posix.extname(wanted);
  const paths = ENDINGS.includes(ending) ? [wanted] : [];
  if (ending === ".js") paths.push(`${wanted.slice(0, -ending.length)}.ts`);
  for (const base of [wanted, posix.join(wanted, "index")]) paths.push(...ENDINGS.map((each) => `${base}${each}`));
  return paths;
}
