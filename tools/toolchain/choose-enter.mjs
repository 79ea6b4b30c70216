import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { enterCommand } from "./enter-command.mjs";
import { bootId } from "./host.mjs";
import { SetUpFault } from "./set-up-fault.mjs";

/** @typedef {import("./enter-command.mjs").EnterMode} EnterMode */

/** @type {Record<string, readonly EnterMode[]>} what DARKAGES_ENTER can name, and what is tried for it */
const REQUESTS = {
  bwrap: ["bwrap", "bwrap-shared"],
  unshare: ["unshare", "unshare-shared"],
  chroot: ["unshare-shared"],
  proot: ["proot"],
  direct: ["direct"],
};

/**
 * What is tried, best first.
 * @param {string | undefined} requested DARKAGES_ENTER
 * @param {"userland" | "system"} kind
 * @returns {readonly EnterMode[]}
 * @throws {SetUpFault} for a name that is none
 */
export function enterCandidates(requested, kind) {
  if (requested) {
    const modes = REQUESTS[requested];
    if (modes !== undefined && (requested !== "direct" || kind === "system")) return modes;
    throw new SetUpFault(`DARKAGES_ENTER is "${requested}", expected one of bwrap, unshare, chroot, proot`, {
      todo: ["unset DARKAGES_ENTER to have the first one that works"],
    });
  }
  if (kind === "system") return ["bwrap", "unshare", "direct"];
  return ["bwrap", "unshare", "bwrap-shared", "unshare-shared", "proot"];
}

/**
 * @typedef {{ mode: EnterMode, reason: string }} Refusal
 */

/**
 * The first way in that works here, remembered until the machine starts again.
 * @param {{ candidates: readonly EnterMode[], plan: import("./enter-command.mjs").EnterPlan, env: NodeJS.ProcessEnv,
 *   rememberedPath: string, fresh: boolean }} options `fresh`: try anew
 * @returns {EnterMode}
 * @throws {SetUpFault}
 */
export function chooseEnterMode({ candidates, plan, env, rememberedPath, fresh }) {
  const mark = [bootId(), hostname(), plan.uid, plan.root, candidates.join(",")].join("|");
  if (!fresh) {
    const remembered = readRemembered(rememberedPath, mark);
    // Settings can change while the machine runs: the quickest program tells.
    if (remembered !== undefined && tryEnter(remembered, plan, env, ["true"]) === "") return remembered;
  }
  /** @type {Refusal[]} */
  const refusals = [];
  for (const mode of candidates) {
    const reason = tryEnter(mode, plan, env);
    if (reason === "") {
      mkdirSync(dirname(rememberedPath), { recursive: true });
      writeFileSync(rememberedPath, JSON.stringify({ mark, mode }));
      return mode;
    }
    refusals.push({ mode, reason });
  }
  throw new SetUpFault("the toolchain is there, but nothing could enter it", {
    logTail: refusals.map(({ mode, reason }) => `${mode}: ${reason}`),
    todo: [
      "in a container: allow user namespaces or ptrace (for Docker: --security-opt seccomp=unconfined, or --cap-add SYS_ADMIN)",
      "on Ubuntu: sudo apt-get install bubblewrap, or allow it with `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`",
      "or use a system that has everything (Debian forky or later) and set DARKAGES_TOOLCHAIN=system",
    ],
  });
}

/**
 * "" when it works, else why it does not.
 * @param {EnterMode} mode
 * @param {import("./enter-command.mjs").EnterPlan} plan
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} [command] must end well
 */
export function tryEnter(mode, plan, env, command = ["node", "--version"]) {
  const [program = "", ...programArguments] = [...enterCommand(mode, plan), ...command];
  const result = spawnSync(program, programArguments, { encoding: "utf8", env, timeout: 20_000 });
  if (result.error !== undefined) return result.error.message;
  if (result.status === 0) return "";
  const lines = result.stderr.trim().split("\n");
  return lines.at(-1) || `ended with ${result.status ?? result.signal}`;
}

/**
 * @param {string} path
 * @param {string} mark
 * @returns {EnterMode | undefined}
 */
function readRemembered(path, mark) {
  try {
    const value = JSON.parse(readFileSync(path, "utf8"));
    return value.mark === mark ? value.mode : undefined;
  } catch {
    return undefined;
  }
}
