import { join } from "node:path";
import { loggedRun } from "../../toolchain/logged-run.mjs";
import { SetUpFault } from "../../toolchain/set-up-fault.mjs";

/**
 * What every step works with.
 * @typedef {object} WorkPlace
 * @property {string} project the project's folder
 * @property {import("../../toolchain/toolchain.mjs").Toolchain} toolchain
 */

/**
 * Runs a program of the toolchain as a step, with its output in out/logs.
 * @param {WorkPlace} place
 * @param {readonly string[]} command
 * @param {{ name: string, failure: string, todo: readonly string[], cwd?: string, append?: boolean, timeoutMs?: number }} options
 *   `name`: of the log; `failure`: what to say when it fails
 * @returns {Promise<string>} the log's path
 * @throws {SetUpFault}
 */
export async function runStep(place, command, { name, failure, todo, cwd = place.project, append = false, timeoutMs }) {
  const logPath = join(place.project, "out/logs", `${name}.log`);
  const result = await loggedRun(place.toolchain.command(command, cwd), {
    logPath,
    cwd,
    append,
    env: place.toolchain.env,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  if (!result.ok) throw new SetUpFault(failure, { logTail: result.tail, logPath, todo });
  return logPath;
}
