import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { addPackages } from "../toolchain/add-packages.mjs";
import { PROGRAMS } from "../toolchain/packages.mjs";
import { SetUpFault } from "../toolchain/set-up-fault.mjs";
import { holdLock } from "../toolchain/set-up-lock.mjs";
import { removeToolchains, toolchainPlace } from "../toolchain/toolchain.mjs";
import { foregroundRun } from "./foreground-run.mjs";
import { prepare } from "./prepare.mjs";

/** Recorded besides the programs: what the addons are compiled against. */
const RECORDED_LIBRARIES = ["libnode-dev", "libgamenetworkingsockets-dev", "libopus-dev", "mesa-vulkan-drivers"];

/**
 * `npm run toolchain [-- --remove | --path | --record | add PACKAGES... | exec PROGRAM ARGS...]`; alone it sets up.
 * @type {import("./commands.mjs").Command}
 */
export async function toolchainCommand({ project, progress }, args) {
  const [word = "", ...rest] = args;
  if (word === "--remove") {
    const removed = removeToolchains();
    console.log(removed.length === 0 ? "nothing to remove" : removed.map((path) => `removed ${path}`).join("\n"));
    return 0;
  }
  if (!["", "--path", "--record", "add", "exec"].includes(word)) {
    throw new SetUpFault(`toolchain does not know "${word}"`, {
      todo: ["use it alone to set up, or with --remove, --path, --record, add PACKAGES, or exec PROGRAM ARGUMENTS"],
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
    case "add":
      await add({ project, progress }, toolchain, rest);
      return 0;
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

/**
 * @param {Parameters<import("./commands.mjs").Command>[0]} context
 * @param {import("../toolchain/toolchain.mjs").Toolchain} toolchain
 * @param {readonly string[]} names
 */
async function add({ project, progress }, toolchain, names) {
  if (names.length === 0 || names.some((name) => name.startsWith("-")))
    throw new SetUpFault("toolchain add expects names of Debian packages", {
      todo: ["npm run toolchain -- add clang"],
    });
  if (toolchain.kind === "system")
    throw new SetUpFault("the system's own programs are used, and nothing is unpacked beside them", {
      todo: [`sudo apt-get install ${names.join(" ")}`, "or set DARKAGES_TOOLCHAIN=userland"],
    });
  const { folder, architecture } = toolchainPlace();
  /** @type {import("../toolchain/add-packages.mjs").Addition | undefined} */
  let addition;
  await progress.step("packages", async (tell) => {
    const release = await holdLock(`${folder}.lock`, (owner) => tell(`waiting for the set-up of process ${owner.pid}`));
    const logPath = join(project, "out/logs/toolchain-add.log");
    try {
      addition = await addPackages({ folder, architecture, names, logPath, onProgress: tell });
      return true;
    } finally {
      release();
    }
  });
  const added = Object.entries(addition?.missing ?? {}).map(([name, version]) => `${name} ${version}`);
  console.log(added.length === 0 ? "all of it was there already" : `added ${added.join(", ")}`);
  for (const line of addition?.older ?? []) console.log(`older here than what the added ones were made for: ${line}`);
}
