import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { processesOfRun, RUN_MARK } from "./processes-of-run.ts";

interface Run {
  child: ChildProcess;
  mark: string;
  output: () => string;
}

const runs: Run[] = [];

afterEach(() => {
  for (const { child } of runs.splice(0)) child.kill("SIGKILL");
});

/** Starts the whole game as `npm start` does without a display, and waits until the player is in the world. */
async function startGame(): Promise<Run> {
  const mark = randomUUID();
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const child = spawn(process.execPath, ["dist/tools/start/main.js", "--autopilot", "120"], {
    env: { ...env, [RUN_MARK]: mark },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const run = { child, mark, output: () => output };
  runs.push(run);
  await until("the player has joined", () => / joined as entity /.test(output), run);
  return run;
}

async function until(what: string, isSo: () => boolean, run: Run, limitMs = 60_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!isSo()) {
    if (Date.now() > deadline) {
      throw new Error(`waited in vain until ${what}\n${processesOfRun(run.mark).join("\n")}\n${run.output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function pidOf(run: Run, part: string): number {
  const line = processesOfRun(run.mark).find((text) => text.includes(part) && !text.includes("setpriv"));
  if (line === undefined) throw new Error(`no process with ${part}:\n${processesOfRun(run.mark).join("\n")}`);
  return Number.parseInt(line, 10);
}

describe("stopping the game", () => {
  it.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("%s to the starter leaves no process behind", async (signal) => {
    const run = await startGame();
    expect(processesOfRun(run.mark).length).toBeGreaterThanOrEqual(4);
    run.child.kill(signal);
    await until("every process is gone", () => processesOfRun(run.mark).length === 0, run);
  });

  it("the end of the game ends the rest, and is reported", async () => {
    const run = await startGame();
    process.kill(pidOf(run, "--path ."), "SIGKILL");
    await until("every process is gone", () => processesOfRun(run.mark).length === 0, run);
    await until("its exit code is known", () => run.child.exitCode !== null, run);
    expect(run.child.exitCode).toBe(1);
    expect(run.output().trim().split("\n").at(-1)).toContain('"ok":false');
  });
});
