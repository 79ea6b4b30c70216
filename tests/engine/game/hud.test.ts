import { afterAll, beforeAll, expect, it } from "vitest";
import { startVirtualDisplay, type VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { GodotProcess } from "../runner/godot-process.ts";
import { HudGame, pause, textsOf } from "./hud-game.ts";
import { LiveZone } from "./live-zone.ts";

let display: VirtualDisplay;

/** `HUD_SIZE=3840x2160 npm test -- engine game/hud` leaves pictures of another size. */
beforeAll(async () => {
  const [widthPixels = 1280, heightPixels = 720] = (process.env.HUD_SIZE ?? "1280x720").split("x").map(Number);
  display = await startVirtualDisplay({ widthPixels, heightPixels });
});
afterAll(() => display.stop());

it("Tab and a click lock on, keys and clicks use abilities, and the screen says what comes of them, and why not", async () => {
  await using game = new HudGame("hud-fight", display);
  await game.begin(7);
  const ada = await game.ada();
  const ben = await game.zone.player("Ben");
  const { fighters } = game;
  await game.reads("SelfFrame", "220 / 220");
  await game.reads("SelfFrame", "Ada");
  await game.picture("standing");

  game.press("Tab");
  await game.reads("TargetFrame", "Ben");
  await game.zone.until("the server knows of the lock", () => ada.lockedOn === ben.entityId);
  await game.picture("locked");
  game.press("Escape");
  await game.until("the lock is gone, and no menu there", (report) => textsOf(report, "TargetFrame").length === 0);
  expect(game.report?.paused).toBe(false);
  const [body] = game.report?.others ?? [];
  await game.mouse(body?.x ?? 0, body?.y ?? 0, true);
  await game.reads("TargetFrame", "Ben");
  expect(game.report?.mouseCaptured).toBe(false);

  game.press("1");
  await game.reads("NoticeLine", "Too far away");
  await game.picture("refused");
  expect(fighters.globalEnd[ada.place]).toBe(0);
  expect(fighters.health[ben.place]).toBe(220);

  game.press("2");
  await game.reads("CastBar", "Fireball");
  await game.zone.until("the server casts", () => (fighters.casting[ada.place] ?? -1) >= 0);
  await game.until("it is nearly done", (report) => textsOf(report, "CastBar").some((text) => /^0\.\d s$/u.test(text)));
  await game.zone.until("the ball of fire reaches Ben", () => game.zone.attacksOn(ben.entityId) > 0);
  await game.reads("SelfFrame", "In combat");
  await game.picture("fighting");

  game.press("2");
  await game.reads("CastBar", "Fireball");
  game.hold("w", true);
  await game.reads("CastBar", "Fireball: interrupted");
  game.hold("w", false);
  await game.zone.until("the server has stopped it", () => (fighters.casting[ada.place] ?? -1) < 0);

  const seventh = game.report?.parts.AbilitySlots?.find(({ text }) => text === "7");
  const scale = game.report?.scale ?? 1;
  await game.mouse(((seventh?.left ?? 0) + 24) * scale, ((seventh?.baseLine ?? 0) + 16) * scale, false);
  await game.reads("SlotTooltip", "Rallying Cry");
  await game.picture("tooltip");
  const spent = fighters.resource[ada.place] ?? 0;
  await game.mouse(((seventh?.left ?? 0) + 24) * scale, ((seventh?.baseLine ?? 0) + 16) * scale, true);
  await game.zone.until("the cry is heard", () => (fighters.resource[ada.place] ?? 0) < spent);
  await game.picture("buffed");
}, 240_000);

it("who dies reads by whom, waits, chooses where to return with the keyboard, and has its bars back", async () => {
  await using game = new HudGame("hud-death", display);
  await game.begin(2);
  const ada = await game.ada();
  const { fighters } = game;
  game.press("Tab");
  await game.reads("TargetFrame", "Ben");
  fighters.health[ada.place] = 4;
  await game.reads("SelfFrame", "Health is low");
  const { client } = game.ben;
  client.act({ kind: "target", entityId: ada.entityId });
  await game.zone.until("Ben strikes her down", () => {
    if (client.combat.globalCooldownEndTick < client.combat.ownTick) client.act({ kind: "use", slot: 4 });
    return fighters.dead[ada.place] === 1;
  });
  await game.reads("DeathScreen", "Slain by Ben with Earthbreaker");
  await game.until(
    "the keys are the screen's",
    ({ screens }) => screens.DeathScreen?.some(({ button }) => button) === true,
  );
  const buttons = () => game.report?.screens.DeathScreen?.filter(({ button }) => button) ?? [];
  expect(buttons().every(({ disabled }) => disabled)).toBe(true);
  await game.picture("fallen", true);
  const fell = { x: ada.state.x, z: ada.state.z };
  game.hold("w", true);
  await game.until("a place may be chosen", () => buttons().some(({ disabled }) => !disabled));
  game.hold("w", false);
  expect([ada.state.x, ada.state.z]).toEqual([fell.x, fell.z]);
  await game.reads("DeathScreen", "Where do you want to return?");
  await game.picture("choosing", true);
  await game.until("the first place has the focus", ({ focus }) => focus !== "");
  game.press("Return");
  await game.zone.until("she is back", () => fighters.dead[ada.place] === 0);
  await game.reads("SelfFrame", "220 / 220");
  await game.until("nothing of it is left", (report) => textsOf(report, "DeathScreen").length === 0);
  game.hold("w", true);
  await game.zone.until("she walks again", () => Math.hypot(ada.state.x - fell.x, ada.state.z - fell.z) > 1);
  game.hold("w", false);
}, 240_000);

it("keys and buttons invite, accept, leave and refuse, and the party's frames say how it fares", async () => {
  await using game = new HudGame("hud-party", display);
  await game.begin(5);
  const ada = await game.ada();
  const ben = await game.zone.player("Ben");
  const { client } = game.ben;
  game.press("i");
  await game.reads("NoticeLine", "Lock on to the player whom you want to invite");
  game.press("Tab");
  await game.reads("TargetFrame", "Ben");
  game.press("i");
  await game.zone.until("Ben is invited", () => client.combat.party.inviterName === "Ada");
  game.press("i");
  await game.reads("NoticeLine", "Ben has an invitation already, and has not answered it.");
  client.act({ kind: "accept" });
  await game.reads("PartyFrames", "Ben");
  await game.picture("together");

  game.press("1");
  await game.reads("NoticeLine", "Not on this target");
  const { x, y, z } = ben.state;
  await game.place(200);
  await game.reads("PartyFrames", "Out of sight");
  await game.picture("apart");
  Object.assign(ben.state, { x, y, z });
  await game.until("Ben is back", (report) => textsOf(report, "PartyFrames").includes("level 5"));

  game.press("p");
  await game.until("the menu is open", (report) => textsOf(report, "PartyMenu").includes("Leave the party"));
  await game.picture("menu", true);
  await game.click("PartyMenu", "Leave the party");
  await game.until("nobody is left", (report) => textsOf(report, "PartyFrames").length === 0);

  client.act({ kind: "invite", entityId: ada.entityId });
  await game.reads("InvitationPanel", "Ben invites you to a party");
  await game.picture("invited");
  game.press("n");
  await game.until("it is declined", (report) => textsOf(report, "InvitationPanel").length === 0);
  expect(client.combat.party.joined).toBe(false);
  await pause(300);
  client.act({ kind: "invite", entityId: ada.entityId });
  await game.reads("InvitationPanel", "Ben invites you to a party");
  await game.click("InvitationPanel", "Accept");
  await game.reads("PartyFrames", "Ben");
  expect(client.combat.party).toMatchObject({ joined: true, leading: true, count: 1 });
}, 240_000);

it("nothing of it is there on a server without fighting", async () => {
  await using zone = new LiveZone();

  const game = new GodotProcess({
    name: "game/hud-peace",
    scene: "res://tests/engine/game/hud-watch.tscn",
    args: ["--connect", zone.address, "--name", "Ada"],
  });
  const { commands } = await zone.player("Ada");
  await zone.until("the game sends commands", () => commands.lastExecutedTick > 120);
  const reports = () => game.lines.filter((line) => line.startsWith("hud {")).length;
  const before = reports();
  await zone.until("the game has been drawn for a while", () => reports() > before + 10);
  expect(game.lines.some((line) => line.includes('hud {"visible":true'))).toBe(false);
  game.kill("SIGTERM");
  await game.ended;
});
