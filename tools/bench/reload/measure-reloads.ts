import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LoadedZone } from "../../load/loaded-zone.ts";
import { ChildProcesses } from "../../start/child-processes.ts";
import { LineReader } from "./line-reader.ts";
import type { ReloadBenchOptions } from "./reload-options.ts";
import { LEAF, ReloadProject } from "./reload-project.ts";

/** What it took from each save to the line with which the game answers, milliseconds. */
export interface ReloadTimes {
  leafMs: number[];
  sharedMs: number[];
  /** Until the game has told of a save that cannot be built. */
  errorMs: number[];
  /** Everything that the game has said. */
  gameLines: readonly string[];
}

const ZONE = "shore";
const ZONES_FOLDER = "dist/zones";
const JOIN_LIMIT_MS = 60_000;
const POLL_MS = 50;
/** Nobody saves twice at once; and what the last save has left to do is not to be part of the next. */
const PAUSE_MS = 500;

/**
 * Saves scripts of a copy of the project while the game runs from it, headless, joined to a server of its own.
 * @throws {Error} when what was saved does not reach the game, or a node loses its state on the way
 */
export async function measureReloads({ saves, watchCommand }: ReloadBenchOptions): Promise<ReloadTimes> {
  const outFolder = resolve("out/bench/reload");
  mkdirSync(outFolder, { recursive: true });
  const processes = new ChildProcesses();
  using project = new ReloadProject();
  try {
    const [program = "", ...args] = watchCommand;
    const watcher = processes.spawn(program, args, { cwd: project.folder, stdio: ["pipe", "pipe", "pipe"] });
    await new LineReader(watchCommand.join(" "), watcher).waitFor(/built|created/);
    const zone = await LoadedZone.start(processes, {
      program: resolve("dist/server/main.js"),
      logFile: join(outFolder, "server.log"),
      zone: ZONE,
      zonesFolder: ZONES_FOLDER,
      bots: 1,
      crowd: true,
      fight: false,
      profile: false,
    });
    const game = startGame(processes, project.folder, zone.address, outFolder);
    await joined(zone, game);
    return await saveAll(project, game, saves);
  } finally {
    await processes.stop();
  }
}

function startGame(processes: ChildProcesses, folder: string, address: string, outFolder: string): LineReader {
  const child = processes.spawn(
    process.env.GODOT ?? "godot",
    ["--headless", "--path", folder, "--", "--connect", address, "--name", "Ada"],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, XDG_DATA_HOME: join(outFolder, "user") } },
  );
  return new LineReader("the game", child);
}

async function joined(zone: LoadedZone, game: LineReader): Promise<void> {
  const deadlineMs = performance.now() + JOIN_LIMIT_MS;
  for (;;) {
    const { samples } = await zone.figures();
    if (samples.some(({ name, value }) => name === "darkages_zone_players" && value === 1)) break;
    if (performance.now() > deadlineMs)
      throw new Error(`the game did not join the server:\n${game.lines.slice(-20).join("\n")}`);
    await sleep(POLL_MS);
  }
}

async function saveAll(project: ReloadProject, game: LineReader, saves: number): Promise<ReloadTimes> {
  const times: ReloadTimes = { leafMs: [], sharedMs: [], errorMs: [], gameLines: game.lines };
  let reloads = 0;
  /** Saves, and waits for the game to say that it has it. */
  const reload = async (save: () => string): Promise<number> => {
    await sleep(PAUSE_MS);
    const from = game.lines.length;
    const savedAtMs = performance.now();
    const line = await game.waitFor(save(), from);
    const tookMs = performance.now() - savedAtMs;
    const before = reloads;
    reloads = Number(/\d+$/.exec(line)?.[0]);
    if (!(reloads > before))
      throw new Error(`expected the node of ${LEAF} to keep its fields: ${before} reloads, and now "${line}"`);
    return tookMs;
  };
  await reload(() => project.saveLeaf()); // the first one loads what reloading needs
  for (let count = 0; count < saves; count += 1) {
    times.leafMs.push(await reload(() => project.saveLeaf()));
    times.sharedMs.push(await reload(() => project.saveShared()));
    await sleep(PAUSE_MS);
    const from = game.lines.length;
    const savedAtMs = performance.now();
    await game.waitFor(project.saveBroken(), from);
    times.errorMs.push(performance.now() - savedAtMs);
    await reload(() => project.saveLeaf());
  }
  return times;
}
