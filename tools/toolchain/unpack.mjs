// Unpacks the Debian packages into a folder of the user's: apt resolves, fetches and verifies, dpkg-deb unpacks. Neither
// needs root, and nothing on the machine itself is changed.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { loggedRun } from "./logged-run.mjs";
import { PACKAGES, SUITE } from "./packages.mjs";
import { fetchFault, openApt } from "./private-apt.mjs";
import { SetUpFault } from "./set-up-fault.mjs";

/** Counts what is done after unpacking; part of the key, so that an older userland is not taken for a newer one. */
export const LAYOUT = 1;

/** Downloads and the unpacked tree side by side, measured 1.7 GB, with some air. */
const NEEDED_BYTES = 2.2e9;

/**
 * @typedef {{ suite: string, architecture: string, packages: Record<string, string> }} UserlandRecord
 */

/**
 * Fills `folder` (which must not exist) with a userland, in `folder`/root, and its record in `folder`/record.json.
 * @param {{ folder: string, architecture: string, logPath: string, onProgress: (text: string) => void }} options
 * @throws {SetUpFault}
 */
export async function unpackUserland({ folder, architecture, logPath, onProgress }) {
  mkdirSync(folder, { recursive: true });
  requireSpace(folder);
  const apt = join(folder, "apt");
  const env = await openApt({ folder: apt, architecture, logPath, onProgress });

  const archives = join(apt, "cache/archives");
  onProgress("fetching packages");
  const watch = setInterval(() => onProgress(`fetching packages, ${megabytes(archives)} MB`), 1000);
  const fetched = await loggedRun(["apt-get", "install", "--yes", "--download-only", ...PACKAGES], {
    logPath,
    env,
    append: true,
  }).finally(() => clearInterval(watch));
  if (!fetched.ok) throw fetchFault("the packages could not be fetched", fetched.tail, logPath);

  const root = join(folder, "root");
  await extractAll(archives, root, logPath, onProgress);
  finishLayout(root);
  writeFileSync(join(folder, "record.json"), `${JSON.stringify(recordOf(archives, architecture), null, 2)}\n`);
  rmSync(apt, { recursive: true, force: true });
}

/** @param {string} folder */
function requireSpace(folder) {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= NEEDED_BYTES) return;
  throw new SetUpFault(
    `setting up the toolchain needs ${(NEEDED_BYTES / 1e9).toFixed(1)} GB in ${folder}, where ${(free / 1e9).toFixed(1)} GB are free`,
    { todo: ["free some space, or set XDG_CACHE_HOME to a folder on a larger disk"] },
  );
}

/** @param {string} folder */
function megabytes(folder) {
  let bytes = 0;
  for (const part of [folder, join(folder, "partial")]) {
    try {
      for (const name of readdirSync(part)) bytes += statSync(join(part, name)).size;
    } catch {
      // Not there yet, or just renamed.
    }
  }
  return Math.round(bytes / 1e6);
}

/**
 * @param {string} archives
 * @param {string} root
 * @param {string} logPath
 * @param {(text: string) => void} onProgress
 */
async function extractAll(archives, root, logPath, onProgress) {
  mkdirSync(join(root, "usr"), { recursive: true });
  // Debian's merged layout, in place before anything is unpacked through it.
  for (const name of ["bin", "sbin", "lib", "lib64"]) {
    mkdirSync(join(root, "usr", name), { recursive: true });
    symlinkSync(`usr/${name}`, join(root, name));
  }
  await extractArchives(archives, root, logPath, onProgress);
}

/**
 * Unpacks every package of a folder over what is in `root`.
 * @param {string} archives
 * @param {string} root
 * @param {string} logPath
 * @param {(text: string) => void} onProgress
 * @throws {SetUpFault}
 */
export async function extractArchives(archives, root, logPath, onProgress) {
  const queue = readdirSync(archives).filter((name) => name.endsWith(".deb"));
  const total = queue.length;
  let done = 0;
  const worker = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const run = await loggedRun(["dpkg-deb", "-x", join(archives, name), root], { logPath, append: true });
      if (!run.ok) {
        const full = run.tail.some((line) => /No space left/.test(line));
        throw new SetUpFault(full ? `the disk filled up while unpacking ${name}` : `${name} could not be unpacked`, {
          logTail: run.tail.slice(-5),
          logPath,
          todo: full
            ? ["free some space, or set XDG_CACHE_HOME to a folder on a larger disk"]
            : ["run the same command again: it starts clean"],
        });
      }
      done += 1;
      onProgress(`unpacking ${done} of ${total}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
}

/**
 * What the packages' own scripts would have done, as far as anything here needs it.
 * @param {string} root
 */
function finishLayout(root) {
  const links = { sh: "dash", awk: "mawk", cc: "gcc", "c++": "g++" };
  for (const [name, target] of Object.entries(links)) {
    const link = join(root, "usr/bin", name);
    if (!existsSync(link)) symlinkSync(target, link);
  }
  for (const folder of ["dev", "proc", "sys", "tmp", "run", "home", "root", "etc", "var/tmp", "mnt"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  // Replaced by the machine's own when the userland is entered: a file can only be bound over a file.
  for (const name of ["resolv.conf", "hosts", "passwd", "group", "localtime", "machine-id"]) {
    const file = join(root, "etc", name);
    if (!existsSync(file)) writeFileSync(file, "");
  }
  mkdirSync(join(root, "etc/ssl"), { recursive: true });
  writeFileSync(join(root, "etc/nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files dns\n");
}

/**
 * @param {string} archives
 * @param {string} architecture
 * @returns {UserlandRecord}
 */
function recordOf(archives, architecture) {
  const names = readdirSync(archives)
    .filter((name) => name.endsWith(".deb"))
    .sort();
  /** @type {Record<string, string>} */
  const packages = {};
  for (const file of names) {
    const [name, version] = basename(file, ".deb").split("_");
    if (name && version) packages[name] = decodeURIComponent(version);
  }
  return { suite: SUITE, architecture, packages };
}

/**
 * @param {string} folder
 * @returns {UserlandRecord}
 */
export function readRecord(folder) {
  return JSON.parse(readFileSync(join(folder, "record.json"), "utf8"));
}
