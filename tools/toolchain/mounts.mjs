// What is seen inside the userland: the userland itself, and of the machine what a game and its developer need.
import { existsSync, lstatSync, readdirSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";

/**
 * `link`: `source` is the text of a symbolic link. `devices`, `processes`: the machine's /dev, and /proc.
 * @typedef {{ kind: "read" | "write" | "link" | "devices" | "processes" | "scratch", source: string, target: string }} Mount
 */

/**
 * @typedef {object} MountFacts
 * @property {string} root the userland's folder
 * @property {readonly { name: string, linkTo: string }[]} rootEntries top of the userland; `linkTo` "" for a folder
 * @property {readonly string[]} writable folders of the machine that are seen inside at the same path
 * @property {(path: string) => boolean} exists on the machine
 */

/** Made from the machine's own, never from the userland's. */
const NOT_FROM_USERLAND = new Set(["dev", "proc", "sys", "tmp", "run", "home", "root", "mnt", "media", "boot"]);

/** Names, users and time as on the machine; certificates for whoever speaks TLS. */
const READ_FILES = ["resolv.conf", "hosts", "passwd", "group", "localtime", "machine-id", "ssl"].map(
  (name) => `/etc/${name}`,
);

/**
 * In the order in which they must be made: folders before what lies in them.
 * @param {MountFacts} facts
 * @returns {Mount[]}
 */
export function planMounts({ root, rootEntries, writable, exists }) {
  /** @type {Mount[]} */
  const mounts = [];
  for (const { name, linkTo } of rootEntries) {
    if (NOT_FROM_USERLAND.has(name)) continue;
    if (linkTo !== "") mounts.push({ kind: "link", source: linkTo, target: `/${name}` });
    else mounts.push({ kind: "read", source: join(root, name), target: `/${name}` });
  }
  mounts.push({ kind: "scratch", source: "", target: "/var/tmp" });
  mounts.push({ kind: "devices", source: "/dev", target: "/dev" });
  mounts.push({ kind: "processes", source: "/proc", target: "/proc" });
  mounts.push({ kind: "read", source: "/sys", target: "/sys" });
  for (const file of READ_FILES) {
    if (exists(file)) mounts.push({ kind: "read", source: file, target: file });
  }
  // Displays (X11 in /tmp, Wayland in the run folder), sound (PipeWire, PulseAudio), the message bus, input devices.
  for (const folder of ["/run/udev", "/run/dbus"]) {
    if (exists(folder)) mounts.push({ kind: "read", source: folder, target: folder });
  }
  for (const folder of withoutNested(
    ["/tmp", ...writable].filter((path) => path !== "" && path !== "/" && exists(path)),
  )) {
    mounts.push({ kind: "write", source: folder, target: folder });
  }
  return mounts;
}

/**
 * Sorted, without folders that lie in another of them.
 * @param {readonly string[]} folders
 * @returns {string[]}
 */
export function withoutNested(folders) {
  /** @type {string[]} */
  const kept = [];
  for (const folder of [...new Set(folders)].sort()) {
    if (!kept.some((outer) => folder.startsWith(`${outer}/`))) kept.push(folder);
  }
  return kept;
}

/**
 * Folders of this machine that go in: project, home, where the user stands, temporary and run folders, the cache, and
 * the folder of XAUTHORITY.
 * @param {{ project: string, home: string, cwd: string, cache: string, env: NodeJS.ProcessEnv }} facts
 * @returns {string[]}
 */
export function writableFolders({ project, home, cwd, cache, env }) {
  const folders = [project, home, cwd, cache, env.TMPDIR ?? "", env.XDG_RUNTIME_DIR ?? ""];
  const authority = env.XAUTHORITY;
  if (authority?.startsWith("/")) folders.push(authority.slice(0, authority.lastIndexOf("/")));
  return folders.filter((path) => path.startsWith("/") && existsSync(path)).map((path) => realpathSync(path));
}

/**
 * @param {string} root
 * @returns {MountFacts["rootEntries"]}
 */
export function readRootEntries(root) {
  return readdirSync(root).map((name) => {
    const path = join(root, name);
    return { name, linkTo: lstatSync(path).isSymbolicLink() ? readlinkSync(path) : "" };
  });
}
