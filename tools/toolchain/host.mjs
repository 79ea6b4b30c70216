// What this machine is and has. Only questions; nothing here changes anything.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Ordinary users' PATH may lack the folders of system programs. */
const SYSTEM_FOLDERS = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin"];

/**
 * The full path of a program, "" when there is none.
 * @param {string} name
 * @param {string} [path] as in PATH
 * @returns {string}
 */
export function findProgram(name, path = process.env.PATH ?? "") {
  for (const folder of [...path.split(":"), ...SYSTEM_FOLDERS]) {
    const candidate = join(folder, name);
    if (folder === "" || !existsSync(candidate)) continue;
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not ours to run: look on.
    }
  }
  return "";
}

/**
 * Standard output of a short program, "" when it fails.
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function askProgram(command, env = process.env) {
  const [program = "", ...programArguments] = command;
  const result = spawnSync(program, programArguments, {
    encoding: "utf8",
    env,
    timeout: 20_000,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return result.status === 0 ? result.stdout || result.stderr : "";
}

/** `ID` of /etc/os-release: `debian`, `ubuntu`, …, "" when unknown. */
export function distributionId() {
  return osRelease("ID");
}

/** The distribution's name for people. */
export function distributionName() {
  return osRelease("PRETTY_NAME") || process.platform;
}

/** @param {string} field */
function osRelease(field) {
  try {
    const line = new RegExp(`^${field}="?([^"\n]*)"?$`, "m").exec(readFileSync("/etc/os-release", "utf8"));
    return line?.[1] ?? "";
  } catch {
    return "";
  }
}

/**
 * Where everything is kept that clones share.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function cacheFolder(env = process.env) {
  const base = env.XDG_CACHE_HOME;
  return join(base?.startsWith("/") ? base : join(homedir(), ".cache"), "darkages");
}

/** Changes with every start of the machine: what was tried before may not hold after. */
export function bootId() {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}
