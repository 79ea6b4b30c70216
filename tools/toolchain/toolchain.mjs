// The one door to the toolchain: finds or makes it, and turns a command into one that runs inside.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { chooseEnterMode, enterCandidates } from "./choose-enter.mjs";
import { enterCommand } from "./enter-command.mjs";
import { cacheFolder, findProgram } from "./host.mjs";
import { planMounts, readRootEntries, writableFolders } from "./mounts.mjs";
import { ABI_PACKAGES, DEBIAN_ARCHITECTURES, FILES, MULTIARCH, PACKAGES, PROGRAMS, SUITE } from "./packages.mjs";
import { SetUpFault } from "./set-up-fault.mjs";
import { holdLock } from "./set-up-lock.mjs";
import { filePath, findSystemParts } from "./system-tools.mjs";
import { toolchainKey } from "./toolchain-key.mjs";
import { LAYOUT, readRecord, unpackUserland } from "./unpack.mjs";
import { describeDrift } from "./version-drift.mjs";
import { describeRange } from "./version-range.mjs";

/** @typedef {import("./enter-command.mjs").EnterMode} EnterMode */
/** @typedef {import("./enter-command.mjs").EnterPlan} EnterPlan */

/**
 * @typedef {object} Toolchain
 * @property {"system" | "userland"} kind
 * @property {string} root "/" for the system itself
 * @property {EnterMode} mode
 * @property {string} abiKey changes when native addons must be built anew
 * @property {Record<string, string>} versions by program or package name
 * @property {NodeJS.ProcessEnv} env for the commands
 * @property {(command: readonly string[], cwd?: string) => string[]} command the command line that runs it inside
 */

/**
 * @typedef {object} ToolchainOptions
 * @property {string} project the project's folder
 * @property {(text: string) => void} [onProgress]
 * @property {boolean} [fresh] try anew how to enter
 */

const INNER_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/usr/games";

/** Point at the machine's own libraries and drivers, which do not fit the userland's. */
const HOST_ONLY_VARIABLES = [
  "LD_LIBRARY_PATH",
  "LD_PRELOAD",
  "LIBGL_DRIVERS_PATH",
  "VK_ICD_FILENAMES",
  "VK_DRIVER_FILES",
];

/**
 * Where this machine's userland is or would be.
 * @returns {{ architecture: "amd64" | "arm64", key: string, shelf: string, folder: string }}
 * @throws {SetUpFault} on a platform that is not supported
 */
export function toolchainPlace() {
  const architecture = supportedArchitecture();
  const key = toolchainKey({ suite: SUITE, architecture, packages: PACKAGES, layout: LAYOUT });
  const shelf = join(cacheFolder(), "toolchain");
  return { architecture, key, shelf, folder: join(shelf, key) };
}

/**
 * The toolchain, set up when it is not there yet.
 * @param {ToolchainOptions} options
 * @returns {Promise<Toolchain>}
 * @throws {SetUpFault}
 */
export async function openToolchain(options) {
  const request = process.env.DARKAGES_TOOLCHAIN ?? "";
  if (!["", "system", "userland"].includes(request)) {
    throw new SetUpFault(`DARKAGES_TOOLCHAIN is "${request}", expected system or userland`, {
      todo: ["unset it to use the system's programs where they fit, and unpacked ones elsewhere"],
    });
  }
  const place = toolchainPlace();
  if (request !== "userland") {
    const parts = systemParts(place);
    const misfits = parts.filter((part) => part.verdict !== "within");
    if (misfits.length === 0) return systemToolchain(parts, place, options);
    if (request === "system") throw systemFault(misfits);
  }
  if (!existsSync(place.folder)) await setUp(place, options);
  return userlandToolchain(place, options);
}

/** @param {ReturnType<typeof toolchainPlace>} place */
export function systemParts(place) {
  return findSystemParts({
    architecture: place.architecture,
    path: process.env.PATH ?? "",
    rememberedPath: join(place.shelf, "system-versions.json"),
  });
}

/**
 * Removes every userland of the user's, half ones too, and the native addons that were built in them. Returns what was
 * removed.
 * @returns {string[]}
 */
export function removeToolchains() {
  const folders = ["toolchain", "native"].map((name) => join(cacheFolder(), name)).filter((path) => existsSync(path));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return folders;
}

/** @returns {Record<string, string>} the versions that the tests last passed with, by package */
export function lastKnownGood() {
  return JSON.parse(readFileSync(new URL("./versions.json", import.meta.url), "utf8"));
}

/** @returns {"amd64" | "arm64"} */
function supportedArchitecture() {
  if (process.platform !== "linux") {
    const name = { win32: "Windows", darwin: "macOS" }[/** @type {string} */ (process.platform)] ?? process.platform;
    throw new SetUpFault(
      `${name} is not supported yet: the game needs Godot 4.6 and a libnode 24 (Node as a library) there`,
      {
        todo: ["use Linux (Debian or Ubuntu), also in a virtual machine or, on Windows, in WSL 2"],
      },
    );
  }
  const architecture = DEBIAN_ARCHITECTURES[/** @type {"x64"} */ (process.arch)];
  if (architecture !== undefined) return architecture;
  throw new SetUpFault(
    `this machine is ${process.arch}; the toolchain is there for ${Object.keys(DEBIAN_ARCHITECTURES).join(" and ")}`,
    {
      todo: ["use an x64 machine"],
    },
  );
}

/** @param {import("./system-tools.mjs").FoundPart[]} misfits */
function systemFault(misfits) {
  const needs = new Map(PROGRAMS.map((need) => [need.name, need]));
  const lines = misfits.map((part) => {
    const need = needs.get(part.name);
    const range = need === undefined ? "" : ` (${describeRange(need)})`;
    return part.verdict === "missing"
      ? `${part.name}${range}: missing, Debian package ${part.packageName}`
      : `${part.name} at ${part.path} is ${part.version || "unreadable"}, expected ${need === undefined ? "" : describeRange(need)}`;
  });
  return new SetUpFault("DARKAGES_TOOLCHAIN=system, but the system does not have everything", {
    logTail: lines,
    todo: [
      `on Debian ${SUITE} or later: sudo apt-get install ${[...new Set(misfits.map((part) => part.packageName))].join(" ")}`,
      "elsewhere: unset DARKAGES_TOOLCHAIN, and an unpacked userland is used instead",
    ],
  });
}

/**
 * @param {ReturnType<typeof toolchainPlace>} place
 * @param {ToolchainOptions} options
 */
async function setUp(place, options) {
  const tell = options.onProgress ?? (() => {});
  const release = await holdLock(`${place.folder}.lock`, (owner) =>
    tell(`waiting for the set-up of process ${owner.pid}`),
  ).catch((error) => {
    throw new SetUpFault(`the cache folder cannot be written: ${error.message}`, {
      todo: ["set XDG_CACHE_HOME to a folder of yours"],
    });
  });
  const half = `${place.folder}.new-${process.pid}`;
  const discard = () => rmSync(half, { recursive: true, force: true });
  process.once("exit", discard);
  try {
    if (existsSync(place.folder)) return;
    for (const name of readdirSync(place.shelf)) {
      if (name.includes(".new-")) rmSync(join(place.shelf, name), { recursive: true, force: true, maxRetries: 5 });
    }
    await unpackUserland({
      folder: half,
      architecture: place.architecture,
      logPath: join(options.project, "out/logs/toolchain.log"),
      onProgress: tell,
    });
    requireInRange(readRecord(half), place.architecture, half);
    mkdirSync(join(half, "view"));
    renameSync(half, place.folder);
  } finally {
    discard();
    process.off("exit", discard);
    release();
  }
}

/**
 * @param {import("./unpack.mjs").UserlandRecord} record
 * @param {"amd64" | "arm64"} architecture
 * @param {string} folder
 * @throws {SetUpFault} when Debian has moved on past what is supported
 */
function requireInRange(record, architecture, folder) {
  const known = lastKnownGood();
  const drifts = PROGRAMS.map((need) => {
    const version = record.packages[need.packageName] ?? "";
    return describeDrift(need, version, known[need.packageName] ?? "");
  }).filter((drift) => drift !== "");
  for (const need of FILES) {
    if (filePath(need, architecture, join(folder, "root")) === "")
      drifts.push(`${need.name}: ${need.path} did not come`);
  }
  if (drifts.length === 0) return;
  throw new SetUpFault(`Debian ${SUITE} has moved past what this version of the game supports`, {
    logTail: drifts,
    todo: [
      "update the game: a newer version may support it (then tools/toolchain/packages.mjs has a wider range);",
      "or set DARKAGES_MIRROR to an archive of that Debian release as it was when versions.json was recorded",
    ],
  });
}

/**
 * @param {import("./system-tools.mjs").FoundPart[]} parts
 * @param {ReturnType<typeof toolchainPlace>} place
 * @param {ToolchainOptions} options
 * @returns {Toolchain}
 */
function systemToolchain(parts, place, options) {
  const versions = Object.fromEntries(parts.map((part) => [part.name, part.version || "found"]));
  const folders = new Set(
    parts.filter((part) => part.version !== "").map((part) => part.path.slice(0, part.path.lastIndexOf("/"))),
  );
  const env = { ...process.env, PATH: [...folders, process.env.PATH ?? ""].join(":") };
  const plan = { ...planFor("/", place.architecture), mounts: [] };
  const candidates = enterCandidates(process.env.DARKAGES_ENTER, "system");
  const mode = chooseEnterMode({
    candidates,
    plan,
    env,
    rememberedPath: join(place.shelf, "system-enter.json"),
    fresh: options.fresh ?? false,
  });
  const abiKey = digest([place.architecture, JSON.stringify(versions)]);
  return { kind: "system", root: "/", mode, abiKey, versions, env, command: commandMaker(mode, plan) };
}

/**
 * @param {ReturnType<typeof toolchainPlace>} place
 * @param {ToolchainOptions} options
 * @returns {Toolchain}
 */
function userlandToolchain(place, options) {
  const record = readRecord(place.folder);
  const { plan, env } = userlandPlan(place, options.project);
  const mode = chooseEnterMode({
    candidates: enterCandidates(process.env.DARKAGES_ENTER, "userland"),
    plan,
    env,
    rememberedPath: `${place.folder}.enter.json`,
    fresh: options.fresh ?? false,
  });
  const abiKey = digest([place.architecture, ...ABI_PACKAGES.map((name) => `${name}=${record.packages[name] ?? ""}`)]);
  return {
    kind: "userland",
    root: plan.root,
    mode,
    abiKey,
    versions: record.packages,
    env,
    command: commandMaker(mode, plan),
  };
}

/**
 * What is needed to enter an unpacked userland, and the environment inside.
 * @param {ReturnType<typeof toolchainPlace>} place
 * @param {string} project
 * @returns {{ plan: EnterPlan, env: NodeJS.ProcessEnv }}
 */
export function userlandPlan(place, project) {
  const root = join(place.folder, "root");
  const writable = writableFolders({
    project,
    home: homedir(),
    cwd: process.cwd(),
    cache: cacheFolder(),
    env: process.env,
  });
  const mounts = planMounts({ root, rootEntries: readRootEntries(root), writable, exists: existsSync });
  const plan = { ...planFor(root, place.architecture), mounts, newRoot: join(place.folder, "view") };
  return { plan, env: innerEnvironment(process.env) };
}

/**
 * @param {NodeJS.ProcessEnv} outer
 * @returns {NodeJS.ProcessEnv}
 */
function innerEnvironment(outer) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...outer, PATH: INNER_PATH };
  for (const name of HOST_ONLY_VARIABLES) delete env[name];
  return env;
}

/**
 * @param {string} root
 * @param {"amd64" | "arm64"} architecture
 * @returns {EnterPlan}
 */
function planFor(root, architecture) {
  return {
    mounts: [],
    root,
    newRoot: "/",
    cwd: process.cwd(),
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    programs: {
      bwrap: bwrapProgram(root, architecture),
      unshare: findProgram("unshare"),
      setpriv: findProgram("setpriv"),
      proot: prootProgram(root, architecture),
      sh: findProgram("sh"),
    },
  };
}

/**
 * The machine's own, which its security rules may name, or else the userland's.
 * @param {string} root
 * @param {"amd64" | "arm64"} architecture
 * @returns {string[]}
 */
function bwrapProgram(root, architecture) {
  const found = findProgram("bwrap");
  return found !== "" || root === "/" ? [found || "bwrap"] : userlandProgram("bwrap", root, architecture);
}

/**
 * The userland's: older ones cannot end what they started. Its seccomp filter fails (SIGBUS in the first program) when
 * it is started through the loader, so it does without.
 * @param {string} root
 * @param {"amd64" | "arm64"} architecture
 * @returns {string[]}
 */
function prootProgram(root, architecture) {
  if (root === "/") return ["proot"];
  return [findProgram("env"), "PROOT_NO_SECCOMP=1", ...userlandProgram("proot", root, architecture)];
}

/**
 * One of the userland's programs, run by its own loader with its own libraries: it needs nothing of the machine.
 * @param {string} name
 * @param {string} root
 * @param {"amd64" | "arm64"} architecture
 * @returns {string[]}
 */
function userlandProgram(name, root, architecture) {
  const loader = { amd64: "usr/lib64/ld-linux-x86-64.so.2", arm64: "usr/lib/ld-linux-aarch64.so.1" }[architecture];
  const libraries = join(root, "usr/lib", MULTIARCH[architecture]);
  return [join(root, loader), "--library-path", libraries, join(root, "usr/bin", name)];
}

/**
 * @param {EnterMode} mode
 * @param {EnterPlan} plan
 * @returns {Toolchain["command"]}
 */
function commandMaker(mode, plan) {
  return (command, cwd = process.cwd()) => [...enterCommand(mode, { ...plan, cwd }), ...command];
}

/** @param {readonly string[]} parts */
function digest(parts) {
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);
}
