import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "feature-file-"));
const file = join(folder, "features.json");
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** As `npm run flags -- set` writes: a new file in place of the old one. */
function replaceFile(text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

it("a running zone takes its feature file over, keeps what was in order, and goes on", async () => {
  replaceFile('{"protocol_v1": {"enabled": true}}');
  const args = ["dist/server/main.js", "zone", "--port", "0", "--features", file];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  const ended = once(child, "close");
  const log = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
  const nextLine = async (words: string): Promise<void> => {
    const { value, done } = await log.next();
    expect(done === true ? "the server ended" : value).toContain(words);
  };
  await once(child.stdout, "data");

  replaceFile('{"protocol_v1": {"enabled": true, "killSwitch": true}}');
  await nextLine("features.json: revision 2: protocol_v1: killSwitch false -> true");
  await nextLine("features changed: 0 of 0 sessions moved");
  replaceFile('{"protocol_v1": {"enab');
  await nextLine("features.json: line 1, column 23: expected the double quote that ends the text");
  rmSync(file);
  await nextLine("features.json: there is no such file. Revision 2 stays in force");
  replaceFile('{"protocol_v1": {"enabled": true}}');
  await nextLine("features.json: revision 3: protocol_v1: killSwitch true -> false");
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});
