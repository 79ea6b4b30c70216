import { globSync } from "node:fs";
import { join, posix, relative, resolve, sep } from "node:path";
import { bundlePackages, PACKAGES } from "./bundle-packages.mjs";
import { compileModules } from "./compile-modules.mjs";
import { fileState } from "./file-state.mjs";
import { OutputFiles } from "./output-files.mjs";
import { resolveImport } from "./resolve-import.mjs";

/** @typedef {import("../problems-file.mjs").BuildProblem} BuildProblem */

/**
 * @typedef {object} ProjectOptions
 * @property {readonly string[]} patterns of the scripts that scenes name; what they import comes by itself
 * @property {string} [folder] of the project, default the current one; all others are named from there
 * @property {string} [output] default `dist`
 * @property {readonly string[]} [external] names of imports that stay as they are, besides `godot` and Node's own
 * @property {string} [target] of esbuild, default `node24`
 */

/** @typedef {{ state: string; compiled: import("./compile-modules.mjs").CompiledModule }} KnownModule */

/** @typedef {import("./module-outline.mjs").ModuleImport & { to: import("./resolve-import.mjs").Resolved }} Link */

/** A change that cannot be built is not written, none of it: what was written before fits together. */
class Unbuildable extends Error {
  /** @param {readonly BuildProblem[]} problems */
  constructor(problems) {
    super(problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join("\n"));
    this.problems = problems;
  }
}

/** The modules of a project, each of which becomes a module of its own in the output. */
export class ProjectModules {
  /** Folders in which something can happen that matters, as of the last update. @type {Set<string>} */
  folders = new Set();
  #options;
  /** @type {Map<string, KnownModule>} by path; only those that were compiled without a problem */
  #known = new Map();
  /** @type {{ names: string; texts: Map<string, string> }} */
  #packages = { names: "", texts: new Map() };
  #files = new OutputFiles();

  /** @param {ProjectOptions} options */
  constructor({ patterns, folder = ".", output = "dist", external = [], target = "node24" }) {
    this.#options = { patterns, folder: resolve(folder), output, external, target };
  }

  /**
   * Brings the output up to date.
   * @returns {Promise<{ modules: number; touched: string[]; problems: readonly BuildProblem[] }>} with problems, nothing was touched
   */
  async update() {
    const { patterns, folder } = this.#options;
    this.folders = new Set(patterns.flatMap((pattern) => foldersBelow(pattern, folder)));
    try {
      const links = await this.#follow(patterns.flatMap((pattern) => scriptsOf(pattern, folder)));
      this.#requireNames(links);
      const packages = await this.#packagesOf(links);
      const touched = this.#files.put(new Map([...packages, ...this.#texts(links)]));
      for (const path of this.#known.keys()) if (!links.has(path)) this.#known.delete(path);
      return { modules: links.size, touched: touched.map((path) => relative(folder, path)), problems: [] };
    } catch (error) {
      if (error instanceof Unbuildable) return { modules: 0, touched: [], problems: error.problems };
      throw error;
    }
  }

  /**
   * Compiles what is new or changed, from the scripts to all that they import.
   * @param {readonly string[]} scripts
   * @returns {Promise<Map<string, Link[]>>} by path: what each module imports
   * @throws {Unbuildable}
   */
  async #follow(scripts) {
    /** @type {Map<string, Link[]>} */
    const links = new Map();
    /** @type {Map<string, string | undefined>} */
    const states = new Map();
    const stateOf = (/** @type {string} */ path) => {
      if (!states.has(path)) states.set(path, fileState(join(this.#options.folder, path)));
      return states.get(path);
    };
    const isFile = (/** @type {string} */ path) => stateOf(path) !== undefined;
    /** @type {BuildProblem[]} */
    const problems = [];
    for (let wave = [...new Set(scripts)]; wave.length > 0; ) {
      await this.#compile(
        wave.filter((path) => this.#known.get(path)?.state !== stateOf(path)),
        stateOf,
      );
      /** @type {Set<string>} */
      const next = new Set();
      for (const path of wave) {
        this.folders.add(posix.dirname(path));
        const imports = this.#outline(path).imports.map((each) => ({
          ...each,
          to: resolveImport(each.specifier, path, { external: this.#options.external, isFile }),
        }));
        links.set(path, imports);
        for (const { to, specifier, start } of imports) {
          if (to === "missing") {
            this.folders.add(posix.join(posix.dirname(path), posix.dirname(specifier)));
            const expected = `expected a TypeScript or JavaScript file "${specifier}" to import, found none`;
            problems.push(this.#problem(path, start, expected));
          } else if (to === "outside") {
            problems.push(this.#problem(path, start, `expected a file of the project to import, got "${specifier}"`));
          } else if (typeof to === "object" && "module" in to) next.add(to.module);
        }
      }
      wave = [...next].filter((path) => !links.has(path));
    }
    if (problems.length > 0) throw new Unbuildable(problems);
    return links;
  }

  /**
   * @param {readonly string[]} paths
   * @param {(path: string) => string | undefined} stateOf as it was before they are read
   * @throws {Unbuildable}
   */
  async #compile(paths, stateOf) {
    const states = paths.map((path) => stateOf(path) ?? "");
    const compiled = await orUnbuildable(compileModules(paths, this.#options), paths[0] ?? "");
    for (const [index, each] of compiled.entries())
      this.#known.set(paths[index] ?? "", { state: states[index] ?? "", compiled: each });
  }

  /**
   * Names that are imported are exported there: else the engine could not link the modules.
   * @param {ReadonlyMap<string, Link[]>} links
   * @throws {Unbuildable}
   */
  #requireNames(links) {
    const problems = [...links].flatMap(([path, imports]) =>
      imports.flatMap(({ to, names, start }) => {
        if (typeof to !== "object" || !("module" in to)) return [];
        return names
          .filter((name) => !this.#exports(to.module, name, links))
          .map((name) => this.#problem(path, start, `expected ${to.module} to export "${name}", it does not`));
      }),
    );
    if (problems.length > 0) throw new Unbuildable(problems);
  }

  /**
   * @param {string} path
   * @param {string} name
   * @param {ReadonlyMap<string, Link[]>} links
   * @param {Set<string>} asked modules that pass on each other's exports
   * @returns {boolean}
   */
  #exports(path, name, links, asked = new Set()) {
    if (asked.has(path)) return false;
    asked.add(path);
    if (this.#outline(path).exports.has(name)) return true;
    return (links.get(path) ?? []).some(({ to, passesAllOn }) => {
      if (!passesAllOn) return false;
      // What a package exports is not looked into.
      return typeof to !== "object" || !("module" in to) || this.#exports(to.module, name, links, asked);
    });
  }

  /**
   * @param {ReadonlyMap<string, Link[]>} links
   * @returns {Promise<ReadonlyMap<string, string>>} texts by path
   * @throws {Unbuildable}
   */
  async #packagesOf(links) {
    const uses = [...links].flatMap(([path, imports]) =>
      imports.flatMap(({ to, start }) =>
        typeof to === "object" && "package" in to ? { path, start, name: to.package } : [],
      ),
    );
    const names = [...new Set(uses.map(({ name }) => name))].sort();
    if (names.join() === this.#packages.names) return this.#packages.texts;
    try {
      this.#packages = { names: names.join(), texts: await bundlePackages(names, this.#options) };
      return this.#packages.texts;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const [use] = [...uses.filter(({ name }) => text.includes(`"${name}"`)), ...uses];
      if (use === undefined) throw error;
      throw new Unbuildable([
        this.#problem(
          use.path,
          use.start,
          `expected an installed package "${use.name}" (npm install ${use.name}): ${text}`,
        ),
      ]);
    }
  }

  /**
   * What is written of each module: its imports lead to the others' output.
   * @param {ReadonlyMap<string, Link[]>} links
   * @returns {Map<string, string>} by path
   */
  #texts(links) {
    const output = resolve(this.#options.folder, this.#options.output);
    /** @type {Map<string, string>} */
    const texts = new Map();
    for (const [path, imports] of links) {
      const known = this.#known.get(path);
      if (known === undefined) continue;
      let text = "";
      let done = 0;
      for (const { to, start, end } of imports.toSorted((a, b) => a.start - b.start)) {
        if (typeof to !== "object") continue;
        const target = "module" in to ? builtPath(to.module) : `${PACKAGES}/${to.package}.js`;
        text += `${known.compiled.text.slice(done, start)}${JSON.stringify(relativeImport(path, target))}`;
        done = end;
      }
      const built = join(output, builtPath(path));
      texts.set(built, text + known.compiled.text.slice(done));
      texts.set(`${built}.map`, known.compiled.map);
    }
    return texts;
  }

  /** @param {string} path */
  #outline(path) {
    const known = this.#known.get(path);
    if (known === undefined) throw new Error(`${path} was not compiled`);
    return known.compiled.outline;
  }

  /**
   * @param {string} file
   * @param {number} offset
   * @param {string} message
   * @returns {BuildProblem}
   */
  #problem(file, offset, message) {
    return { file, line: this.#known.get(file)?.compiled.sourceLine(offset) ?? 1, message };
  }
}

const builtPath = (/** @type {string} */ path) => path.replace(/\.\w+$/, ".js");

/**
 * @param {string} from
 * @param {string} to
 */
function relativeImport(from, to) {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith(".") ? path : `./${path}`;
}

/**
 * @param {string} pattern
 * @param {string} folder
 */
function found(pattern, folder) {
  return globSync(pattern, { cwd: folder }).map((path) => path.replaceAll(sep, "/").replace(/\/$/, ""));
}

/**
 * @param {string} pattern
 * @param {string} folder
 */
function scriptsOf(pattern, folder) {
  return found(pattern, folder)
    .filter((file) => !file.endsWith(".d.ts"))
    .sort();
}

/**
 * The folder that a pattern begins with and all in it: a new file may be in any.
 * @param {string} pattern
 * @param {string} folder
 */
function foldersBelow(pattern, folder) {
  const parts = pattern.split("/");
  const wild = parts.findIndex((part) => /[*?[{]/.test(part));
  const root = parts.slice(0, wild < 0 ? -1 : wild).join("/") || ".";
  return [root, ...(wild < 0 ? [] : found(`${root}/**/`, folder))];
}

/**
 * @template T
 * @param {Promise<T>} compiling
 * @param {string} file that is named where esbuild names none
 */
async function orUnbuildable(compiling, file) {
  try {
    return await compiling;
  } catch (error) {
    if (!(error instanceof Error) || !("errors" in error) || !Array.isArray(error.errors)) throw error;
    throw new Unbuildable(
      error.errors.map(({ text, location }) => ({
        file: location?.file ?? file,
        line: location?.line ?? 1,
        message: String(text),
      })),
    );
  }
}
