import type { ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Capability } from "../../../scripts/protocol/capability.ts";
import { readProcessFigures } from "../../load/process-figures.ts";
import type { ChildProcesses } from "../../start/child-processes.ts";
import { exitCodeOf } from "../../start/child-processes.ts";
import { featureText } from "../feature-text.ts";

const START_TIMEOUT_MS = 60_000;

/** A zone server in a process of its own, with a feature file of its own, that can be started again under the same address. */
export class SoakZone {
  /** Where it listens, from the first start on. */
  address = "";
  /** Why it is not there though it should be. */
  problem: string | undefined;
  readonly #processes: ChildProcesses;
  readonly #program: string;
  readonly #folder: string;
  #child: ChildProcess | undefined;

  /** `folder`: for its log and its features. */
  constructor(processes: ChildProcesses, program: string, folder: string) {
    this.#processes = processes;
    this.#program = program;
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    this.allowAllBut([]);
  }

  get residentMb(): number {
    const pid = this.#child?.pid;
    return pid === undefined ? Number.NaN : readProcessFigures(pid).residentMb;
  }

  /** Takes effect within a second or two. */
  allowAllBut(off: readonly Capability[]): void {
    writeFileSync(this.#featuresFile, featureText(off));
  }

  /** Resolves when players can come. */
  async start(maxPlayers: number): Promise<void> {
    const port = this.address === "" ? "0" : (this.address.split(":").at(-1) ?? "0");
    const args = ["--enable-source-maps", this.#program, "zone", "--port", port, "--max-players", String(maxPlayers)];
    const log = openSync(join(this.#folder, "server.log"), "a");
    const child = this.#processes.spawn(process.execPath, [...args, "--features", this.#featuresFile], {
      stdio: ["pipe", "pipe", log],
      env: { ...process.env, DARKAGES_STOP_WITH_STDIN: "1" },
    });
    closeSync(log);
    this.#child = child;
    child.on("exit", (code, signal) => {
      if (this.#child === child) this.problem = `the zone server stopped (${signal ?? `exit code ${code}`})`;
    });
    this.address = await listeningAddress(child);
  }

  /** Says goodbye to everybody; resolves when it is gone. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    const gone = exitCodeOf(child);
    child.kill("SIGTERM");
    await gone;
  }

  get #featuresFile(): string {
    return join(this.#folder, "features.json");
  }
}

function listeningAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const overdue = setTimeout(
      () => reject(new Error("the zone server did not say where it listens")),
      START_TIMEOUT_MS,
    );
    child.on("error", (error) => reject(new Error(`the zone server could not be started: ${error.message}`)));
    child.on("exit", (code) => reject(new Error(`the zone server stopped with exit code ${code}`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const address = /"event":"listening".*"address":"([^"]+)"/.exec(line)?.[1];
      if (address === undefined) return;
      clearTimeout(overdue);
      resolve(address);
    });
  });
}
