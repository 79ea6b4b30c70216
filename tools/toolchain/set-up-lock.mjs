import {
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const BEAT_MS = 5_000;
/** A holder that has not touched its lock for this long is gone, wherever it ran (another container, another machine). */
const SILENT_MS = 60_000;
const POLL_MS = 500;

/**
 * @typedef {{ pid: number, startedAt: string, pidNamespace: string }} LockOwner
 */

/**
 * Holds `path` until the returned function is called. Waits for a living holder, takes over from a dead one.
 * @param {string} path
 * @param {(owner: LockOwner) => void} onWait called once when somebody else holds it
 * @returns {Promise<() => void>} releases; safe to call twice
 */
export async function holdLock(path, onWait) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!tryCreate(path)) {
    const owner = readOwner(path);
    if (owner !== undefined && isStale(path, owner)) {
      takeAway(path, owner);
      continue;
    }
    if (!told && owner !== undefined) {
      told = true;
      onWait(owner);
    }
    await sleep(POLL_MS);
  }
  const beat = setInterval(() => touch(path), BEAT_MS);
  beat.unref();
  let held = true;
  const release = () => {
    if (!held) return;
    held = false;
    clearInterval(beat);
    rmSync(path, { force: true });
  };
  process.once("exit", release);
  return () => {
    process.off("exit", release);
    release();
  };
}

/** @param {string} path */
function tryCreate(path) {
  const owner = { pid: process.pid, startedAt: processStart(process.pid), pidNamespace: pidNamespace() };
  try {
    writeFileSync(path, JSON.stringify(owner), { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * @param {string} path
 * @returns {LockOwner | undefined} nothing when it has just been released or is being written
 */
function readOwner(path) {
  try {
    const value = JSON.parse(readFileSync(path, "utf8"));
    return typeof value?.pid === "number" ? value : undefined;
  } catch {
    // An unreadable lock is one cut short by a crash, once it has been silent for long enough.
    const age = ageMs(path);
    return age > SILENT_MS ? { pid: 0, startedAt: "", pidNamespace: "" } : undefined;
  }
}

/**
 * @param {string} path
 * @param {LockOwner} owner
 */
function isStale(path, owner) {
  if (owner.pidNamespace === pidNamespace() && processStart(owner.pid) !== owner.startedAt) return true;
  return ageMs(path) > SILENT_MS;
}

/**
 * Renames before it removes: of two that see the same dead owner, one wins.
 * @param {string} path
 * @param {LockOwner} owner
 */
function takeAway(path, owner) {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readOwner(aside);
  const ours = moved === undefined || (moved.pid === owner.pid && moved.startedAt === owner.startedAt);
  if (ours) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

/** @param {string} path */
function touch(path) {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // Removed under us: whoever did it holds the lock now, and the rename at the end decides.
  }
}

/** @param {string} path */
function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/**
 * Tells two processes with the same number apart; empty when there is none.
 * @param {number} pid
 */
function processStart(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function pidNamespace() {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
