import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { findProgram } from "./host.mjs";

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
  const setpriv = findProgram("setpriv");
  // Killed without a chance to tidy up, this process still takes the program with it.
  const prefix = setpriv === "" ? [] : [setpriv, "--pdeathsig", "KILL", "--"];
  const [program = "", ...programArguments] = [...prefix, ...command];
  mkdirSync(dirname(options.logPath), { recursive: true });
  const log = openSync(options.logPath, options.append ? "a" : "w");
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, {
      stdio: ["ignore", log, log],
      cwd: options.cwd ?? process.cwd(),
      env: options.env ?? process.env,
    });
    running.add(child);
    let isOverdue = false;
    const endOverdue = () => {
      isOverdue = true;
      child.kill("SIGKILL");
    };
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(endOverdue, options.timeoutMs);
    /** @param {number} exitCode @param {string} [reason] */
    const finish = (exitCode, reason) => {
      if (!running.delete(child)) return;
      clearTimeout(timer);
      closeSync(log);
      const tail = tellingLines(options.logPath);
      if (reason) tail.push(reason);
      resolve({ ok: exitCode === 0, exitCode, tail });
    };
    child.on("error", (error) => finish(127, `${command[0]}: ${error.message}`));
    child.on("close", (code, signal) => {
      const seconds = (options.timeoutMs ?? 0) / 1000;
      const overdue = `${command[0]} was not done after ${seconds} s and was ended; if the machine was busy, run the same command again`;
      finish(code ?? 1, isOverdue ? overdue : signal === null ? undefined : `${command[0]} was ended by ${signal}`);
    });
  });
}

const SHOWN_ERRORS = 8;
const SHOWN_TAIL = 10;

/**
 * What to show of a failed program's log: its first errors, which cause the others, and its end.
 * @param {string} path
 * @returns {string[]}
 */
export function tellingLines(path) {
  let lines;
  try {
    const text = readFileSync(path, "utf8").trimEnd();
    lines = text === "" ? [] : text.split("\n");
  } catch {
    return [];
  }
  const tailStart = Math.max(0, lines.length - SHOWN_TAIL);
  const errors = lines.slice(0, tailStart).filter((line) => /\berror\b[:\s]|ERROR/i.test(line));
  const first = errors.slice(0, SHOWN_ERRORS);
  return [...first, ...(first.length > 0 ? ["…"] : []), ...lines.slice(tailStart)];
}
