import type { ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { parseExposition, type Sample } from "../metrics/parse-exposition.ts";
import type { ChildProcesses } from "../start/child-processes.ts";
import type { LoadOptions } from "./load-options.ts";
import { type ProcessFigures, readProcessFigures, readSocketDrops } from "./process-figures.ts";

export interface LoadedZoneOptions extends Pick<LoadOptions, "zone" | "zonesFolder" | "bots" | "crowd" | "profile"> {
  /** Script of the server. */
  program: string;
  /** What makes that script serve a zone; `zone` where it is the server's own. */
  command?: readonly string[];
  /** Whether there are fights. */
  fight: boolean;
  /** Where its log goes. */
  logFile: string;
}

/** What the server says of itself, and the system of the server, at one moment. */
export interface ZoneFigures extends ProcessFigures {
  /** Seconds of this process's steady clock. */
  atSeconds: number;
  samples: Sample[];
  socketDrops: number;
}

const FETCH_TIMEOUT_MS = 20_000;
const START_TIMEOUT_MS = 30_000;

/** A zone server in a process of its own. */
export class LoadedZone {
  /** Why it is not there any more. */
  problem: string | undefined;

  private constructor(
    readonly address: string,
    private readonly pid: number,
    private readonly metricsUrl: string,
  ) {}

  /** Throws an error for people when it cannot be started. */
  static async start(processes: ChildProcesses, options: LoadedZoneOptions): Promise<LoadedZone> {
    mkdirSync(dirname(options.logFile), { recursive: true });
    const profile = options.profile ? ["--cpu-prof", `--cpu-prof-dir=${dirname(options.logFile)}`] : [];
    const args = ["--enable-source-maps", ...profile, options.program];
    args.push(...(options.command ?? ["zone"]), "--port", "0", "--metrics", "0");
    args.push("--zone", options.zone, "--zones", options.zonesFolder, "--max-players", String(options.bots));
    args.push("--combat", options.fight ? "on" : "off");
    if (!options.crowd) args.push("--spawn", "anywhere");
    const child = processes.spawn(process.execPath, args, {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, DARKAGES_STOP_WITH_STDIN: "1" },
    });
    const listening = await firstLine(child, options.logFile);
    const zone = new LoadedZone(listening.address, listening.pid, listening.metrics);
    child.on("exit", (code, signal) => {
      zone.problem = `the zone server stopped (${signal ?? `exit code ${code}`}); its log is ${options.logFile}`;
    });
    return zone;
  }

  /** Throws when it does not answer. */
  async figures(): Promise<ZoneFigures> {
    const response = await fetch(this.metricsUrl, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    const samples = parseExposition(await response.text());
    const port = Number(this.address.split(":").at(-1));
    return {
      atSeconds: performance.now() / 1000,
      samples,
      socketDrops: readSocketDrops(port),
      ...readProcessFigures(this.pid),
    };
  }

  residentMb(): number {
    return readProcessFigures(this.pid).residentMb;
  }
}

interface Listening {
  address: string;
  pid: number;
  metrics: string;
}

function firstLine(child: ChildProcess, logFile: string): Promise<Listening> {
  return new Promise((resolve, reject) => {
    let lastWords = "";
    const log = createWriteStream(logFile);
    child.stderr?.on("data", (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString()).slice(-1_000);
      log.write(chunk);
    });
    const refuse = (why: string): void => {
      clearTimeout(giveUp);
      reject(new Error(why));
    };
    const giveUp = setTimeout(() => refuse("the zone server did not say where it listens"), START_TIMEOUT_MS);
    child.on("error", (error) => refuse(`the zone server could not be started: ${error.message}`));
    child.on("exit", (code) => refuse(`the zone server stopped with exit code ${code}: ${lastWords.trim()}`));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const listening = readListening(line);
      if (listening === undefined) return;
      clearTimeout(giveUp);
      resolve(listening);
    });
  });
}

function readListening(line: string): Listening | undefined {
  let message: Partial<Record<"event" | "address" | "pid" | "metrics", unknown>>;
  try {
    message = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { event, address, pid, metrics } = message;
  if (event !== "listening" || typeof address !== "string") return undefined;
  if (typeof pid !== "number" || typeof metrics !== "string") return undefined;
  return { address, pid, metrics };
}
