// Runs the program that the user asked for: its input and output are the terminal's, its end is the launcher's.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** Programs that only lead into the userland; signals go past them, to what they run. */
const LEADING_IN = /^(bwrap|unshare|setpriv|sh|proot|ld-linux.*|prooted.*)$/;

/** How long a program may take to end after it was asked to. */
const GRACE_MS = 10_000;

/** Ctrl-C reaches everything in the terminal's foreground group by itself; the others reach only this process. */
const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * @param {readonly string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} the exit code; 128 + its number for a signal
 */
export function foregroundRun(command, { cwd, env }) {
  const [program = "", ...programArguments] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, programArguments, { stdio: "inherit", cwd, env });
    /** @type {NodeJS.Timeout | undefined} */
    let patience;
    let asked = 0;
    const onSignal = (/** @type {NodeJS.Signals} */ signal) => {
      asked += 1;
      const byTerminal = signal === "SIGINT" && process.stdin.isTTY;
      if (!byTerminal) sendInside(child.pid, signal === "SIGHUP" ? "SIGTERM" : signal);
      if (asked >= 3) child.kill("SIGKILL");
      patience ??= setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    };
    for (const signal of SIGNALS) process.on(signal, onSignal);
    const onExit = () => child.kill("SIGKILL");
    process.on("exit", onExit);
    const finish = () => {
      clearTimeout(patience);
      for (const signal of SIGNALS) process.off(signal, onSignal);
      process.off("exit", onExit);
    };
    child.on("error", (error) => {
      finish();
      reject(error);
    });
    child.on("close", (code, signal) => {
      finish();
      resolve(code ?? 128 + signalNumber(signal));
    });
  });
}

/**
 * Sends a signal to the first processes below `pid` that are not merely leading in.
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
function sendInside(pid, signal) {
  if (pid === undefined) return;
  const children = childrenOf(pid);
  if (children.length === 0 || !LEADING_IN.test(nameOf(pid))) {
    try {
      process.kill(pid, signal);
    } catch {
      // Ended in the meantime.
    }
    return;
  }
  for (const childPid of children) sendInside(childPid, signal);
}

/**
 * @param {number} pid
 * @returns {number[]}
 */
function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** @param {number} pid */
function nameOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "";
  }
}

/** @param {NodeJS.Signals | null} signal */
function signalNumber(signal) {
  return (
    { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }[
      /** @type {"SIGHUP"} */ (signal)
    ] ?? 1
  );
}
