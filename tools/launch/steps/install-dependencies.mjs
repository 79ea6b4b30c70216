// npm lives on the host: it is what the user has. Everything that it installs runs inside the toolchain.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../../toolchain/host.mjs";
import { loggedRun } from "../../toolchain/logged-run.mjs";
import { SetUpFault } from "../../toolchain/set-up-fault.mjs";
import { hashFiles, isStamped, stamp, unstamp } from "../stamp.mjs";

/**
 * Installs the npm packages of package-lock.json where they are not installed yet.
 * @param {string} project
 * @param {(text: string) => void} tell
 * @returns {Promise<boolean>} whether anything was installed
 * @throws {SetUpFault}
 */
export async function installDependencies(project, tell) {
  const stampPath = join(project, "node_modules/.darkages-installed");
  const hash = hashFiles(project, ["package-lock.json"]);
  if (isStamped(stampPath, hash)) return false;
  if (isInstalled(project)) {
    stamp(stampPath, hash);
    return false;
  }
  tell("npm ci");
  unstamp(stampPath);
  const logPath = join(project, "out/logs/npm.log");
  const result = await loggedRun([...npmCommand(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    logPath,
    cwd: project,
  });
  if (!result.ok) {
    const offline = result.tail.some((line) => /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|network/i.test(line));
    throw new SetUpFault(offline ? "npm could not reach its registry" : "npm could not install the dependencies", {
      logTail: result.tail,
      logPath,
      todo: [
        offline ? "check the network, then run the same command again" : "see the log; then run the same command again",
      ],
    });
  }
  await import("../../hide-from-godot.mjs");
  stamp(stampPath, hash);
  return true;
}

function npmCommand() {
  const running = process.env.npm_execpath;
  if (running?.endsWith(".js") && existsSync(running)) return [process.execPath, running];
  const npm = findProgram("npm");
  if (npm !== "") return [npm];
  throw new SetUpFault("npm is not on this machine; it installs the development packages", {
    todo: ["install npm (it comes with Node, or as Debian package npm)"],
  });
}

/**
 * Whether node_modules holds what the lock file wants, for example because the user installed it.
 * @param {string} project
 */
function isInstalled(project) {
  const wanted = readPackages(join(project, "package-lock.json"));
  const present = readPackages(join(project, "node_modules/.package-lock.json"));
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith("node_modules/")) return true;
    const there = present[path];
    if (there === undefined) return entry.optional === true;
    return there.version === entry.version && existsSync(join(project, path));
  });
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
  } catch {
    return {};
  }
}
