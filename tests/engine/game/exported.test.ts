import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, expect, it } from "vitest";
import { unexpectedTrouble } from "../runner/engine-log.ts";
import { LiveZone } from "./live-zone.ts";

/** What Debian's release template 4.6 prints of every child of a Container that goes, in any game; see the runtime's troubleshooting. */
const OF_THE_TEMPLATE = ["Signal: 'size_flags_changed', callable: ''", "Signal: 'visibility_changed', callable: ''"];

let game: ChildProcess | undefined;
let place: string | undefined;
afterEach(() => {
  game?.kill("SIGKILL");
  if (place !== undefined) rmSync(place, { recursive: true, force: true });
});

it("the exported game starts where nothing else is, with its data and its zone, and joins a world", async () => {
  place = mkdtempSync(join(tmpdir(), "exported-"));
  const folder = join(place, "darkages");
  const made = spawnSync("node", ["dist/tools/export/main.js", "--out", folder], {
    encoding: "utf8",
    timeout: 300_000,
  });
  expect(made.stderr).not.toContain("not exported");
  expect(made.status).toBe(0);
  const { files } = JSON.parse(made.stdout) as { files: { path: string }[] };
  const program = files.map(({ path }) => path).find((path) => /^darkages\.(x86_64|arm64)$/.test(path));
  expect(files.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      "darkages.pck",
      "libgodot-ts.so",
      expect.stringMatching(/^addons\/gns\/bin\/.*gns\.node$/),
    ]),
  );

  await using zone = new LiveZone();
  game = spawn(join(folder, program ?? ""), ["--headless", "--", "--connect", zone.address, "--name", "Ada"], {
    cwd: place,
    env: { ...process.env, HOME: place, XDG_DATA_HOME: place },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  for (const stream of [game.stdout, game.stderr])
    if (stream) createInterface({ input: stream }).on("line", (line) => lines.push(line));
  const ended = new Promise((resolve) => game?.once("close", resolve));
  try {
    await zone.player("Ada");
  } catch (error) {
    throw new Error(`${String(error)}\nThe game said:\n${lines.join("\n")}`);
  }
  game.kill("SIGTERM");
  await ended;
  expect(unexpectedTrouble(lines, OF_THE_TEMPLATE)).toEqual([]);
  // Of data that is missing or not in order it warns.
  expect(lines.filter((line) => line.startsWith("WARNING"))).toEqual([]);
}, 400_000);
