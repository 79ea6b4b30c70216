import { createInterface } from "node:readline";
import type { ChildProcesses } from "./child-processes.ts";

/** Starts a zone server of our own and resolves with its address, or with the sentence that says why there is none. */
export function startZoneProcess(
  processes: ChildProcesses,
  port: number,
): Promise<{ address: string } | { problem: string }> {
  const child = processes.spawn(process.execPath, ["dist/server/main.js", "zone", "--port", String(port)], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, DARKAGES_STOP_WITH_STDIN: "1" },
  });
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ problem: `the zone server could not be started: ${error.message}` }));
    child.on("exit", (code) => resolve({ problem: `the zone server stopped with exit code ${code}; see above` }));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const address = listeningAddress(line);
      if (address !== undefined) resolve({ address });
    });
  });
}

function listeningAddress(line: string): string | undefined {
  try {
    const message: unknown = JSON.parse(line);
    if (typeof message !== "object" || message === null || !("event" in message) || !("address" in message)) return;
    return message.event === "listening" && typeof message.address === "string" ? message.address : undefined;
  } catch {
    return undefined;
  }
}
