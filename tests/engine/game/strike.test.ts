import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { placeMoveState } from "../../../scripts/simulation/move-state.ts";
import { cosOfYaw, sinOfYaw } from "../../../scripts/simulation/trigonometry.ts";
import { startVirtualDisplay, type VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { GodotProcess } from "../runner/godot-process.ts";
import { LiveZone } from "./live-zone.ts";

const APART_METERS = 1.8;
let display: VirtualDisplay;

beforeAll(async () => {
  display = await startVirtualDisplay();
});
afterAll(() => display.stop());

function xdotool(...args: string[]): void {
  execFileSync("xdotool", args, { env: display.env });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it("a click of the real mouse strikes whom it is aimed at: the arm goes up at once, the server says hit, the target lights up and is told", async () => {
  await using zone = new LiveZone();
  const observer = zone.observe("Ben");
  const game = new GodotProcess({
    name: "game/strike",
    scene: "res://tests/engine/game/strike-watch.tscn",
    display,
    args: ["--connect", zone.address, "--name", "Ada", "--quality", "low"],
    timeoutMs: 90_000,
  });
  const ada = await zone.player("Ada");
  const ben = await zone.player("Ben");
  await zone.until("the game sends commands", () => ada.commands.lastExecutedTick > 60);
  const { yaw } = ada.lastCommand;
  const { x, y, z } = ada.state;
  placeMoveState(ben.state, {
    x: x - sinOfYaw(yaw) * APART_METERS,
    y: y + 0.5,
    z: z - cosOfYaw(yaw) * APART_METERS,
    yaw,
  });
  const sees = () => observer.position(ada.entityId) !== undefined;
  await zone.until("Ben stands before Ada", () => ben.state.grounded && sees());
  const { counters } = zone.server;

  // The first click catches the mouse, and hits nobody.
  xdotool("mousemove", "640", "360", "click", "1");
  await pause(1_500);
  expect(counters.actionsHit + counters.actionsMissed + counters.actionsRefused).toBe(0);

  xdotool("click", "1");
  await game.waitForLine("the own arm is up");
  await zone.until("the server has decided", () => counters.actionsHit + counters.actionsMissed > 0);
  await game.waitForLine("somebody lights up");
  display.screenshot("out/engine/game/strike/hit.png");
  expect(counters).toMatchObject({ actionsHit: 1, actionsMissed: 0, actionsRefused: 0, viewsImplausible: 0 });
  await zone.until("Ben was told", () => observer.news.some(({ kind }) => kind === "seen"));
  expect(observer.news).toMatchObject([{ kind: "seen", outcome: "hit", attackerEntityId: ada.entityId }]);

  // And by the key, which needs no mouse.
  await pause(1_000);
  xdotool("key", "f");
  await zone.until("the second strike has hit", () => counters.actionsHit === 2);

  game.kill("SIGTERM");
  const result = await game.ended;
  expect(result.lines.filter((line) => /ERROR|leaked/.test(line))).toEqual([]);
});
