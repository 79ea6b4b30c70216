import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROGRAMS } from "../toolchain/packages.mjs";
import { SetUpFault } from "../toolchain/set-up-fault.mjs";
import { removeToolchains } from "../toolchain/toolchain.mjs";
import { foregroundRun } from "./foreground-run.mjs";
import { prepare } from "./prepare.mjs";

/** Recorded besides the programs: what the addons are compiled against. */
const RECORDED_LIBRARIES = ["libnode-dev", "libgamenetworkingsockets-dev", "libopus-dev", "mesa-vulkan-drivers"];

/**
 * `npm run toolchain [-- --remove | --path | --record | exec PROGRAM ARGS...]`; alone it sets up.
 * @type {import("./commands.mjs").Command}
 */
export async function toolchainCommand({ project, progress }, args) {
  const [word = "", ...rest] = args;
  if (word === "--remove") {
    const removed = removeToolchains();
    console.log(removed.length === 0 ? "nothing to remove" : removed.map((path) => `removed ${path}`).join("\n"));
    return 0;
  }
  if (!["", "--path", "--record", "exec"].includes(word)) {
    throw new SetUpFault(`toolchain does not know "${word}"`, {
      todo: ["use it alone to set up, or with --remove, --path, --record, or exec PROGRAM ARGUMENTS"],
    });
  }
  const { toolchain } = await prepare({ project, progress, steps: [], fresh: word === "" });
  switch (word) {
    case "exec": {
      const command = rest[0] === "--" ? rest.slice(1) : rest;
      const inside = command.length === 0 ? ["bash"] : command;
      const cwd = process.env.INIT_CWD ?? process.cwd();
      return foregroundRun(toolchain.command(inside, cwd), { cwd, env: toolchain.env });
    }
    case "--record": {
      const names = [...PROGRAMS.map((need) => need.packageName), ...RECORDED_LIBRARIES];
      const known = names
        .filter((name) => toolchain.versions[name] !== undefined)
        .map((name) => [name, toolchain.versions[name]]);
      if (known.length === 0)
        throw new SetUpFault("only an unpacked userland has package versions to record", {
          todo: ["set DARKAGES_TOOLCHAIN=userland"],
        });
      const path = join(project, "tools/toolchain/versions.json");
      writeFileSync(path, `${JSON.stringify(Object.fromEntries(known.sort()), null, 2)}\n`);
      console.log(`recorded ${known.length} versions in ${path}`);
      return 0;
    }
    case "--path":
      console.log(toolchain.root);
      return 0;
    default:
      console.log(`${toolchain.kind} at ${toolchain.root}, entered by ${toolchain.mode}`);
      return 0;
  }
}
