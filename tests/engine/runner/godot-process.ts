import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { unexpectedTrouble } from "./engine-log.ts";
import { ScreenWatch } from "./screen-watch.ts";

/** The project's folder; tests run there. */
const PROJECT = process.cwd();

export interface GodotOptions {
  /** Names the run: its log, and a screenshot if it fails, lie in out/engine/NAME. */
  name: string;
  /** `res://` path of the scene; without one the project's main scene runs. */
  scene?: string;
  /** Arguments of the engine. */
  engineArgs?: readonly string[];
  /** Arguments of the game, after `--`. */
  args?: readonly string[];
  /** A display to open the window on; headless without one. */
  display?: VirtualDisplay | undefined;
  env?: NodeJS.ProcessEnv;
  /** After this the engine is killed and the run counts as failed. Default 60 s. */
  timeoutMs?: number;
  /** How long an engine may go on after the first error line that nobody expects: its run has failed. Without it: to the end. */
  graceAfterTroubleMs?: number;
  /** Parts of error lines that belong to the test. */
  expectedTrouble?: readonly string[];
}

export interface GodotResult {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  timedOut: boolean;
  lines: string[];
  /** Why this was not a clean run: exit code, signal, timeout, unexpected error lines. Empty for a clean one. */
  problems: string[];
}

/** A real Godot that runs the project. */
export class GodotProcess {
  readonly lines: string[] = [];
  /** Resolves when the engine has ended and everything that it printed was read. */
  readonly ended: Promise<GodotResult>;
  readonly #options: GodotOptions;
  readonly #child: ChildProcess;
  readonly #watchers = new Set<(line: string) => void>();
  readonly #screen: ScreenWatch | undefined;
  #timedOut = false;
  #inTrouble = false;
  #grace: NodeJS.Timeout | undefined;

  constructor(options: GodotOptions) {
    this.#options = options;
    this.#screen = options.display === undefined ? undefined : new ScreenWatch(options.display);
    // setpriv: an engine must not outlive the tests, however they end.
    const command = ["setpriv", "--pdeathsig", "KILL", "--", "godot", ...engineArguments(options)];
    this.#child = spawn(command[0] ?? "", command.slice(1), {
      cwd: PROJECT,
      env: { ...(options.display?.env ?? process.env), XDG_DATA_HOME: userFolder(options.name), ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on("line", (line) => this.#take(line));
    }
    this.ended = this.#end();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * The first line that matches, also one that was printed already.
   * @throws when the engine ends or the time is over without one; the message has the last lines
   */
  waitForLine(pattern: RegExp | string, timeoutMs = 30_000): Promise<string> {
    const matches = (line: string) => (typeof pattern === "string" ? line.includes(pattern) : pattern.test(line));
    const before = this.lines.find(matches);
    if (before !== undefined) return Promise.resolve(before);
    return new Promise((resolve, reject) => {
      const give = (finish: () => void) => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
        finish();
      };
      const fail = (reason: string) =>
        give(() => reject(new Error(`${reason} before a line with ${pattern}\n${this.lines.slice(-20).join("\n")}`)));
      const watcher = (line: string) => {
        if (matches(line)) give(() => resolve(line));
      };
      const timer = setTimeout(() => fail(`${timeoutMs} ms were over`), timeoutMs);
      this.#watchers.add(watcher);
      void this.ended.then(() => fail("the engine ended"));
    });
  }

  kill(signal: NodeJS.Signals = "SIGTERM"): void {
    this.#child.kill(signal);
  }

  #take(line: string): void {
    this.lines.push(line);
    for (const watcher of [...this.#watchers]) watcher(line);
    if (this.#options.graceAfterTroubleMs === undefined || this.#grace !== undefined) return;
    if (unexpectedTrouble([line], this.#options.expectedTrouble).length === 0) return;
    // What announces an error may come after it: all lines together are looked at when the time is over.
    this.#grace = setTimeout(() => this.#endInTrouble(), this.#options.graceAfterTroubleMs);
  }

  #endInTrouble(): void {
    this.#grace = undefined;
    if (unexpectedTrouble(this.lines, this.#options.expectedTrouble).length === 0) return;
    this.#inTrouble = true;
    this.#child.kill("SIGKILL");
  }

  async #end(): Promise<GodotResult> {
    const timer = setTimeout(() => {
      this.#timedOut = true;
      this.#child.kill("SIGKILL");
    }, this.#options.timeoutMs ?? 60_000);
    const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
      this.#child.once("error", (error) => {
        this.#take(`ERROR: godot could not be started: ${error.message}`);
        resolve([127, null]);
      });
      this.#child.once("close", (code, killedBy) => resolve([code, killedBy]));
    });
    clearTimeout(timer);
    clearTimeout(this.#grace);
    const problems = unexpectedTrouble(this.lines, this.#options.expectedTrouble);
    if (this.#timedOut) problems.unshift(`expected an end within ${this.#options.timeoutMs ?? 60_000} ms, got none`);
    else if (this.#inTrouble)
      problems.push(`it was ended ${this.#options.graceAfterTroubleMs} ms after its first error`);
    else if (signal !== null) problems.unshift(`expected a clean end, got ${signal}`);
    else if (exitCode !== 0) problems.unshift(`expected exit code 0, got ${exitCode}`);
    this.#leaveTraces(problems);
    return { exitCode, signal, timedOut: this.#timedOut, lines: this.lines, problems };
  }

  #leaveTraces(problems: readonly string[]): void {
    const folder = join(PROJECT, "out/engine", this.#options.name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "godot.log"), `${this.lines.join("\n")}\n`);
    this.#screen?.stop(problems.length > 0 ? join(folder, "screen.png") : undefined);
  }
}

/** Runs Godot to its end. */
export function runGodot(options: GodotOptions): Promise<GodotResult> {
  return new GodotProcess(options).ended;
}

/** Settings and logs of the game under test, which are not those of whoever runs the tests. */
function userFolder(name: string): string {
  const folder = join(PROJECT, "out/engine", name, "user");
  rmSync(folder, { recursive: true, force: true });
  return folder;
}

function engineArguments({ scene, engineArgs = [], args = [], display }: GodotOptions): string[] {
  const output =
    display === undefined
      ? ["--headless"]
      : [
          "--display-driver",
          "x11",
          "--rendering-method",
          "gl_compatibility",
          "--audio-driver",
          "Dummy",
          "--disable-vsync",
        ];
  const own = args.length === 0 ? [] : ["--", ...args];
  return [...output, "--path", PROJECT, ...engineArgs, ...(scene === undefined ? [] : [scene]), ...own];
}
