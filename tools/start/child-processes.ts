import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { existsSync } from "node:fs";

const SETPRIV = ["/usr/bin/setpriv", "/bin/setpriv"].find((path) => existsSync(path));
/** Time that a process has to go by itself after it was asked to, milliseconds. */
const GRACE_MS = 3000;

/**
 * The processes that one command runs. They end with it: asked first, then killed, and where the system can do it
 * (Linux with setpriv) also when this process is killed without a chance to tidy up.
 */
export class ChildProcesses {
  readonly #running = new Set<ChildProcess>();

  spawn(command: string, args: string[], options: SpawnOptions): ChildProcess {
    const child =
      SETPRIV === undefined
        ? spawn(command, args, options)
        : spawn(SETPRIV, ["--pdeathsig", "KILL", "--", command, ...args], options);
    this.#running.add(child);
    child.on("error", () => this.#running.delete(child));
    child.on("exit", () => this.#running.delete(child));
    return child;
  }

  /** Ends all of them; resolves when the last one is gone. */
  async stop(): Promise<void> {
    await Promise.all([...this.#running].map(endProcess));
  }
}

/** Resolves with the exit code, or 128 + a number for a signal as shells do, or 127 when it could not be started. */
export function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on("error", () => resolve(127));
    child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : signal === "SIGKILL" ? 137 : 143)));
  });
}

function endProcess(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    const kill = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    child.on("exit", () => {
      clearTimeout(kill);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
