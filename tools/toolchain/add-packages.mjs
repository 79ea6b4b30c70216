// What only some contributors want, such as another compiler or a debugger, unpacked into the userland that is there.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loggedRun } from "./logged-run.mjs";
import { SUITE } from "./packages.mjs";
import { fetchFault, openApt } from "./private-apt.mjs";
import { SetUpFault } from "./set-up-fault.mjs";
import { extractArchives, readRecord } from "./unpack.mjs";

/**
 * Packages that apt would install, parted by what a userland has.
 * @typedef {{ missing: Record<string, string>, older: string[] }} Addition versions by name; `older`: there in another version than Debian has now
 */

/**
 * @param {string} uris what `apt-get install --print-uris` said
 * @param {Record<string, string>} present versions by name
 * @returns {Addition}
 */
export function planAddition(uris, present) {
  /** @type {Addition} */
  const addition = { missing: {}, older: [] };
  for (const line of uris.split("\n")) {
    const [, name = "", version = ""] = /^'[^']+' ([^_ ]+)_([^_ ]+)_\S+\.deb /u.exec(line) ?? [];
    if (name === "") continue;
    const wanted = decodeURIComponent(version);
    const found = present[name];
    if (found === undefined) addition.missing[name] = wanted;
    else if (found !== wanted) addition.older.push(`${name} ${found}, now ${wanted}`);
  }
  return addition;
}

/**
 * @param {{ folder: string, architecture: string, names: readonly string[], logPath: string, onProgress: (text: string) => void }} options
 *   `folder`: of the userland; `names`: of Debian packages
 * @returns {Promise<Addition>} what was unpacked, and what may not fit it
 * @throws {SetUpFault}
 */
export async function addPackages({ folder, architecture, names, logPath, onProgress }) {
  const apt = `${folder}.new-${process.pid}`;
  try {
    const env = await openApt({ folder: apt, architecture, logPath, onProgress });
    const uris = join(apt, "uris");
    const resolved = await loggedRun(["apt-get", "install", "--yes", "--print-uris", ...names], { logPath: uris, env });
    if (!resolved.ok)
      throw new SetUpFault(`Debian ${SUITE} has no way to install ${names.join(" ")}`, {
        logTail: resolved.tail,
        todo: ["look the names up on Debian's web site"],
      });
    const record = readRecord(folder);
    const addition = planAddition(readFileSync(uris, "utf8"), record.packages);
    const wanted = Object.entries(addition.missing).map(([name, version]) => `${name}=${version}`);
    if (wanted.length === 0) return addition;

    const archives = join(apt, "added");
    mkdirSync(archives);
    onProgress(`fetching ${wanted.length} packages`);
    const fetched = await loggedRun(["apt-get", "download", ...wanted], { logPath, env, cwd: archives, append: true });
    if (!fetched.ok) throw fetchFault("the packages could not be fetched", fetched.tail, logPath);
    await extractArchives(archives, join(folder, "root"), logPath, onProgress);
    const packages = { ...record.packages, ...addition.missing };
    writeFileSync(join(apt, "record.json"), `${JSON.stringify({ ...record, packages }, null, 2)}\n`);
    renameSync(join(apt, "record.json"), join(folder, "record.json"));
    return addition;
  } finally {
    rmSync(apt, { recursive: true, force: true });
  }
}
