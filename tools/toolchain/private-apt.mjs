// apt with its own lists, cache and empty record of what is installed: it resolves, fetches and verifies packages without root.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aptConfiguration, aptSources, inheritedAcquireSettings } from "./apt-configuration.mjs";
import { askProgram, distributionId, distributionName, findProgram } from "./host.mjs";
import { loggedRun } from "./logged-run.mjs";
import { chooseMirror, INDEX_FORMAT } from "./mirror.mjs";
import { SUITE } from "./packages.mjs";
import { SetUpFault } from "./set-up-fault.mjs";

const DEBIAN_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/**
 * Makes one in `folder` and reads the package lists. What it fetches lies in `folder`/cache/archives.
 * @param {{ folder: string, architecture: string, logPath: string, onProgress: (text: string) => void }} options
 * @returns {Promise<NodeJS.ProcessEnv>} the environment for `apt-get`
 * @throws {SetUpFault}
 */
export async function openApt({ folder, architecture, logPath, onProgress }) {
  requirePrograms();
  const mirror = mirrorOrFault();
  for (const sub of ["parts", "state/lists/partial", "cache/archives/partial", "log"]) {
    mkdirSync(join(folder, sub), { recursive: true });
  }
  const keyring = await debianKeyring(join(folder, "keyring"), logPath);
  writeFileSync(join(folder, "status"), "");
  writeFileSync(join(folder, "sources.list"), aptSources({ mirror, suite: SUITE, keyring }));
  const inherited = inheritedAcquireSettings(askProgram(["apt-config", "dump"]));
  writeFileSync(join(folder, "apt.conf"), aptConfiguration({ folder, architecture, inherited }));
  const env = { ...process.env, APT_CONFIG: join(folder, "apt.conf"), LC_ALL: "C" };

  onProgress(`reading the package lists of Debian ${SUITE}`);
  const update = await loggedRun(["apt-get", "update"], { logPath, env });
  if (!update.ok) throw fetchFault(`Debian ${SUITE} could not be read from ${mirror}`, update.tail, logPath);
  return env;
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
export function fetchFault(message, tail, logPath) {
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
