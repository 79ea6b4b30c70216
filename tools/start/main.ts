import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { startVirtualDisplay, type VirtualDisplay } from "../display/virtual-display.ts";
import { ChildProcesses, exitCodeOf } from "./child-processes.ts";
import { reportPath, startGameProcess } from "./game-process.ts";
import { readStartOptions, START_USAGE, type StartOptions } from "./start-options.ts";
import { startZoneProcess } from "./zone-process.ts";

const OUT_FOLDER = "out";
/** What the autopilot may take on top of its own time for starting, loading and joining, milliseconds. */
const AUTOPILOT_MARGIN_MS = 60_000;

const processes = new ChildProcesses();
let display: VirtualDisplay | undefined;
let interrupted = false;

async function stopEverything(): Promise<void> {
  await processes.stop();
  await display?.stop();
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    interrupted = true;
    void stopEverything().then(() => process.exit(signal === "SIGINT" ? 130 : 143));
  });
}

const args = process.argv.slice(2);
const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
if (args.includes("--help")) {
  process.stdout.write(START_USAGE);
} else {
  const options = readStartOptions(args, hasDisplay);
  if ("problem" in options) {
    process.stderr.write(`${options.problem}\n\n${START_USAGE}`);
    process.exitCode = 2;
  } else {
    try {
      process.exitCode = await play(options);
    } finally {
      await stopEverything();
    }
  }
}

async function play(options: StartOptions): Promise<number> {
  const world =
    options.connectTo === undefined ? await startZoneProcess(processes, options.port) : { address: options.connectTo };
  if ("problem" in world) return fail(options, world.problem);
  if (!hasDisplay) display = await startVirtualDisplay();
  mkdirSync(`${OUT_FOLDER}/screenshots`, { recursive: true });
  // The editor must not import the pictures.
  writeFileSync(`${OUT_FOLDER}/.gdignore`, "");
  rmSync(reportPath(OUT_FOLDER), { force: true });
  const game = startGameProcess(processes, {
    ...options,
    address: world.address,
    virtualDisplay: display,
    outFolder: OUT_FOLDER,
  });
  const { autopilotSeconds } = options;
  if (autopilotSeconds === undefined) return exitCodeOf(game);
  const overdue = setTimeout(() => game.kill("SIGKILL"), autopilotSeconds * 1000 + AUTOPILOT_MARGIN_MS);
  const code = await exitCodeOf(game);
  clearTimeout(overdue);
  return interrupted ? code : report(options, code);
}

/** Prints the autopilot's report as the last line. */
function report(options: StartOptions, gameExitCode: number): number {
  const path = reportPath(OUT_FOLDER);
  if (!existsSync(path)) {
    return fail(options, `the game ended with exit code ${gameExitCode} and left no report; its messages are above`);
  }
  const text = readFileSync(path, "utf8").trim();
  process.stdout.write(`${text}\n`);
  return gameExitCode;
}

function fail(options: StartOptions, problem: string): number {
  process.stderr.write(`${problem}\n`);
  if (options.autopilotSeconds !== undefined) process.stdout.write(`${JSON.stringify({ ok: false, problem })}\n`);
  return 1;
}
