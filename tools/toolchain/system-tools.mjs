// Whether the machine itself has everything, in the right ranges: Debian forky and later, containers of it.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { askProgram, findProgram } from "./host.mjs";
import { FILES, MULTIARCH, PROGRAMS } from "./packages.mjs";
import { compareToRange, parseVersion } from "./version-range.mjs";

/**
 * @typedef {{ name: string, packageName: string, path: string, version: string, verdict: "within" | "older" | "newer" | "unreadable" | "missing" }} FoundPart
 */

/**
 * Every program and file that is needed, as this machine has it. Versions are asked once per program file: Godot alone
 * takes longer to answer than everything else here.
 * @param {{ architecture: "amd64" | "arm64", path: string, rememberedPath: string }} options
 * @returns {FoundPart[]}
 */
export function findSystemParts({ architecture, path, rememberedPath }) {
  const remembered = readRemembered(rememberedPath);
  /** @type {Record<string, string>} */
  const versions = {};
  /** @type {FoundPart[]} */
  const parts = [];
  for (const need of PROGRAMS) {
    const found = findAcceptable(need, path, remembered, versions);
    parts.push({ name: need.name, packageName: need.packageName, ...found });
  }
  for (const need of FILES) {
    const path = filePath(need, architecture, "/");
    const verdict = path === "" ? "missing" : "within";
    parts.push({ name: need.name, packageName: need.packageName, path, version: "", verdict });
  }
  if (JSON.stringify(versions) !== JSON.stringify(remembered)) {
    mkdirSync(dirname(rememberedPath), { recursive: true });
    writeFileSync(rememberedPath, JSON.stringify(versions));
  }
  return parts;
}

/**
 * The first in PATH that is in range; else the first at all: a host's `node` is often an older one in front of it.
 * @param {import("./packages.mjs").ProgramNeed} need
 * @param {string} path
 * @param {Record<string, string>} remembered
 * @param {Record<string, string>} versions
 * @returns {Pick<FoundPart, "path" | "version" | "verdict">}
 */
function findAcceptable(need, path, remembered, versions) {
  /** @type {Pick<FoundPart, "path" | "version" | "verdict"> | undefined} */
  let first;
  for (const folder of new Set([...path.split(":"), "/usr/bin", "/usr/games", "/usr/local/bin"])) {
    const program = folder === "" ? "" : join(folder, need.name);
    if (program === "" || !existsSync(program) || findProgram(need.name, folder) !== program) continue;
    const { mtimeMs, size } = statSync(program);
    const mark = `${program}|${mtimeMs}|${size}`;
    const version =
      need.versionArguments.length === 0 ? "" : (remembered[mark] ?? askVersion(program, need.versionArguments));
    versions[mark] = version;
    const found = { path: program, version, verdict: compareToRange(version, need) };
    if (found.verdict === "within") return found;
    first ??= found;
  }
  return first ?? { path: "", version: "", verdict: "missing" };
}

/**
 * @param {string} program
 * @param {readonly string[]} versionArguments
 */
function askVersion(program, versionArguments) {
  const answer = askProgram([program, ...versionArguments]);
  return parseVersion(answer.split("\n")[0] ?? "").join(".");
}

/**
 * @param {string} path
 * @returns {Record<string, string>}
 */
function readRemembered(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return {};
  }
}

/**
 * Where a needed file is, "" when it is missing or is another one than is needed.
 * @param {import("./packages.mjs").FileNeed} need
 * @param {"amd64" | "arm64"} architecture
 * @param {string} root
 */
export function filePath(need, architecture, root) {
  const path = join(root, need.path.replace("MULTIARCH", MULTIARCH[architecture]));
  if (!existsSync(path)) return "";
  return need.holds === undefined || readFileSync(path, "utf8").includes(need.holds) ? path : "";
}
