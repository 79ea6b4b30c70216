import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startVirtualDisplay, type VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { GodotProcess } from "../runner/godot-process.ts";
import { newestReport, type ShownOverlay } from "./game-report.ts";
import { LiveZone } from "./live-zone.ts";

interface Shown extends ShownOverlay {
  focus: string;
  mouseCaptured: boolean;
}

/** Round trips on loopback stay far below, on `reference` far above. */
const BAD_LINK_MS = 90;
const GOOD_LINK_MS = 60;

let display: VirtualDisplay;

beforeAll(async () => {
  display = await startVirtualDisplay();
});
afterAll(() => display.stop());

/** Real keys of the X server, as a person's keyboard makes them. */
function press(...keys: string[]): void {
  execFileSync("xdotool", ["key", "--delay", "150", ...keys], { env: display.env });
}

function newest(game: GodotProcess): Shown | undefined {
  const report = newestReport(game.lines);
  return report && { ...report.overlay, focus: report.focus, mouseCaptured: report.mouseCaptured };
}

it("F3 shows the numbers, F4 makes the link worse and better again by keys alone, and both show and warn", async () => {
  await using zone = new LiveZone();
  const game = new GodotProcess({
    name: "game/overlay",
    scene: "res://tests/engine/game/game-watch.tscn",
    display,
    args: ["--connect", zone.address, "--name", "Ada", "--quality", "low"],
    timeoutMs: 150_000,
  });
  const until = (what: string, isSo: (shown: Shown) => boolean) =>
    zone.until(
      what,
      () => {
        const shown = newest(game);
        return shown !== undefined && isSo(shown);
      },
      40_000,
    );
  const roundTripMs = (shown: Shown) => Number.parseFloat(shown.networkRoundTrip);
  const { state, commands } = await zone.player("Ada");
  await zone.until("the game sends commands", () => commands.lastExecutedTick > 60);
  execFileSync("xdotool", ["mousemove", "640", "360", "click", "1"], { env: display.env });
  await until("the mouse is caught", (shown) => shown.mouseCaptured);
  expect(newest(game)).toMatchObject({ numbers: false, controls: false, warning: "" });

  press("F3");
  await until("the numbers are there", (shown) => shown.numbers && !shown.controls);
  await until("the round trip is short", (shown) => roundTripMs(shown) < GOOD_LINK_MS);
  expect(newest(game)).toMatchObject({ warning: "", mouseCaptured: true });

  press("F4");
  await until("the controls have the mouse and the focus", (shown) => shown.controls && !shown.mouseCaptured);
  await until("the profile in force has the focus", (shown) => shown.focus === "none");
  press("Down", "Down", "Down");
  await until("the focus went down to the last profile", (shown) => shown.focus === "reference");
  press("Return");
  await until("it warns", (shown) => shown.warning.includes("reference: 150 ms"));
  await until("the round trip grows", (shown) => roundTripMs(shown) > BAD_LINK_MS);

  press("Escape");
  await until("the player has the mouse back", (shown) => !shown.controls && shown.numbers && shown.mouseCaptured);
  const start = { x: state.x, z: state.z };
  execFileSync("xdotool", ["keydown", "w"], { env: display.env });
  await zone.until("the character walks", () => Math.hypot(state.x - start.x, state.z - start.z) > 2);
  await until("the server's view of it lies behind", (shown) => shown.ghost);
  execFileSync("xdotool", ["keyup", "w"], { env: display.env });
  press("F3");
  await until("the warning stays when all else is gone", (shown) => !shown.numbers && shown.warning !== "");
  expect(newest(game)?.ghost).toBe(false);

  press("F4");
  await until("the controls are back, on the profile in force", (shown) => shown.focus === "reference");
  press("Up", "Up", "Up", "Return");
  await until("the warning is gone", (shown) => shown.warning === "");
  await until("the round trip is short again", (shown) => roundTripMs(shown) < GOOD_LINK_MS);
  press("F3");
  await until("nothing is left", (shown) => !shown.numbers && !shown.controls && shown.mouseCaptured);

  game.kill("SIGTERM");
  const result = await game.ended;
  expect(result.exitCode).toBe(143);
  expect(result.lines.filter((line) => /ERROR|leaked/.test(line))).toEqual([]);
});
