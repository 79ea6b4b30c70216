import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/**
 * Runs a program with its output in a file.
 * @param {readonly string[]} command
 * @param {{ logPath: string, cwd?: string, env?: NodeJS.ProcessEnv, append?: boolean, timeoutMs?: number }} options
 * @returns {Promise<{ ok: boolean, exitCode: number, tail: string[] }>} `tail`: the last lines of the output
 */
export function loggedRun(command, options) {
  const [program = "", ...programArguments] = command;
  mkdirSync(dirname(options.logPath), { recursive: true });
  const log = openSync(options.logPath, options.append ? "a" : "w");
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, {
      stdio: ["ignore", log, log],
      cwd: options.cwd ?? process.cwd(),
      env: options.env ?? process.env,
    });
    running.add(child);
    const timer =
      options.timeoutMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), options.timeoutMs);
    /** @param {number} exitCode @param {string} [reason] */
    const finish = (exitCode, reason) => {
      if (!running.delete(child)) return;
      clearTimeout(timer);
      closeSync(log);
      const tail = lastLines(options.logPath, 15);
      if (reason) tail.push(reason);
      resolve({ ok: exitCode === 0, exitCode, tail });
    };
    child.on("error", (error) => finish(127, `${program}: ${error.message}`));
    child.on("close", (code, signal) =>
      finish(code ?? 1, signal === null ? undefined : `${program} was ended by ${signal}`),
    );
  });
}

/**
 * @param {string} path
 * @param {number} count
 * @returns {string[]}
 */
export function lastLines(path, count) {
  try {
    return readFileSync(path, "utf8").trimEnd().split("\n").slice(-count);
  } catch {
    return [];
  }
}
