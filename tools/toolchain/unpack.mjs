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
import { aptConfiguration, aptSources, inheritedAcquireSettings } from "./apt-configuration.mjs";
import { askProgram, distributionId, distributionName, findProgram } from "./host.mjs";
import { loggedRun } from "./logged-run.mjs";
import { chooseMirror, INDEX_FORMAT } from "./mirror.mjs";
import { PACKAGES, SUITE } from "./packages.mjs";
import { SetUpFault } from "./set-up-fault.mjs";

/** Counts what is done after unpacking; part of the key, so that an older userland is not taken for a newer one. */
export const LAYOUT = 1;

/** Downloads and the unpacked tree side by side, measured 1.7 GB, with some air. */
const NEEDED_BYTES = 2.2e9;

const DEBIAN_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/**
 * @typedef {{ suite: string, architecture: string, packages: Record<string, string> }} UserlandRecord
 */

/**
 * Fills `folder` (which must not exist) with a userland, in `folder`/root, and its record in `folder`/record.json.
 * @param {{ folder: string, architecture: string, logPath: string, onProgress: (text: string) => void }} options
 * @throws {SetUpFault}
 */
export async function unpackUserland({ folder, architecture, logPath, onProgress }) {
  requirePrograms();
  const mirror = mirrorOrFault();
  mkdirSync(folder, { recursive: true });
  requireSpace(folder);

  const apt = join(folder, "apt");
  for (const sub of ["parts", "state/lists/partial", "cache/archives/partial", "log"]) {
    mkdirSync(join(apt, sub), { recursive: true });
  }
  const keyring = await debianKeyring(join(folder, "keyring"), logPath);
  writeFileSync(join(apt, "status"), "");
  writeFileSync(join(apt, "sources.list"), aptSources({ mirror, suite: SUITE, keyring }));
  const inherited = inheritedAcquireSettings(askProgram(["apt-config", "dump"]));
  writeFileSync(join(apt, "apt.conf"), aptConfiguration({ folder: apt, architecture, inherited }));
  const env = { ...process.env, APT_CONFIG: join(apt, "apt.conf"), LC_ALL: "C" };

  onProgress(`reading the package lists of Debian ${SUITE}`);
  const update = await loggedRun(["apt-get", "update"], { logPath, env });
  if (!update.ok) throw fetchFault(`Debian ${SUITE} could not be read from ${mirror}`, update.tail, logPath);

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

function requirePrograms() {
  const missing = ["apt-get", "apt-config", "dpkg-deb"].filter((name) => findProgram(name) === "");
  if (missing.length === 0) return;
  throw new SetUpFault(`${distributionName()} has no ${missing.join(", ")}: the toolchain is made of Debian packages`, {
    todo: [
      "use Debian or Ubuntu, or a container of one of them;",
      "or install Godot 4.6, Node 24 with libnode and its headers, GameNetworkingSockets, flatc, g++, make, Xvfb and" +
        " xdotool yourself and set DARKAGES_TOOLCHAIN=system. `npm run doctor` lists what is missing.",
    ],
  });
}

function mirrorOrFault() {
  const choice = chooseMirror({
    requested: process.env.DARKAGES_MIRROR,
    indexTargets: askProgram(["apt-get", "indextargets", "--format", INDEX_FORMAT]),
    distribution: distributionId(),
  });
  if (choice.ok) return choice.mirror;
  const howTo =
    "set DARKAGES_MIRROR to the address of a Debian mirror near you, e.g. DARKAGES_MIRROR=http://HOST/debian npm start";
  const list = "Debian's web site has the list of mirrors";
  switch (choice.reason) {
    case "invalid":
      throw new SetUpFault(
        `DARKAGES_MIRROR is "${process.env.DARKAGES_MIRROR}", expected an address such as http://HOST/debian`,
        {
          todo: [`${howTo}; ${list}`],
        },
      );
    case "ubuntu":
      throw new SetUpFault(
        `the toolchain comes from Debian ${SUITE}, and the mirrors that this Ubuntu machine's apt knows carry Ubuntu only`,
        { todo: [`${howTo}; ${list}`] },
      );
    case "none":
      throw new SetUpFault(`the toolchain comes from Debian ${SUITE}, and this machine's apt knows no Debian mirror`, {
        todo: [`${howTo}; ${list}`],
      });
  }
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

/**
 * Debian has the keys installed. Ubuntu has them in a package, which its own apt verifies; it is unpacked, not installed.
 * @param {string} folder
 * @param {string} logPath
 */
async function debianKeyring(folder, logPath) {
  if (existsSync(DEBIAN_KEYRING)) return DEBIAN_KEYRING;
  mkdirSync(folder, { recursive: true });
  const fetched = await loggedRun(["apt-get", "download", "debian-archive-keyring"], { logPath, cwd: folder });
  const archive = readdirSync(folder).find((name) => name.endsWith(".deb"));
  const unpacked =
    fetched.ok &&
    archive !== undefined &&
    (await loggedRun(["dpkg-deb", "-x", archive, "."], { logPath, cwd: folder, append: true })).ok;
  const keyring = join(folder, DEBIAN_KEYRING);
  if (unpacked && existsSync(keyring)) return keyring;
  throw new SetUpFault(`Debian's keys (${DEBIAN_KEYRING}) are not on this machine: packages could not be verified`, {
    logTail: fetched.tail,
    logPath,
    todo: ["sudo apt-get update && sudo apt-get install debian-archive-keyring"],
  });
}

/**
 * @param {string} message
 * @param {string[]} tail
 * @param {string} logPath
 */
function fetchFault(message, tail, logPath) {
  const errors = tail.filter((line) => /^(E|W|Err):?/.test(line));
  const text = tail.join("\n");
  const todo = ["check the network, then run the same command again: it starts clean"];
  if (/No space left/.test(text))
    todo.splice(0, 1, "free some space, or set XDG_CACHE_HOME to a folder on a larger disk");
  else if (/NO_PUBKEY|not signed|signature|GPG error/i.test(text)) {
    todo.splice(0, 1, "Debian signs this release with newer keys than this machine has: update debian-archive-keyring");
  } else if (/Unable to locate package|no installation candidate/.test(text)) {
    todo.splice(0, 1, `Debian ${SUITE} renamed or dropped a package: correct tools/toolchain/packages.mjs`);
  } else todo.push("or set DARKAGES_MIRROR to another Debian mirror");
  return new SetUpFault(message, { logTail: errors.length > 0 ? errors : tail, logPath, todo });
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
