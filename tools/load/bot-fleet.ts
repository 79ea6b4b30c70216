import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { BotFigures, BotMessage, BotOrder, OrderMessage } from "./bot-messages.ts";

/** A process ends by itself so long after it was told to; then it is killed, milliseconds. */
const LEAVE_MS = 3_000;

/** The first argument that makes the program of the command a process of bots. */
export const BOT_PROCESS = "bot-process";

interface BotProcess {
  child: ChildProcess;
  playing: number;
  problem: string | undefined;
  onFigures: ((figures: BotFigures) => void) | undefined;
}

/** The processes that bots run in. */
export class BotFleet {
  /** The first thing that went wrong with one of the processes. */
  problem: string | undefined;
  readonly #processes: BotProcess[] = [];
  readonly #program: string;

  /** `program`: path of the script to fork, which must run `runBotProcess` when its argument is `BOT_PROCESS`. */
  constructor(program: string) {
    this.#program = program;
  }

  get pids(): number[] {
    return this.#processes.flatMap(({ child }) => child.pid ?? []);
  }

  get playing(): number {
    return this.#processes.reduce((sum, { playing }) => sum + playing, 0);
  }

  /** What is wrong with a bot, if anything is. */
  get botProblem(): string | undefined {
    return this.#processes.find(({ problem }) => problem !== undefined)?.problem;
  }

  start(order: BotOrder): void {
    const child = fork(this.#program, [BOT_PROCESS], { execArgv: ["--enable-source-maps"], serialization: "advanced" });
    const bots: BotProcess = { child, playing: 0, problem: undefined, onFigures: undefined };
    this.#processes.push(bots);
    child.on("message", (message: BotMessage) => this.#onMessage(bots, message));
    child.on("error", (error) => this.#fail(`a process of bots could not be started: ${error.message}`));
    child.on("exit", (code, signal) => this.#fail(`a process of bots ended early (${signal ?? `exit code ${code}`})`));
    tell(bots, { kind: "start", order });
  }

  /** What all of them counted so far. */
  report(): Promise<BotFigures[]> {
    return Promise.all(
      this.#processes.map(
        (bots) =>
          new Promise<BotFigures>((resolve, reject) => {
            bots.onFigures = resolve;
            bots.child.once("exit", () => reject(new Error("a process of bots ended before it could report")));
            tell(bots, { kind: "report" });
          }),
      ),
    );
  }

  /** All bots say goodbye; resolves when their processes are gone. */
  async stop(): Promise<void> {
    await Promise.all(
      this.#processes.map(async ({ child }) => {
        child.removeAllListeners("exit");
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = once(child, "exit");
        const kill = setTimeout(() => child.kill("SIGKILL"), LEAVE_MS);
        if (child.connected) child.send({ kind: "leave" } satisfies OrderMessage, () => {});
        else child.kill("SIGKILL");
        await gone;
        clearTimeout(kill);
      }),
    );
  }

  #onMessage(bots: BotProcess, message: BotMessage): void {
    if (message.kind === "progress") {
      bots.playing = message.playing;
      bots.problem = message.problem;
    } else {
      bots.onFigures?.(message.figures);
      bots.onFigures = undefined;
    }
  }

  #fail(problem: string): void {
    this.problem ??= problem;
  }
}

function tell({ child }: BotProcess, message: OrderMessage): void {
  // What cannot be said any more is seen by its end.
  if (child.connected) child.send(message, () => {});
}
