import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startVirtualDisplay, type VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { GodotProcess } from "../runner/godot-process.ts";
import { type GameReport, newestReport } from "./game-report.ts";

const FOLDER = "out/engine/game/rebinding-user";
const SETTINGS = `${FOLDER}/darkages/settings.json`;
let display: VirtualDisplay;

beforeAll(async () => {
  display = await startVirtualDisplay();
});
afterAll(() => display.stop());

function xdotool(...args: string[]): void {
  execFileSync("xdotool", args, { env: display.env });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function start(): GodotProcess {
  return new GodotProcess({
    name: "game/rebinding",
    scene: "res://tests/engine/game/game-watch.tscn",
    display,
    args: ["--quality", "low"],
    env: { XDG_DATA_HOME: resolve(FOLDER) },
    timeoutMs: 80_000,
  });
}

async function seen(game: GodotProcess, what: string, isSo: (seen: GameReport) => boolean): Promise<GameReport> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const now = newestReport(game.lines);
    if (now !== undefined && isSo(now)) return now;
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}: ${JSON.stringify(now)}`);
    await pause(50);
  }
}

async function click(game: GodotProcess, name: string): Promise<void> {
  const { buttons } = await seen(game, `${name} can be clicked`, (now) => now.buttons[name] !== undefined);
  // Wherever it is by now: panels open, and lists scroll.
  await pause(500);
  const { x, y } = (await seen(game, name, (now) => now.buttons[name] !== undefined)).buttons[name] ??
    buttons[name] ?? { x: 0, y: 0 };
  xdotool("mousemove", String(Math.round(x)), String(Math.round(y)));
  await pause(150);
  xdotool("click", "1");
}

async function openBindings(game: GodotProcess): Promise<void> {
  await click(game, "Settings");
  await click(game, "Bindings");
}

it("keys are bound by real clicks and keys, taken from whoever had them, kept over a restart, and as usual again at one click", async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  const first = start();
  await openBindings(first);
  const usual = await seen(first, "the list is there", ({ buttons }) => buttons.jump_keys !== undefined);
  expect(usual.buttons.jump_keys?.text).toBe("Space");
  display.screenshot("out/engine/game/rebinding/list.png");
  await click(first, "move_forward_keys");
  await seen(first, "it waits", ({ buttons }) => buttons.move_forward_keys?.text === "…");
  xdotool("key", "j");
  await seen(first, "walking is on J", ({ buttons }) => buttons.move_forward_keys?.text === "J");
  // What another action has goes from there, and that is said.
  await click(first, "move_back_keys");
  await seen(first, "it waits", ({ buttons }) => buttons.move_back_keys?.text === "…");
  xdotool("key", "space");
  const taken = await seen(first, "Space is taken", ({ buttons }) => buttons.move_back_keys?.text === "Space");
  expect(taken.buttons.jump_keys?.text).toBe("—");
  expect(taken.said).toContain("Jump");
  // Escape leaves one as it is, and the way out is nobody's.
  await click(first, "move_left_keys");
  xdotool("key", "Escape");
  await seen(first, "it is left as it was", ({ buttons }) => buttons.move_left_keys?.text === "A / Left");
  // A button of the mouse is as good as a key.
  await click(first, "move_right_keys");
  await seen(first, "it waits", ({ buttons }) => buttons.move_right_keys?.text === "…");
  xdotool("click", "3");
  await seen(first, "it is the right button", ({ buttons }) => buttons.move_right_keys?.text === "RMB");
  display.screenshot("out/engine/game/rebinding/changed.png");
  first.kill("SIGTERM");
  expect((await first.ended).lines.filter((line) => /ERROR|leaked/.test(line))).toEqual([]);
  expect(JSON.parse(readFileSync(SETTINGS, "utf8")).bindings).toMatchObject({
    move_back: { keys: "key:32" },
    jump: { keys: "" },
    move_right: { keys: "mouse:2" },
  });

  const second = start();
  await openBindings(second);
  const kept = await seen(second, "the list is there", ({ buttons }) => buttons.jump_keys !== undefined);
  expect(kept.buttons).toMatchObject({ move_forward_keys: { text: "J" }, move_back_keys: { text: "Space" } });
  await click(second, "Reset");
  await seen(second, "all is as usual", ({ buttons }) => buttons.jump_keys?.text === "Space");
  second.kill("SIGTERM");
  await second.ended;
  expect(JSON.parse(readFileSync(SETTINGS, "utf8")).bindings).toEqual({});
}, 150_000);
