import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Observer } from "./observer.ts";

const POLL_MS = 16;

/** The real zone server, by its command line, in a process of its own: a test sees of it what a player sees, and its log. */
export class ZoneProcess implements AsyncDisposable {
  /** Everything that it has said. */
  readonly log: string[] = [];
  readonly address: string;
  readonly #child: ChildProcess;
  readonly #observers: Observer[] = [];

  private constructor(child: ChildProcess, address: string, log: string[]) {
    this.#child = child;
    this.address = address;
    this.log = log;
  }

  /** Starts one on a free port of this machine. `args`: more of its options. */
  static async start(...args: string[]): Promise<ZoneProcess> {
    // setpriv: it must not outlive the tests, however they end.
    const command = [
      "--pdeathsig",
      "KILL",
      "--",
      process.execPath,
      "dist/server/main.js",
      "zone",
      "--port",
      "0",
      ...args,
    ];
    const child = spawn("setpriv", command, { stdio: ["ignore", "pipe", "pipe"] });
    const log: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => log.push(line));
    }
    const ended = once(child, "close").then(() => {
      throw new Error(`the zone server ended before it listened:\n${log.join("\n")}`);
    });
    const listening = (async () => {
      for (;;) {
        const line = log.find((text) => text.includes('"listening"'));
        if (line !== undefined) return String(JSON.parse(line).address);
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    })();
    ended.catch(() => undefined);
    return new ZoneProcess(child, await Promise.race([listening, ended]), log);
  }

  /** Another player, without an engine. */
  observe(name: string): Observer {
    const observer = new Observer(this.address, name);
    this.#observers.push(observer);
    return observer;
  }

  /** Waits until something is so; fails with the server's log when it takes longer than `limitMs`. */
  async until(what: string, isSo: () => boolean, limitMs: number): Promise<void> {
    const deadline = performance.now() + limitMs;
    while (!isSo()) {
      if (performance.now() > deadline) throw new Error(`waited in vain until ${what}:\n${this.log.join("\n")}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** It says nothing more, and hears nothing: for who plays there the connection is dead. */
  freeze(): void {
    this.#child.kill("SIGSTOP");
  }

  /** It goes on. */
  thaw(): void {
    this.#child.kill("SIGCONT");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.thaw();
    for (const observer of this.#observers) observer.stop();
    const ended = this.#child.exitCode === null ? once(this.#child, "close") : undefined;
    this.#child.kill("SIGTERM");
    await ended;
  }
}
