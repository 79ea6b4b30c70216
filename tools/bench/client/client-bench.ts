import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { startVirtualDisplay, type VirtualDisplay } from "../../display/virtual-display.ts";
import { BotFleet } from "../../load/bot-fleet.ts";
import { LoadedZone, type LoadedZoneOptions } from "../../load/loaded-zone.ts";
import { ChildProcesses, exitCodeOf } from "../../start/child-processes.ts";
import { type ClientBenchOptions, parseClientOptions } from "./client-options.ts";
import { CROWDED_ZONE } from "./crowded-zone.ts";
import { ServerWatch } from "./server-watch.ts";

const ZONE = "shore";
const ZONES_FOLDER = "dist/zones";
const BOTS_PER_PROCESS = 250;
/** Bots are there to be seen, and share the machine with the game. */
const BOT_FPS = 15;
/** More than so many clients beside the game leave it and the server too little of the machine: then the others are played by the server's process. */
const MOST_BOTS = 300;
/** Bots beside residents whose mail is read, to see how often a player is told of whom. */
const WITNESSES = 1;
/** What a zone holds. */
const MOST_PLAYERS = 1000;
/** The game says so when scripts are measured, and when there is something to take pictures of; and with this before it where a frame's time goes. */
const MEASURED = "scripts are measured from now on";
const DRAWN = "the picture is drawn from now on";
const PART = "part: ";
const PICTURE_EVERY_MS = 2_500;

/** Runs the game in a window among bots of a real server, each in a process of its own, and resolves with its JSON line. */
export async function runClientBench(args: readonly string[]): Promise<string> {
  const parsed = parseClientOptions(args);
  // Of a full zone the player is one.
  const options = { ...parsed, entities: Math.min(parsed.entities, MOST_PLAYERS - 1) };
  const crowded = options.entities > MOST_BOTS;
  const processes = new ChildProcesses();
  const fleet = new BotFleet(resolve("dist/tools/load/main.js"));
  try {
    const zone = await LoadedZone.start(processes, {
      ...(crowded ? zoneOfResidents(options.entities - WITNESSES) : { program: resolve("dist/server/main.js") }),
      logFile: resolve("out/bench/client/server.log"),
      zone: ZONE,
      zonesFolder: ZONES_FOLDER,
      bots: options.entities + 1,
      crowd: true,
      fight: options.fight,
      profile: false,
    });
    const bots = crowded ? WITNESSES : options.entities;
    startBots(fleet, zone.address, { entities: bots, fight: options.fight && !crowded });
    await using display = await startVirtualDisplay(options);
    return await runGame(processes, display, { zone, fleet }, options);
  } finally {
    await fleet.stop();
    await processes.stop();
  }
}

function zoneOfResidents(count: number): Pick<LoadedZoneOptions, "program" | "command"> {
  return { program: resolve("dist/tools/bench/main.js"), command: [CROWDED_ZONE, String(count)] };
}

type Bots = Pick<ClientBenchOptions, "entities" | "fight">;

function startBots(fleet: BotFleet, address: string, { entities: bots, fight }: Bots): void {
  const count = Math.ceil(bots / BOTS_PER_PROCESS);
  for (let index = 0; index < count; index += 1) {
    const first = Math.floor((bots * index) / count);
    fleet.start({
      address,
      first,
      count: Math.floor((bots * (index + 1)) / count) - first,
      seed: 1,
      fps: BOT_FPS,
      // Who fights has to see somebody.
      thin: !fight,
      fight,
      crowd: true,
      protocol: "v2",
      link: undefined,
      zonePath: resolve(ZONES_FOLDER, `${ZONE}.zone`),
    });
  }
}

/** A player who has played before: the hints of the first minute are over. Returns the folder. */
function userFolder(): string {
  const folder = resolve("out/bench/client/user");
  mkdirSync(join(folder, "darkages"), { recursive: true });
  writeFileSync(join(folder, "darkages/settings.json"), JSON.stringify({ hintsSeen: true }));
  return folder;
}

async function runGame(
  processes: ChildProcesses,
  display: VirtualDisplay,
  { zone, fleet }: { zone: LoadedZone; fleet: BotFleet },
  options: ClientBenchOptions,
): Promise<string> {
  const { widthPixels, heightPixels, entities, seconds, drawnSeconds, picturesFolder, fight, profileFolder } = options;
  const window = ["--display-driver", "x11", "--resolution", `${widthPixels}x${heightPixels}`, "--disable-vsync"];
  const engine = ["--rendering-method", "gl_compatibility", "--audio-driver", "Dummy", ...window];
  // Scripts run as in exported games: hot reload loads them in another form.
  const game = ["--no-hot-reload", "--connect", zone.address, "--name", "Ada", "--quality", "low"];
  const child = processes.spawn(
    process.env.GODOT ?? "godot",
    [...engine, "--path", ".", "res://tests/bench/engine/client.tscn", "--", ...game],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...display.env,
        XDG_DATA_HOME: userFolder(),
        DARKAGES_BENCH_ENTITIES: String(entities),
        DARKAGES_BENCH_SECONDS: String(seconds),
        DARKAGES_BENCH_DRAWN_SECONDS: String(drawnSeconds),
        DARKAGES_BENCH_FIGHT: fight ? "1" : "0",
        DARKAGES_BENCH_PARTS: options.parts ? "1" : "0",
        ...(profileFolder !== undefined && { DARKAGES_BENCH_PROFILE: resolve(profileFolder) }),
      },
    },
  );
  const lines: string[] = [];
  let pictures = 0;
  let drawn = false;
  const server = new ServerWatch(zone, fleet);
  const camera = setInterval(() => {
    if (picturesFolder === undefined || !drawn) return;
    pictures += 1;
    display.screenshot(join(picturesFolder, `${entities}-${widthPixels}x${heightPixels}-${pictures}.png`));
  }, PICTURE_EVERY_MS);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null)
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        if (line.startsWith(PART)) console.error(line.slice(PART.length));
        if (line.includes(MEASURED)) server.begin();
        if (line.includes(DRAWN)) server.end();
        drawn ||= line.includes(DRAWN);
      });
  }
  const code = await exitCodeOf(child);
  clearInterval(camera);
  const line = lines.findLast((text) => text.startsWith('{"bench":'));
  if (code === 0 && line !== undefined) return JSON.stringify({ ...JSON.parse(line), ...(await server.figures()) });
  throw new Error(`the game ended with exit code ${code} and no result:\n${lines.slice(-20).join("\n")}`);
}
