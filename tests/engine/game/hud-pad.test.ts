import { expect, it } from "vitest";
import { GodotProcess } from "../runner/godot-process.ts";
import { LiveZone } from "./live-zone.ts";

it("a gamepad alone locks on, uses abilities without doing what its buttons do else, invites, and lets go", async () => {
  await using zone = new LiveZone({ camps: [] });
  const { client } = zone.observe("Ben");
  await zone.player("Ben");
  const game = new GodotProcess({
    name: "game/hud-pad",
    scene: "res://tests/engine/game/hud-pad.tscn",
    args: ["--connect", zone.address, "--name", "Ada"],
    timeoutMs: 90_000,
  });
  const ada = await zone.player("Ada");
  const ben = await zone.player("Ben");
  await game.waitForLine("pad did: lock", 60_000);
  await zone.until("the server knows of the lock", () => ada.lockedOn === ben.entityId);
  await game.waitForLine("pad did: cast");
  // The button for the third ability jumps as a rule, and a jump would have ended the cast.
  await game.waitForLine("pad did: busy");
  await zone.until("the ball of fire reaches Ben", () => zone.attacksOn(ben.entityId) > 0);
  await game.waitForLine("pad did: invite");
  await zone.until("Ben is invited", () => client.combat.party.inviterName === "Ada");
  await game.waitForLine("pad did: clear");
  await zone.until("the server knows that nobody is locked on to", () => ada.lockedOn === 0);
  game.kill("SIGTERM");
  const { lines } = await game.ended;
  expect(lines.filter((line) => /ERROR|leaked/.test(line))).toEqual([]);
});
