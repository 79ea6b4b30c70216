// The one program behind every `npm run` command. It runs on the machine's own Node (20 or later) with nothing
// installed, sets up what is missing, and then runs the command inside the toolchain.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { COMMANDS } from "./launch/commands.mjs";
import { Progress } from "./launch/progress.mjs";
import { endWithNpm } from "./launch/watch-npm.mjs";
import { asFault, describeFault, SetUpFault } from "./toolchain/set-up-fault.mjs";

const OLDEST_NODE = 20;

async function main() {
  const [name = "", ...args] = process.argv.slice(2);
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    throw new SetUpFault(`this is Node ${process.versions.node}, expected Node ${OLDEST_NODE} or later`, {
      todo: ["install a newer Node"],
    });
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    throw new SetUpFault(name === "" ? "no command was given" : `there is no command "${name}"`, {
      todo: [`use one of ${Object.keys(COMMANDS).join(", ")}`],
    });
  }
  const project = join(fileURLToPath(import.meta.url), "../..");
  return command({ project, progress: new Progress(process.stderr) }, args);
}

// While steps run, a signal ends them through the exit handlers; a running program gets it instead.
for (const [signal, number] of /** @type {const} */ ([
  ["SIGINT", 2],
  ["SIGTERM", 15],
  ["SIGHUP", 1],
])) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(128 + number);
  });
}

endWithNpm();

try {
  process.exit(await main());
} catch (reason) {
  const error = asFault(reason);
  console.error(error instanceof SetUpFault ? describeFault(error) : error);
  process.exit(1);
}
