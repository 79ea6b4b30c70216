// What each command of the launcher prepares and runs.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { asFault, describeFault, SetUpFault } from "../toolchain/set-up-fault.mjs";
import { doctor } from "./doctor.mjs";
import { foregroundRun } from "./foreground-run.mjs";
import { ALL_STEPS, prepare } from "./prepare.mjs";
import { bakeZones } from "./steps/bake-zones.mjs";
import { toolchainCommand } from "./toolchain-command.mjs";

/**
 * @typedef {object} CommandContext
 * @property {string} project
 * @property {import("./progress.mjs").Progress} progress
 */

/**
 * @typedef {(context: CommandContext, args: readonly string[]) => Promise<number>} Command returns the exit code
 */

const BIOME = ["node", "node_modules/@biomejs/biome/bin/biome"];
const DEPCRUISE = ["node", "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs"];
const VITEST = ["node", "node_modules/vitest/vitest.mjs"];
const EXAMPLE = "addons/godot-ts/examples/till-dawn";
const LAYERED_FOLDERS = ["scripts", "server", "tools", "tests"];

/**
 * A command that does some steps and then runs programs of the toolchain, one after the other while they succeed.
 * @param {readonly import("./prepare.mjs").StepName[]} steps
 * @param {(args: readonly string[], project: string) => readonly (readonly string[])[]} programs
 * @returns {Command}
 */
function inToolchain(steps, programs) {
  return async ({ project, progress }, args) => {
    const { toolchain } = await prepare({ project, progress, steps });
    for (const program of programs(args, project)) {
      const exitCode = await foregroundRun(toolchain.command(program, project), { cwd: project, env: toolchain.env });
      if (exitCode !== 0) return exitCode;
    }
    return 0;
  };
}

/** @type {Command} */
async function bake({ project, progress }, args) {
  if (args.includes("--help")) {
    console.log(
      "npm run bake -- [--out dist/zones] [--scene res://scenes/zones/NAME.tscn]...   all zones without --scene",
    );
    return 0;
  }
  const place = await prepare({ project, progress, steps: ["dependencies", "native", "bundle", "import"] });
  if (!existsSync(join(project, "tools/bake/bake.tscn"))) return 0;
  await progress.step("bake", (tell) => bakeZones(place, tell, { force: true, args }));
  return 0;
}

const CHECKS = new Set(["format", "types", "layering", "schemas"]);

/**
 * Ends with `N passed, N failed` also when there was nothing to run the tests with.
 * @type {Command}
 */
async function test(context, args) {
  // The checks read sources; only what runs them must be there.
  const onlyChecks = args.length > 0 && args.every((arg) => CHECKS.has(arg));
  const run = inToolchain(onlyChecks ? ["dependencies", "bundle"] : ALL_STEPS, (testArgs) => [
    ["node", "--enable-source-maps", "dist/tools/test/main.js", ...testArgs],
  ]);
  try {
    return await run(context, args);
  } catch (reason) {
    const error = asFault(reason);
    if (!(error instanceof SetUpFault)) throw error;
    console.error(describeFault(error));
    console.log("0 passed, 1 failed");
    return 1;
  }
}

/**
 * @param {readonly string[]} args of the engine
 * @param {string} what
 * @param {string} without a command that does something useful without one
 */
function requireDisplay(args, what, without) {
  if (process.env.DISPLAY || process.env.WAYLAND_DISPLAY || args.includes("--headless")) return;
  throw new SetUpFault(`${what} needs a display, and neither DISPLAY nor WAYLAND_DISPLAY is set`, {
    todo: ["run it on a desktop, or with X11 forwarding (ssh -X)", without],
  });
}

/** The steps of the example's README, with this project's packages. */
const PREPARE_EXAMPLE = [
  `cd ${EXAMPLE}`,
  "node --run addon",
  "node --run build",
  "{ [ -d .godot/imported ] || godot --headless --import; }",
].join(" && ");

/** @type {Command} */
async function example(context, args) {
  requireDisplay(args, "the example", "npm test -- engine till-dawn plays it without one");
  return inToolchain(["dependencies", "native"], (rest, project) => [
    ["sh", "-c", PREPARE_EXAMPLE],
    ["godot", "--path", join(project, EXAMPLE), ...rest],
  ])(context, args);
}

/** @type {Command} */
async function editor(context, args) {
  requireDisplay(args, "the editor", "npm run editor -- --headless --quit opens and checks the project without one");
  return inToolchain(ALL_STEPS, (rest, project) => [["godot", "--editor", "--path", project, ...rest]])(context, args);
}

/** @type {Command} */
async function build({ project, progress }) {
  await prepare({ project, progress, steps: ALL_STEPS });
  return 0;
}

/** @type {Readonly<Record<string, Command>>} */
export const COMMANDS = Object.freeze({
  start: inToolchain(ALL_STEPS, (args) => [["node", "--enable-source-maps", "dist/tools/start/main.js", ...args]]),
  server: inToolchain(ALL_STEPS, (args) => [["node", "--enable-source-maps", "dist/server/main.js", ...args]]),
  editor,
  example,
  test,
  "test:watch": inToolchain(["dependencies", "native"], (args) => [[...VITEST, "watch", "--project", "unit", ...args]]),
  bench: inToolchain(ALL_STEPS, (args) => [["node", "--enable-source-maps", "dist/tools/bench/main.js", ...args]]),
  conformance: inToolchain(ALL_STEPS, (args) => [
    ["node", "--enable-source-maps", "dist/tools/conformance/main.js", ...args],
  ]),
  fuzz: inToolchain(["dependencies", "bundle"], (args) => [
    ["node", "--enable-source-maps", "dist/tools/fuzz/main.js", ...args],
  ]),
  metrics: inToolchain(["dependencies", "bundle"], (args) => [
    ["node", "--enable-source-maps", "dist/tools/metrics/main.js", ...args],
  ]),
  flags: inToolchain(["dependencies", "bundle"], (args) => [
    ["node", "--enable-source-maps", "dist/tools/flags/main.js", ...args],
  ]),
  scenario: inToolchain(["dependencies", "bundle"], (args) => [
    ["node", "--enable-source-maps", "dist/tools/scenario/main.js", ...args],
  ]),
  soak: inToolchain(ALL_STEPS, (args) => [
    ["node", "--enable-source-maps", "--disable-warning=ExperimentalWarning", "dist/tools/soak/main.js", ...args],
  ]),
  load: inToolchain(ALL_STEPS, (args) => [["node", "--enable-source-maps", "dist/tools/load/main.js", ...args]]),
  replay: inToolchain(ALL_STEPS, (args) => [["node", "--enable-source-maps", "dist/tools/replay/main.js", ...args]]),
  export: inToolchain(ALL_STEPS, (args) => [["node", "--enable-source-maps", "dist/tools/export/main.js", ...args]]),
  bake,
  build,
  "build:watch": inToolchain(["dependencies", "native"], () => [["node", "build-watch.mjs"]]),
  types: inToolchain(["dependencies"], (args) => [
    ["sh", "-c", "mkdir -p out/api && cd out/api && exec godot --headless --dump-extension-api-with-docs"],
    ["node", "addons/godot-ts/tools/generate-types.mjs", "--api", "out/api/extension_api.json", ...args],
  ]),
  schemas: inToolchain(["dependencies"], (args) => [["node", "tools/schemas/generate.mjs", ...args]]),
  lint: inToolchain(["dependencies"], () => [
    [...BIOME, "check"],
    [...DEPCRUISE, "--config", ".dependency-cruiser.json", ...LAYERED_FOLDERS],
  ]),
  format: inToolchain(["dependencies"], (args) => [[...BIOME, "check", "--write", ...args]]),
  toolchain: toolchainCommand,
  doctor,
});
