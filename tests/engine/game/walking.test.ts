import { expect, it } from "vitest";
import { GodotProcess } from "../runner/godot-process.ts";
import { LiveZone } from "./live-zone.ts";

const MILLIMETER = 0.001;
/** A snapshot carries positions in steps of 1/1024 m. */
const WIRE_STEP = 1 / 1024;

it("a player in real Godot walks 10 m, the server agrees within 1 mm, and another client sees it", async () => {
  await using zone = new LiveZone();
  const grace = zone.observe("Grace");
  const game = new GodotProcess({
    name: "game/walking",
    scene: "res://tests/engine/game/walker.tscn",
    args: ["--connect", zone.address, "--name", "Ada"],
    timeoutMs: 90_000,
  });
  const ada = await zone.player("Ada");
  const start = { x: ada.state.x, z: ada.state.z };

  const line = await game.waitForLine("walked ", 80_000);
  const drawn: { x: number; y: number; z: number } = JSON.parse(line.slice(line.indexOf("{")));
  const { x, y, z } = ada.state;
  expect(Math.hypot(x - start.x, z - start.z)).toBeGreaterThanOrEqual(10);
  expect(Math.hypot(drawn.x - x, drawn.y - y, drawn.z - z)).toBeLessThanOrEqual(MILLIMETER);

  expect(grace.nameOf(ada.entityId)).toBe("Ada");
  const seen = grace.position(ada.entityId);
  expect(seen).toBeDefined();
  if (seen !== undefined) expect(Math.hypot(seen.x - x, seen.y - y, seen.z - z)).toBeLessThanOrEqual(2 * WIRE_STEP);

  const result = await game.ended;
  expect(result.problems).toEqual([]);
  await zone.until("Ada has left", () => !zone.server.players.includes(ada));
});
