import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

/** What a process says, line by line, on both of its outputs. */
export class LineReader {
  readonly lines: string[] = [];
  #ended = false;
  #changed: (() => void)[] = [];

  constructor(
    private readonly name: string,
    child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr])
      if (stream !== null)
        createInterface({ input: stream }).on("line", (line) => {
          this.lines.push(line);
          this.#tell();
        });
    for (const event of ["close", "error"] as const)
      child.on(event, () => {
        this.#ended = true;
        this.#tell();
      });
  }

  /**
   * The first line that has `text`, of those after the first `from`.
   * @throws {Error} with the last lines, when the process ends or `limitMs` are over without one
   */
  async waitFor(text: string | RegExp, from = 0, limitMs = 60_000): Promise<string> {
    const fits = (line: string) => (typeof text === "string" ? line.includes(text) : text.test(line));
    const deadlineMs = performance.now() + limitMs;
    for (let next = from; ; ) {
      for (; next < this.lines.length; next += 1) {
        const line = this.lines[next] ?? "";
        if (fits(line)) return line;
      }
      const leftMs = deadlineMs - performance.now();
      if (this.#ended || leftMs <= 0)
        throw new Error(`${this.name} said nothing with ${text}:\n${this.lines.slice(-20).join("\n")}`);
      await this.#change(leftMs);
    }
  }

  #change(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#changed.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #tell(): void {
    const waiting = this.#changed;
    this.#changed = [];
    for (const each of waiting) each();
  }
}
