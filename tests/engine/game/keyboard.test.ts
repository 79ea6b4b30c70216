import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startVirtualDisplay, type VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { GodotProcess } from "../runner/godot-process.ts";
import { LiveZone } from "./live-zone.ts";

let display: VirtualDisplay;

beforeAll(async () => {
  display = await startVirtualDisplay();
});
afterAll(() => display.stop());

/** Real key and mouse events of the X server, as a person's keyboard and mouse make them. */
function xdotool(...args: string[]): void {
  execFileSync("xdotool", args, { env: display.env });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it("keys of a real keyboard move the character on the server, stop moving it in the menu, and a polite end says goodbye", async () => {
  await using zone = new LiveZone();
  const game = new GodotProcess({
    name: "game/keyboard",
    display,
    args: ["--connect", zone.address, "--name", "Ada", "--quality", "low"],
  });
  const { state, commands } = await zone.player("Ada");
  const meters = (from: { x: number; z: number }) => Math.hypot(state.x - from.x, state.z - from.z);
  // Software rendering takes its time over the first frames.
  await zone.until("the game sends commands", () => commands.lastExecutedTick > 60);

  const start = { x: state.x, z: state.z };
  xdotool("mousemove", "640", "360", "click", "1");
  xdotool("keydown", "w");
  await zone.until("the character has walked 4 m", () => meters(start) > 4);
  xdotool("keydown", "Shift_L");
  await zone.until("it sprints", () => Math.hypot(state.vx, state.vz) > 6);
  xdotool("keydown", "space");
  await zone.until("it jumps", () => !state.grounded && state.vy > 0);
  xdotool("keyup", "space", "keyup", "Shift_L", "keyup", "w");
  await zone.until("it stands", () => state.grounded && state.vx === 0 && state.vz === 0);

  xdotool("key", "Escape");
  await pause(500);
  const inMenu = { x: state.x, z: state.z };
  xdotool("keydown", "w");
  await pause(700);
  xdotool("keyup", "w");
  expect(meters(inMenu)).toBe(0);
  xdotool("key", "Escape");
  await pause(500);
  xdotool("keydown", "w");
  await zone.until("the character walks again after the menu", () => meters(inMenu) > 1);
  xdotool("keyup", "w");

  game.kill("SIGTERM");
  const result = await game.ended;
  expect(result.exitCode).toBe(143);
  expect(result.lines.filter((line) => /ERROR|leaked/.test(line))).toEqual([]);
  expect(zone.log.filter((line) => !line.includes("cannot keep up")).at(-1)).toContain("said goodbye");
});
