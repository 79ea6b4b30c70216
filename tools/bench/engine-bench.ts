import { spawn } from "node:child_process";

/** A benchmark that takes longer has hung, milliseconds. */
const LIMIT_MS = 180_000;

/**
 * Runs a benchmark scene in headless Godot and resolves with the JSON line that it prints. Rejects with the engine's
 * last words when there is none.
 */
export function runEngineBench(scene: string): Promise<string> {
  // Scripts run as in exported games: hot reload loads them in another form.
  const args = ["--headless", "--path", ".", scene, "--", "--no-hot-reload"];
  const engine = spawn(process.env.GODOT ?? "godot", args, { stdio: ["ignore", "pipe", "pipe"], timeout: LIMIT_MS });
  let output = "";
  engine.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  engine.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    engine.on("error", (error) => reject(new Error(`Godot could not be started: ${error.message}`)));
    engine.on("close", (code) => {
      const line = output.split("\n").findLast((text) => text.startsWith('{"bench":'));
      if (code === 0 && line !== undefined) resolve(line);
      else reject(new Error(`${scene} ended with exit code ${code} and no result:\n${output.slice(-2000)}`));
    });
  });
}
