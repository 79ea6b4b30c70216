import { type ChildProcess, spawn } from "node:child_process";
import { dirname, extname, join, resolve } from "node:path";
import { makeFolders } from "../../scripts/client/make-folder.ts";
import { startVirtualDisplay } from "../display/virtual-display.ts";
import type { ReplayToolOptions } from "./replay-options.ts";

const LEAVING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** Software rendering takes its time: so many times the clip's length, and so long to start, milliseconds. */
const SLOWEST = 60;
const START_MS = 120_000;

/** Plays a recording in the game: in its window, or filmed on a display that nobody sees. Returns the exit code. */
export async function playInGame(options: ReplayToolOptions): Promise<number> {
  return options.what === "clip" ? film(options) : show(options);
}

async function show(options: ReplayToolOptions): Promise<number> {
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new Error(
      "--window: expected a display, and neither DISPLAY nor WAYLAND_DISPLAY is set: run it on a desktop, " +
        "or film it with --clip PATH, which needs none",
    );
  }
  return ended(spawnGame(["--path", "."], gameArguments(options), process.env));
}

async function film(options: ReplayToolOptions): Promise<number> {
  const { seconds, fps, widthPixels, heightPixels } = options.clip;
  const path = moviePath(options.clip.path);
  makeFolders(dirname(path));
  const startMs = performance.now();
  await using display = await startVirtualDisplay({ widthPixels, heightPixels });
  const engine = [
    "--path",
    ".",
    "--rendering-method",
    "gl_compatibility",
    "--audio-driver",
    "Dummy",
    "--disable-vsync",
  ];
  engine.push("--display-driver", "x11", "--resolution", `${widthPixels}x${heightPixels}`);
  engine.push("--write-movie", path, "--fixed-fps", String(fps));
  const game = spawnGame(engine, [...gameArguments(options), "--replay-seconds", String(seconds)], display.env);
  const overdue = setTimeout(() => game.kill("SIGKILL"), START_MS + seconds * 1000 * SLOWEST);
  const code = await ended(game);
  clearTimeout(overdue);
  const realSeconds = Number(((performance.now() - startMs) / 1000).toFixed(1));
  if (code === 0) process.stdout.write(`${JSON.stringify({ clip: options.clip.path, seconds, fps, realSeconds })}\n`);
  return code;
}

/** The engine films to one .avi file, or to a picture per frame where it is given a .png. */
function moviePath(path: string): string {
  const extension = extname(path).toLowerCase();
  if (extension === ".avi") return resolve(path);
  if (extension === "") return resolve(join(path, "frame.png"));
  throw new Error(`--clip: expected a path that ends in .avi, or a folder, got "${path}"`);
}

function gameArguments({ file, startSeconds, quality }: ReplayToolOptions): string[] {
  const args = ["--replay", resolve(file), "--replay-start", String(startSeconds)];
  if (quality !== undefined) args.push("--quality", quality);
  return args;
}

function spawnGame(engineArgs: readonly string[], gameArgs: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.env.GODOT ?? "godot", [...engineArgs, "--", ...gameArgs], { stdio: "inherit", env });
}

/** Whoever ends this process ends the game with it. */
async function ended(game: ChildProcess): Promise<number> {
  const leave = (signal: NodeJS.Signals) => void game.kill(signal);
  for (const signal of LEAVING_SIGNALS) process.on(signal, leave);
  try {
    return await new Promise((resolveCode, reject) => {
      game.once("error", (error) => reject(new Error(`the game could not be started: ${error.message}`)));
      game.once("exit", (code, signal) => resolveCode(code ?? (signal === null ? 1 : 128)));
    });
  } finally {
    for (const signal of LEAVING_SIGNALS) process.off(signal, leave);
  }
}
