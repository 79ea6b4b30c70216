import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { RgbImage } from "../../../tools/display/rgb-image.ts";
import { startVirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { unexpectedTrouble } from "../runner/engine-log.ts";
import { pageSteps } from "./page-steps.ts";
import { Stranger } from "./stranger.ts";

const GAME = "godot-ts/examples/till-dawn";
const AUTOPILOT_SCENE = `[gd_scene load_steps=2 format=3]
[ext_resource type="Script" path="res://scripts/autopilot.ts" id="1"]
[node name="Autopilot" type="Node"]
script = ExtResource("1")
`;
/** Seed of the creatures: any will do, this one is the same in every run. */
const SEED = "1";

let stranger: Stranger;

beforeAll(() => {
  stranger = new Stranger();
  copyFileSync("tests/engine/standalone/autopilot.ts", join(stranger.folder, GAME, "scripts/autopilot.ts"));
  stranger.write(`${GAME}/autopilot.tscn`, AUTOPILOT_SCENE);
  stranger.follow(pageSteps(`${stranger.folder}/${GAME}/README.md`, "Play it"), GAME);
}, 400_000);

afterAll(() => {
  stranger?.[Symbol.dispose]();
});

/** A whole game in as little time as it takes, on a clock of its own. */
async function play(name: string, ...args: string[]): Promise<string[]> {
  const engineArgs = ["--fixed-fps", "20", "res://autopilot.tscn"];
  const { lines, problems } = await stranger.start(`standalone/${name}`, GAME, { engineArgs, args: [SEED, ...args] })
    .ended;
  expect(problems).toEqual([]);
  return lines.filter((line) => /^(title|night_ended|end|again) /.test(line));
}

it("is won by who dodges: a pressed button begins the night, and dawn comes after a minute", async () => {
  const lines = await play("win");
  expect(lines).toEqual(["title TILL DAWN", expect.stringMatching(/^night_ended true 60\./), "end DAWN", "again 0"]);
});

it("is lost by who does not", async () => {
  const lines = await play("lose", "still");
  expect(lines).toEqual([
    "title TILL DAWN",
    expect.stringMatching(/^night_ended false \d+\./),
    "end DARKNESS",
    "again 0",
  ]);
});

it("is played in a window with a real mouse: the title, the night, the end, and once more", async () => {
  await using display = await startVirtualDisplay();
  const game = stranger.start("standalone/window", GAME, {
    display,
    engineArgs: ["--time-scale", "3"],
    timeoutMs: 100_000,
  });
  const button = { x: 640, y: 430 };
  const isAmber = ({ widthPixels, rgb }: RgbImage) => {
    const at = ((button.y - 20) * widthPixels + button.x) * 3;
    return [0xff, 0xb8, 0x4d].every((wanted, index) => Math.abs((rgb[at + index] ?? 0) - wanted) < 24);
  };
  const untilButton = async (shown: boolean, name: string) => {
    await vi.waitUntil(() => isAmber(display.picture()) === shown, { timeout: 60_000, interval: 100 });
    display.screenshot(`out/engine/standalone/${name}.png`);
  };
  for (const name of ["title", "end"]) {
    await untilButton(true, name);
    execFileSync("xdotool", ["mousemove", `${button.x}`, `${button.y}`, "click", "1"], { env: display.env });
    await untilButton(false, `after-${name}`);
  }
  game.kill("SIGKILL");
  expect(unexpectedTrouble((await game.ended).lines)).toEqual([]);
});

it("opens in the editor and is exported without an error line", async () => {
  const opened = stranger.start("standalone/editor", GAME, { engineArgs: ["--editor", "--quit"] });
  expect((await opened.ended).problems).toEqual([]);
  stranger.write(`${GAME}/build/.gdignore`, "");
  const exporting = stranger.start("standalone/export", GAME, {
    engineArgs: ["--export-pack", "Linux", "build/till-dawn.pck"],
  });
  expect((await exporting.ended).problems).toEqual([]);
});
