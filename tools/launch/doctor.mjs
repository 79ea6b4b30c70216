// `npm run doctor`: what is there, what is missing, what to do. Changes nothing, fetches nothing.
import { existsSync, readdirSync, readFileSync, statfsSync } from "node:fs";
import { cpus, homedir, release, totalmem } from "node:os";
import { join } from "node:path";
import { tryEnter } from "../toolchain/choose-enter.mjs";
import { askProgram, cacheFolder, distributionId, distributionName, findProgram } from "../toolchain/host.mjs";
import { chooseMirror, INDEX_FORMAT } from "../toolchain/mirror.mjs";
import { PROGRAMS } from "../toolchain/packages.mjs";
import { SetUpFault } from "../toolchain/set-up-fault.mjs";
import { lastKnownGood, openToolchain, systemParts, toolchainPlace, userlandPlan } from "../toolchain/toolchain.mjs";
import { readRecord } from "../toolchain/unpack.mjs";
import { describeDrift } from "../toolchain/version-drift.mjs";
import { describeRange } from "../toolchain/version-range.mjs";
import { isStamped } from "./stamp.mjs";
import { NATIVE_ADDONS, nativeHash } from "./steps/build-native.mjs";

/**
 * `problem`: the game cannot run; `later`: the next command sets it up by itself; `note`: a fact.
 * @typedef {{ state: "good" | "later" | "problem" | "note", name: string, text: string, todo?: string }} Finding
 */

const MARKS = { good: "✓", later: "○", problem: "✗", note: " " };

/** @type {import("./commands.mjs").Command} */
export async function doctor({ project }) {
  /** @type {Finding[]} */
  const findings = [...hostFindings(), ...(await toolchainFindings(project))];
  console.log(findings.map(describeFinding).join("\n"));
  const problems = findings.filter((finding) => finding.state === "problem").length;
  const later = findings.filter((finding) => finding.state === "later").length;
  if (problems > 0) console.log(`\n${problems} to put right: see above`);
  else if (later > 0)
    console.log("\nnothing to put right; what is marked ○ is set up by the next npm start, build or test");
  else console.log("\neverything is there");
  return problems > 0 ? 1 : 0;
}

/** @param {Finding} finding */
function describeFinding({ state, name, text, todo }) {
  const line = `${MARKS[state]} ${name.padEnd(24)} ${text}`;
  return todo === undefined ? line : `${line}\n    → ${todo}`;
}

/** @returns {Finding[]} */
function hostFindings() {
  const gpu = existsSync("/dev/dri") ? readdirSync("/dev/dri").filter((name) => name.startsWith("render")) : [];
  const display = process.env.WAYLAND_DISPLAY
    ? `Wayland ${process.env.WAYLAND_DISPLAY}`
    : process.env.DISPLAY && `X11 ${process.env.DISPLAY}`;
  const npm = findProgram("npm");
  return [
    {
      state: "note",
      name: "machine",
      text: `${distributionName()}, Linux ${release()}, ${process.arch}, ${cpus().length} cores, ${(totalmem() / 1e9).toFixed(0)} GB`,
    },
    { state: "good", name: "Node (host)", text: `${process.versions.node}, version >= 20, ${process.execPath}` },
    npm === ""
      ? {
          state: "problem",
          name: "npm (host)",
          text: "missing",
          todo: "install npm; it comes with Node, or as Debian package npm",
        }
      : { state: "good", name: "npm (host)", text: npm },
    { state: "note", name: "user", text: process.getuid?.() === 0 ? "root" : `uid ${process.getuid?.()}` },
    { state: "note", name: "user namespaces", text: namespaceText() },
    { state: "note", name: "display", text: display || "none: windows open on a virtual one" },
    {
      state: "note",
      name: "GPU",
      text: gpu.length > 0 ? gpu.map((name) => `/dev/dri/${name}`).join(", ") : "none: drawn in software",
    },
  ];
}

function namespaceText() {
  const limit = readNumber("/proc/sys/user/max_user_namespaces");
  if (limit === 0 || readNumber("/proc/sys/kernel/unprivileged_userns_clone") === 0)
    return "forbidden by the kernel's settings";
  if (readNumber("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") === 1) return "restricted by AppArmor";
  return limit === undefined ? "not known to the kernel" : "allowed";
}

/** @param {string} path */
function readNumber(path) {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} project
 * @returns {Promise<Finding[]>}
 */
async function toolchainFindings(project) {
  try {
    const place = toolchainPlace();
    const request = process.env.DARKAGES_TOOLCHAIN ?? "";
    const parts = request === "userland" ? [] : systemParts(place);
    const onSystem = parts.length > 0 && parts.every((part) => part.verdict === "within");
    if (onSystem || request === "system")
      return [...systemFindings(parts), ...(await projectFindings(project, onSystem))];
    const unpacked = existsSync(place.folder);
    return [
      ...(unpacked ? unpackedFindings(place, project) : missingFindings(place)),
      ...(await projectFindings(project, unpacked)),
    ];
  } catch (error) {
    if (!(error instanceof SetUpFault)) throw error;
    return [{ state: "problem", name: "toolchain", text: error.message, todo: error.todo.join("; ") }];
  }
}

/**
 * @param {ReturnType<typeof systemParts>} parts
 * @returns {Finding[]}
 */
function systemFindings(parts) {
  const needs = new Map(PROGRAMS.map((need) => [need.name, need]));
  return parts.map((part) => {
    const need = needs.get(part.name);
    const range = need === undefined ? "" : `, ${describeRange(need)}`;
    if (part.verdict === "within")
      return { state: "good", name: part.name, text: `${part.version || "found"}${range}, ${part.path}` };
    const came = part.verdict === "missing" ? "missing" : `${part.version || "unreadable version"} at ${part.path}`;
    return {
      state: "problem",
      name: part.name,
      text: `${came}${range}`,
      todo: `install Debian package ${part.packageName}, or unset DARKAGES_TOOLCHAIN`,
    };
  });
}

/**
 * @param {ReturnType<typeof toolchainPlace>} place
 * @returns {Finding[]}
 */
function missingFindings({ folder }) {
  const choice = chooseMirror({
    requested: process.env.DARKAGES_MIRROR,
    indexTargets: askProgram(["apt-get", "indextargets", "--format", INDEX_FORMAT]),
    distribution: distributionId(),
  });
  const base = existsSync(cacheFolder()) ? cacheFolder() : homedir();
  const { bavail, bsize } = statfsSync(base);
  const freeGb = (bavail * bsize) / 1e9;
  const missing = ["apt-get", "apt-config", "dpkg-deb"].filter((name) => findProgram(name) === "");
  return [
    { state: "later", name: "toolchain", text: `not unpacked yet, will be at ${folder}` },
    missing.length === 0
      ? { state: "good", name: "apt and dpkg", text: "found" }
      : {
          state: "problem",
          name: "apt and dpkg",
          text: `missing: ${missing.join(", ")}`,
          todo: "use Debian or Ubuntu, or bring the programs and set DARKAGES_TOOLCHAIN=system",
        },
    choice.ok
      ? { state: "good", name: "Debian mirror", text: `${choice.mirror} (from ${choice.from})` }
      : {
          state: "problem",
          name: "Debian mirror",
          text: choice.reason === "ubuntu" ? "Ubuntu's mirrors do not carry Debian" : "none known",
          todo: "set DARKAGES_MIRROR to the address of a Debian mirror",
        },
    freeGb >= 2.2
      ? { state: "good", name: "disk", text: `${freeGb.toFixed(1)} GB free` }
      : {
          state: "problem",
          name: "disk",
          text: `${freeGb.toFixed(1)} GB free, 2.2 GB needed`,
          todo: "free some space or set XDG_CACHE_HOME",
        },
  ];
}

/**
 * @param {ReturnType<typeof toolchainPlace>} place
 * @param {string} project
 * @returns {Finding[]}
 */
function unpackedFindings(place, project) {
  const record = readRecord(place.folder);
  const known = lastKnownGood();
  /** @type {Finding[]} */
  const findings = [
    { state: "good", name: "toolchain", text: `Debian ${record.suite} ${record.architecture} at ${place.folder}` },
  ];
  for (const need of PROGRAMS) {
    const version = record.packages[need.packageName] ?? "";
    const drift = describeDrift(need, version, known[need.packageName] ?? "");
    const good = known[need.packageName];
    const since = good === undefined || good === version ? "" : ` (last known good: ${good})`;
    findings.push(
      drift === ""
        ? { state: "good", name: need.name, text: `${version}, ${describeRange(need)}${since}` }
        : {
            state: "problem",
            name: need.name,
            text: drift,
            todo: "npm run toolchain -- --remove, then update the game",
          },
    );
  }
  const { plan, env } = userlandPlan(place, project);
  let works = false;
  for (const mode of /** @type {const} */ (["bwrap", "unshare", "proot"])) {
    const reason = tryEnter(mode, plan, env);
    works ||= reason === "";
    findings.push({ state: reason === "" ? "good" : "note", name: `enter by ${mode}`, text: reason || "works" });
  }
  if (!works)
    findings.push({ state: "problem", name: "enter", text: "no way in", todo: "see docs/toolchain.md, Ways in" });
  return findings;
}

/**
 * @param {string} project
 * @param {boolean} hasToolchain
 * @returns {Promise<Finding[]>}
 */
async function projectFindings(project, hasToolchain) {
  /** @type {(there: boolean, name: string, text: string) => Finding} */
  const built = (there, name, text) => ({ state: there ? "good" : "later", name, text: there ? text : "not yet" });
  const findings = [
    built(existsSync(join(project, "node_modules/.darkages-installed")), "npm dependencies", "installed"),
    built(existsSync(join(project, "dist/.stamp")), "bundle", "dist/"),
    built(existsSync(join(project, ".godot/.darkages-imported")), "Godot import", ".godot/"),
  ];
  if (!hasToolchain) return findings;
  const place = { project, toolchain: await openToolchain({ project }) };
  for (const addon of NATIVE_ADDONS) {
    if (!existsSync(join(project, addon, "Makefile"))) continue;
    findings.push(built(isStamped(join(project, addon, "bin/.stamp"), nativeHash(place, addon)), addon, "built"));
  }
  return findings;
}
