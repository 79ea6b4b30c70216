import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { Recording } from "../../scripts/client/recording/recording.ts";
import { BROWSER_KEYS, EventBrowser } from "./event-browser.ts";
import { formatEvent, listEvents } from "./listed-event.ts";
import type { ReplayToolOptions } from "./replay-options.ts";

/** Writes the chosen events to standard output, and how far the file could be read to standard error. Returns their number. */
export async function printEvents(recording: Recording, { choice, limit, json }: ReplayToolOptions): Promise<number> {
  let lines = 0;
  let gone = false;
  // Whoever reads may have seen enough, such as `head`.
  process.stdout.on("error", () => {
    gone = true;
  });
  for (const event of listEvents(recording, choice)) {
    if (gone || lines >= limit) break;
    lines += 1;
    const taken = process.stdout.write(`${json ? JSON.stringify(event) : formatEvent(event)}\n`);
    // A reader that is gone shows as an error.
    if (!taken && !gone) await once(process.stdout, "drain").catch(() => undefined);
  }
  return lines;
}

/** Lets a person go through the events on a terminal. */
export async function stepThroughEvents(recording: Recording, { choice }: ReplayToolOptions): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new Error("--step: expected a terminal on standard input, got none; --list prints the same events");
  }
  const browser = new EventBrowser([...listEvents(recording, choice)]);
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: "> " });
  process.stdout.write(`${BROWSER_KEYS}\n${browser.line}\n`);
  terminal.prompt();
  for await (const line of terminal) {
    const shown = browser.command(line);
    if (shown === undefined) break;
    process.stdout.write(`${shown}\n`);
    terminal.prompt();
  }
  terminal.close();
}
