// Where the kernel gives no process namespace, nothing ends what a killed launcher has started. The warden does: it
// waits until its input closes, which is when the launcher is gone, and then ends every process of that run, known by
// a variable in its environment.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const VARIABLE = "DARKAGES_RUN";
/** Something may start another process just while it is looked for. */
const SWEEPS = 5;

/**
 * Starts a warden for this process.
 * @returns {Record<string, string>} the variable that everything under its care must have in its environment
 */
export function startWarden() {
  const run = randomUUID();
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), run], {
    stdio: ["pipe", "ignore", "ignore"],
    // Out of the terminal's reach: Ctrl-C must not end it first.
    detached: true,
    env: { PATH: process.env.PATH },
  });
  child.unref();
  /** @type {import("node:net").Socket} */ (child.stdin).unref();
  process.on("exit", () => endRun(run));
  return { [VARIABLE]: run };
}

/**
 * Kills every process of a run.
 * @param {string} run
 */
function endRun(run) {
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const pids = processesOf(run);
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // Ended in the meantime.
      }
    }
  }
}

/** @param {string} run */
function processesOf(run) {
  const entry = `${VARIABLE}=${run}\0`;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "latin1").includes(entry);
      } catch {
        return false;
      }
    })
    .map(Number);
}

const [, program = "", run] = process.argv;
if (program === fileURLToPath(import.meta.url) && run !== undefined) {
  process.stdin.resume();
  process.stdin.on("end", () => {
    endRun(run);
    process.exit(0);
  });
}
