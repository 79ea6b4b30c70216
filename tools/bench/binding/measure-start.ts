import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { median } from "../median.ts";

/** Engines of each kind that are started, taking turns. */
const PAIRS = 7;
/** An engine that takes longer to be ready has hung, milliseconds. */
const LIMIT_MS = 60_000;
const EXTENSION = "addons/godot-ts/godot-ts.gdextension";

/** Says that it is ready, with its process, and then runs until it is ended. */
const MAIN_LOOP = `extends SceneTree

func _initialize():
	print("ready ", OS.get_process_id())
`;

/** What the runtime costs an engine that runs no script of it; medians. */
export interface StartMeasures {
  /** Milliseconds from starting the process until its first script runs: with the runtime, and without. */
  readyMs: number;
  gdReadyMs: number;
  /** Resident memory then, megabytes, beyond that of the engine without the runtime; 0 where the system does not say. */
  rssMb: number;
}

interface ReadyEngine {
  readyMs: number;
  residentMb: number;
}

/** Starts engines with the runtime and without it, in projects that have nothing else. Rejects with the engine's words if one does not start. */
export async function measureStart(): Promise<StartMeasures> {
  const folder = mkdtempSync(join(tmpdir(), "start-bench-"));
  try {
    const withRuntime = writeProject(join(folder, "with"), [EXTENSION]);
    const without = writeProject(join(folder, "without"), []);
    const engines: [ReadyEngine, ReadyEngine][] = [];
    for (let pair = 0; pair < PAIRS; pair++) engines.push([await startEngine(withRuntime), await startEngine(without)]);
    return {
      readyMs: median(engines.map(([own]) => own.readyMs)),
      gdReadyMs: median(engines.map(([, other]) => other.readyMs)),
      rssMb: median(engines.map(([own, other]) => own.residentMb - other.residentMb)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeProject(folder: string, extensions: string[]): string {
  mkdirSync(join(folder, ".godot"), { recursive: true });
  mkdirSync(join(folder, "addons"));
  symlinkSync(resolve("addons/godot-ts"), join(folder, "addons/godot-ts"));
  writeFileSync(join(folder, "project.godot"), 'config_version=5\n\n[application]\n\nconfig/name="Start"\n');
  writeFileSync(join(folder, "main_loop.gd"), MAIN_LOOP);
  writeFileSync(join(folder, ".godot/extension_list.cfg"), extensions.map((path) => `res://${path}\n`).join(""));
  return folder;
}

function startEngine(project: string): Promise<ReadyEngine> {
  const begin = performance.now();
  const args = ["--headless", "--path", project, "--script", "res://main_loop.gd"];
  const engine = spawn(process.env.GODOT ?? "godot", args, {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LIMIT_MS,
    killSignal: "SIGKILL",
  });
  const lines: string[] = [];
  let ready: ReadyEngine | undefined;
  const take = (line: string) => {
    lines.push(line);
    const [word, pid] = line.split(" ");
    if (word !== "ready" || pid === undefined || ready !== undefined) return;
    ready = { readyMs: performance.now() - begin, residentMb: residentMbOf(pid) };
    engine.kill("SIGKILL");
  };
  createInterface({ input: engine.stdout }).on("line", take);
  createInterface({ input: engine.stderr }).on("line", take);
  return new Promise((resolve, reject) => {
    engine.on("error", (error) => reject(new Error(`Godot could not be started: ${error.message}`)));
    engine.on("close", (code) => {
      if (ready !== undefined) resolve(ready);
      else
        reject(
          new Error(`an engine in ${project} ended with exit code ${code} before it was ready:\n${lines.join("\n")}`),
        );
    });
  });
}

function residentMbOf(pid: string): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0; // not Linux
  }
}
