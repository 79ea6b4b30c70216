import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const ERROR_LINE = /^(?:SCRIPT )?ERROR: (.*)/;
/** An export that takes longer has hung, milliseconds. */
const LIMIT_MS = 300_000;

/** Has the engine export the project in this folder, and resolves with its error lines. Rejects when it does not end well without one. */
export function runExport(preset: string, target: string, packOnly: boolean): Promise<string[]> {
  const how = packOnly ? "--export-pack" : "--export-release";
  const engine = spawn(process.env.GODOT ?? "godot", ["--headless", "--path", ".", how, preset, target], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LIMIT_MS,
  });
  const errors: string[] = [];
  const last: string[] = [];
  for (const stream of [engine.stdout, engine.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      last.push(line);
      if (last.length > 20) last.shift();
      const error = ERROR_LINE.exec(line)?.[1];
      if (error !== undefined) errors.push(error);
    });
  }
  return new Promise((resolve, reject) => {
    engine.on("error", (error) => reject(new Error(`Godot could not be started: ${error.message}`)));
    engine.on("close", (code, signal) => {
      if (code === 0 || errors.length > 0) resolve(errors);
      else reject(new Error(`Godot ended with ${signal ?? `exit code ${code}`}:\n${last.join("\n")}`));
    });
  });
}
