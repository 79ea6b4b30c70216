import { readFileSync } from "node:fs";

const INTERVAL_MS = 1000;

/**
 * npm passes on the signals that it can; killed by one that it cannot, it leaves its children running. Asks this
 * process to end once the npm that started it is gone. Does nothing when npm did not start it.
 */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const watched = npmProcesses();
  const timer = setInterval(() => {
    if (watched.every(({ pid, parent }) => parentOf(pid) === parent)) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, INTERVAL_MS);
  timer.unref();
}

/** This process and the shell that npm may have put in between, each with its parent as it was at the start. */
function npmProcesses() {
  const own = { pid: process.pid, parent: process.ppid };
  return nameOf(own.parent) === "sh" ? [own, { pid: own.parent, parent: parentOf(own.parent) }] : [own];
}

/** @param {number} pid */
function nameOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "";
  }
}

/**
 * @param {number} pid
 * @returns {number} 0 when the process is gone
 */
function parentOf(pid) {
  try {
    return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
