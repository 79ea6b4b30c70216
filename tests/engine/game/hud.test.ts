import { expect, it } from "vitest";
import { paletteOf } from "../../../scripts/game/hud/hud-palette.ts";
import { FighterState } from "../../../scripts/protocol/combat/combat-words.ts";
import type { RgbImage } from "../../../tools/display/rgb-image.ts";
import { startVirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { letterLookOf } from "./faint-letters.ts";
import { type GameReport, textsOf } from "./game-report.ts";
import { HudGame } from "./hud-game.ts";
import { type HudLook, readLooks } from "./hud-looks.ts";
import { type Box, brightness, inkPixels } from "./text-contrast.ts";

/** Out of sight from where characters arrive, with nothing on the straight way there. */
const FAR_OFF = { x: 419, z: 381 };
/** Below this health is low. */
const WEAK_POINTS = 66;
const USUAL_PIXELS = 1280 * 720;
const LIMIT_MS = 300_000;
/** `HUD_LOOKS=all npm test -- engine game/hud.test` makes the pictures of every palette at two sizes: docs/contributors.md. */
const LOOKS = readLooks(process.env.HUD_LOOKS);

/** What is drawn in software takes as long as it has pixels. */
const limitOf = ({ widthPixels, heightPixels }: HudLook) =>
  LIMIT_MS * Math.max(1, Math.min((widthPixels * heightPixels) / USUAL_PIXELS, 4));

it.for(LOOKS.map((look) => ({ ...look, name: `${look.palette} at ${look.widthPixels}x${look.heightPixels}` })))(
  "a fight on a server process, with keys and clicks, $name: map, lock, casts, refusals, party, death and return, and all that is written can be read",
  { timeout: LIMIT_MS * 4 },
  async (look) => {
    await using display = await startVirtualDisplay(look);
    await using game = await HudGame.start("hud", display, look, limitOf(look));
    await game.begin(7);
    await game.reads("SelfFrame", "220 / 220");
    await game.reads("SelfFrame", "Ada");
    await game.picture("standing");
    if (!game.small) await readTheMap(game);
    await lockOn(game);
    await useAbilities(game, look);
    await loseConnection(game);
    await regroup(game);
    await fall(game);
    if (game.legible) readTheWorld(game);
    if (look.palette === "default") await changeColors(game);
  },
);

async function readTheMap(game: HudGame): Promise<void> {
  await game.reads("Minimap", "The hill's foot");
  expect(game.report?.mapReachMeters).toBe(80);
  const mapOf = async (name: string) => {
    const picture = await game.picture(name);
    return seaShare(picture, game.report?.map ?? { x: 0, y: 0, width: 0, height: 0 });
  };
  await game.tries(
    "the map shows most of the zone",
    () => game.press("minus"),
    ({ mapReachMeters }) => mapReachMeters === 200,
    1_000,
  );
  expect(await mapOf("map-far")).toBeGreaterThan(0.1);
  await game.tries(
    "the map shows what is near, by clicks on its sign for more",
    () => {
      const { x, y, width, height } = game.report?.map ?? { x: 0, y: 0, width: 0, height: 0 };
      return game.mouse(x + width * 0.92, y + height * 0.92, true);
    },
    ({ mapReachMeters }) => mapReachMeters === 30,
    1_000,
  );
  expect(await mapOf("map-near")).toBeLessThan(0.02);
  game.press("minus", "minus");
}

async function lockOn(game: HudGame): Promise<void> {
  game.press("Tab");
  await game.reads("TargetFrame", "Ben");
  await game.picture("locked");
  game.press("Escape");
  await game.until("the lock is gone, and no menu there", (report) => textsOf(report, "TargetFrame").length === 0);
  expect(game.report?.paused).toBe(false);
  await clickBen(game);
  expect(game.report?.mouseCaptured).toBe(false);
  await loseSightOfBen(game);
}

/** Where he runs behind her, his frame and the mark at the edge of the screen say the same of how far away he is, in every frame. */
async function loseSightOfBen(game: HudGame): Promise<void> {
  const { ben, ada } = game;
  const { x, z } = ben.client.own;
  const [dx, dz] = [ada.x - x, ada.z - z];
  const said = (report: GameReport, part: string) =>
    textsOf(report, part)
      .find((text) => /^\d+ m/u.test(text))
      ?.replace(", too far", "");
  const told: GameReport[] = [];
  ben.goTo(x + 2.5 * dx - 0.4 * dz, z + 2.5 * dz + 0.4 * dx, ada.entityId);
  await game.until("the mark has told three distances, and he stands behind her", (report) => {
    if (report !== told.at(-1) && said(report, "LockMarker") !== undefined) told.push(report);
    return ben.arrived && new Set(told.map((one) => said(one, "LockMarker"))).size >= 3;
  });
  await game.picture("beyond");
  for (const report of told) expect(said(report, "TargetFrame")).toBe(said(report, "LockMarker"));
  ben.goTo(x, z, ada.entityId);
  await game.benSees("he stands before her", () => ben.arrived);
}

async function clickBen(game: HudGame): Promise<void> {
  await game.tries(
    "a click on him locks on to Ben",
    async () => {
      const ben = game.report?.others.find(({ name }) => name === "Ben");
      await game.mouse(ben?.x ?? 0, ben?.y ?? 0, true);
    },
    (report) => textsOf(report, "TargetFrame").includes("Ben"),
  );
}

/** What she casts goes on: there is time left. */
function casting(name: string): (report: GameReport) => boolean {
  return (report) => {
    const texts = textsOf(report, "CastBar");
    return texts.includes(name) && texts.some((text) => /^\d\.\d s$/u.test(text));
  };
}

async function useAbilities(game: HudGame, look: HudLook): Promise<void> {
  const { ben } = game;
  const benId = ben.client.own.entityId;
  const casts = () => (game.ada.state & FighterState.casting) !== 0;
  game.press("1");
  await game.reads("NoticeLine", "Too far away");
  await game.picture("refused");
  expect(ben.client.combat.self.health).toBe(220);

  const struck = ben.attacksOn(benId);
  await game.tries("her cast is on the screen", () => game.press("2"), casting("Fireball"));
  await game.picture("casting");
  await game.benSees("the ball of fire has reached him", () => ben.attacksOn(benId) > struck);
  await game.reads("SelfFrame", "In combat");
  await game.picture("fighting");

  if (game.sharp) await queueMend(game, look);

  let interrupted = false;
  await game.tries(
    "who walks casts no more",
    async () => {
      game.press("2");
      if (!(await game.comes(casting("Fireball")))) return;
      game.hold("w", true);
      interrupted = await game.comes((report) => textsOf(report, "CastBar").includes("Fireball: interrupted"));
      game.hold("w", false);
    },
    () => interrupted,
  );
  await game.benSees("she casts nothing", () => !casts());
  await game.tries("a channel goes on", () => game.press("3"), casting("Storm Tether"));
  await game.picture("channelling");
  if (game.sharp) await seeCooldowns(game);

  // The key stands above what else is written in slots, such as so many seconds.
  const slot = (text: string) => {
    const written = game.report?.parts.AbilitySlots?.filter((part) => part.text === text) ?? [];
    return written.toSorted((a, b) => a.baseLine - b.baseLine)[0];
  };
  const overSeventh = async (clicks: boolean) => {
    const { left = 0, baseLine = 0 } = slot("7") ?? {};
    const scale = game.report?.partScale ?? 1;
    await game.mouse((left + 24) * scale, (baseLine + 16) * scale, clicks);
  };
  await overSeventh(false);
  await game.reads("SlotTooltip", "Rallying Cry");
  await game.picture("tooltip");
  ben.client.act({ kind: "target", entityId: game.ada.entityId });
  const rallied = () => {
    const { entries, count } = ben.client.combat.target.auras;
    return entries.slice(0, count).some(({ name }) => name === "Rallied");
  };
  await game.tries("Ben sees that her cry is heard", () => overSeventh(true), rallied);
  await game.picture("buffed");
  ben.client.act({ kind: "cycle", to: "nobody" });
}

/** What is pressed in the last moments of a cast waits for its end: an arrow above its slot says so. */
async function queueMend(game: HudGame, { palette }: HudLook): Promise<void> {
  const arrowPixels = (picture: RgbImage) => inkPixels(picture, aboveSlot(game, "5"), paletteOf(palette).gold);
  let caught = false;
  await game.tries(
    "an ability that is pressed early waits its turn",
    async () => {
      game.press("2");
      if (!(await game.comes(casting("Fireball")))) return;
      const usual = arrowPixels(game.look());
      const least = usual + 30 * (game.report?.partScale ?? 1) ** 2;
      caught = await game.catches(
        "queued",
        casting("Fireball"),
        () => game.press("5"),
        (picture) => arrowPixels(picture) >= least,
      );
      game.press("x");
    },
    () => caught,
    500,
  );
  await game.until("she casts nothing", (report) => textsOf(report, "CastBar").every((text) => !text.endsWith(" s")));
}

/** Where the arrow of what waits stands, above the bar. */
function aboveSlot(game: HudGame, key: string): Box {
  const slot = game.report?.parts.AbilitySlots?.find(({ text }) => text === key);
  const scale = game.report?.partScale ?? 1;
  const { left = 0, baseLine = 0 } = slot ?? {};
  return { x: (left + 14) * scale, y: (baseLine - 30) * scale, width: 20 * scale, height: 8 * scale };
}

/** The server says nothing for a while: what is on the screen then, which is the world as it was, darker, and that the game goes on after it. */
async function loseConnection(game: HudGame): Promise<void> {
  const bar = healthBar(game);
  const before = colorAt(game.look(), bar);
  game.zone.freeze();
  const waits = ({ around, visible }: GameReport) =>
    !visible && around.ConnectionBanner?.some(({ text }) => text.startsWith("Reconnecting")) === true;
  // It tries again in between, for longer than it waits at first.
  do {
    await game.until("the banner says that she is not in the world", waits);
    const after = colorAt(await game.picture("reconnecting"), bar);
    // In the smallest windows the banner lies over it.
    for (const [channel, value] of game.small ? [] : after.entries()) {
      const darker = (before[channel] ?? 0) / 2;
      expect(Math.abs(value - darker), `health was rgb ${before.join()}, and is ${after.join()}`).toBeLessThan(25);
    }
  } while (game.report === undefined || !waits(game.report));
  game.zone.thaw();
  await game.begin(7);
  await game.until("the banner is gone", ({ around }) => around.ConnectionBanner?.length === 0);
}

/** As much of a slot is in the shade as is left of its cooldown, and it goes on by what the shader is told. */
async function seeCooldowns(game: HudGame): Promise<void> {
  for (const ahead of [false, true]) {
    await game.tries(
      `a cooldown's shade is what is left of it${ahead ? " a second later" : ""}`,
      () => game.press("3"),
      ({ cooldowns }) =>
        cooldowns.some(({ left, seen, aheadTicks, lengthTicks }) => {
          return aheadTicks > 0 === ahead && Math.abs(left - aheadTicks / lengthTicks - seen) < 0.015;
        }),
    );
  }
}

async function regroup(game: HudGame): Promise<void> {
  const { client } = game.ben;
  const adaId = game.ada.entityId;
  const alone = () => game.until("she is alone", (report) => textsOf(report, "PartyFrames").length === 0);
  const together = () => game.reads("PartyFrames", "Ben");
  // In the smallest windows the seconds that are left stand on the same line.
  const invited = () =>
    game.until("Ben invites her", (report) =>
      textsOf(report, "InvitationPanel").some((text) => text.startsWith("Ben invites you to a party")),
    );
  const openMenu = async (text: string) => {
    await game.tries(
      "the menu is open",
      () => game.press("p"),
      (report) => textsOf(report, "PartyMenu").includes(text),
    );
  };
  await game.tries(
    "the lock is gone",
    () => game.press("c"),
    (report) => textsOf(report, "TargetFrame").length === 0,
  );
  await game.tries(
    "a ward is on her",
    () => game.press("6"),
    (report) => textsOf(report, "SelfFrame").some((text) => /^220 \/ 220 \+ \d+$/u.test(text)),
  );
  await game.picture("warded");
  const invite = (notice: string) =>
    game.tries(
      `she invites, and reads "${notice}"`,
      () => game.press("i"),
      (report) => textsOf(report, "NoticeLine").includes(notice),
    );
  await invite("Lock on to the player whom you want to invite");
  await clickBen(game);
  // The first of these invites him, and the second is refused.
  await invite("Ben has an invitation already, and has not answered it.");
  await game.benSees("he is invited", () => client.combat.party.inviterName === "Ada");
  client.act({ kind: "accept" });
  await together();
  await game.picture("together");
  await game.tries(
    "what is not for him is refused",
    () => game.press("1"),
    (report) => textsOf(report, "NoticeLine").includes("Not on this target"),
  );

  await openMenu("Send Ben away");
  await game.picture("menu", true);
  await game.click("PartyMenu", "Send Ben away");
  await game.benSees("he is in no party", () => !client.combat.party.joined);
  await alone();

  client.act({ kind: "invite", entityId: adaId });
  await invited();
  await game.picture("invited");
  game.press("n");
  await game.until("it is declined", (report) => textsOf(report, "InvitationPanel").length === 0);
  expect(client.combat.party.joined).toBe(false);
  client.act({ kind: "invite", entityId: adaId });
  await invited();
  await game.click("InvitationPanel", "Accept");
  await together();
  expect(client.combat.party).toMatchObject({ joined: true, leading: true, count: 1 });
  await openMenu("Leave the party");
  await game.click("PartyMenu", "Leave the party");
  await alone();
  client.act({ kind: "invite", entityId: adaId });
  await invited();
  game.press("y");
  await together();
}

async function fall(game: HudGame): Promise<void> {
  const { ben } = game;
  const { x, z, entityId: adaId } = game.ada;
  const foes = ["Cas", "Dee"].map((name) => game.zone.observe(name));
  // Ben has his reasons to leave now.
  ben.goTo(FAR_OFF.x, FAR_OFF.z);
  const attack = (slots: readonly number[]) => {
    for (const foe of foes) foe.fight(adaId, ...slots);
  };
  const rest = () => {
    for (const foe of foes) foe.rest();
  };
  for (const [i, foe] of foes.entries()) {
    await game.until("her foes are there", () => foe.entityOf("Ada") === adaId);
    foe.goTo(x + (i === 0 ? 1.6 : -1.6), z - 0.8, adaId);
  }
  for (const foe of foes) {
    await game.until("they stand beside her", () => foe.arrived);
  }
  attack([1]);
  // They see it before she does, and stop at once: she is to be alive in the picture.
  await game.until("she is weak", () => foes.some((foe) => foe.healthOf(adaId) < WEAK_POINTS));
  rest();
  await game.reads("SelfFrame", "Health is low");
  await game.picture("low");
  attack([4, 1]);
  await game.until("she has fallen", ({ screens }) => screens.DeathScreen?.some(({ button }) => button) === true);
  rest();
  const screen = () => game.report?.screens.DeathScreen ?? [];
  const buttons = () => screen().filter(({ button }) => button);
  expect(buttons().every(({ disabled }) => disabled)).toBe(true);
  expect(screen().some(({ text }) => /^Slain by (Cas|Dee) with (Strike|Earthbreaker)$/u.test(text))).toBe(true);
  await game.picture("fallen", true);
  game.hold("w", true);
  await game.until("a place may be chosen", () => buttons().some(({ disabled }) => !disabled));
  game.hold("w", false);
  const body = foes[0]?.position(adaId);
  expect(Math.hypot((body?.x ?? 0) - x, (body?.z ?? 0) - z)).toBeLessThan(0.01);
  await game.reads("DeathScreen", "Where do you want to return?");
  await game.picture("choosing", true);
  await returnElsewhere(game);
  if (!game.small) await walkOn(game);
  await game.until("how far away he is can be read", (report) =>
    textsOf(report, "PartyFrames").some((text) => /^\d{3} m$/u.test(text)),
  );
  await game.picture("apart");
  expect(game.adaSeen()).toBeUndefined();
}

/** Not at the nearest place, which has the focus, but at the next one: she stands where its name is. */
async function returnElsewhere(game: HudGame): Promise<void> {
  await game.until("a place has the focus", ({ focusText }) => focusText !== "");
  const nearest = game.report?.focusText;
  await game.tries(
    "another place has the focus",
    () => game.press("Tab"),
    ({ focusText }) => focusText !== "" && focusText !== nearest,
  );
  const chosen = /^(.+), \d+ m$/u.exec(game.report?.focusText ?? "")?.[1] ?? "";
  expect(chosen).not.toBe("");
  game.press("Return");
  await game.reads("SelfFrame", "220 / 220");
  await game.until("nothing of it is left", (report) => textsOf(report, "DeathScreen").length === 0);
  if (!game.small) await game.reads("Minimap", chosen);
}

/** Another place has its name on the map, or none, once she has walked on. */
async function walkOn(game: HudGame): Promise<void> {
  const places = () => game.report?.parts.Minimap?.map(({ text }) => text).filter((text) => text.length > 2) ?? [];
  const before = places().join();
  game.hold("Shift_L", true);
  game.hold("w", true);
  await game.until("she walks again", () => places().join() !== before);
  game.hold("w", false);
  game.hold("Shift_L", false);
}

/** Another palette, by clicks in the settings: the bar of health is of another colour. */
async function changeColors(game: HudGame): Promise<void> {
  await game.tries(
    "the menu is open",
    () => game.press("Escape"),
    ({ paused }) => paused,
  );
  await game.clickMenu("Settings");
  await game.until("the options are there", ({ buttons }) => buttons.Palette !== undefined);
  await game.scrollTo("Palette");
  await game.clickMenu("Palette");
  await game.until("the list is open", ({ rows }) => rows.length === 4);
  const row = game.report?.rows.find(({ text }) => text === "Deuteranopia");
  await game.mouse(row?.x ?? 0, row?.y ?? 0, true);
  await game.until("it is in force", ({ palette }) => palette === "deuteranopia");
  await game.picture("settings", true);
  await game.clickMenu("Close");
  await game.clickMenu("Resume");
  await game.until("the game goes on", ({ paused }) => !paused);
  const picture = await game.picture("recolored");
  const [red = 0, green = 0, blue = 0] = colorAt(picture, healthBar(game));
  expect(blue, `health is rgb ${red} ${green} ${blue}`).toBeGreaterThan(green);
  await changeOpacity(game, picture);
}

/** The interface as faint as it may be, by keys in the settings: what lies behind it shines through. `before`: a picture of it as usual. */
async function changeOpacity(game: HudGame, before: RgbImage): Promise<void> {
  await game.tries(
    "the menu is open",
    () => game.press("Escape"),
    ({ paused }) => paused,
  );
  await game.clickMenu("Settings");
  await game.until("the options are there", ({ focus }) => focus === "Quality");
  for (let at = "Quality"; at !== "HudOpacity"; at = game.report?.focus ?? "") {
    game.press("Down");
    await game.until("the focus moves", ({ focus }) => focus !== at);
  }
  game.press("Home");
  await game.until("it is said", ({ screens }) => screens.PauseMenu?.some(({ text }) => text === "30 %") === true);
  game.press("Escape");
  await game.until("the settings are closed", ({ focus }) => focus === "Settings");
  game.press("Escape");
  await game.until("the game goes on", ({ paused }) => !paused);
  const { x, y, scale } = selfFrame(game);
  // Below the sign of the level, where nothing is written.
  const panel = { x: x + 6 * scale, y: y + 72 * scale, width: 30 * scale, height: 16 * scale };
  const light = brightness(await game.picture("translucent", true), panel);
  expect(light).toBeGreaterThan(2 * brightness(before, panel));
}

/** Where her frame begins, pixels of the screen, and how large it is drawn. */
function selfFrame(game: HudGame): { x: number; y: number; scale: number } {
  const scale = game.report?.partScale ?? 1;
  const { left = 0, baseLine = 0 } = game.report?.parts.SelfFrame?.find(({ text }) => text === "Ada") ?? {};
  return { x: (left - 64) * scale, y: (baseLine - 26) * scale, scale };
}

/** A point of the bar of her health where nothing is written. */
function healthBar(game: HudGame): { x: number; y: number } {
  const { x, y, scale } = selfFrame(game);
  return { x: x + 126 * scale, y: y + 46 * scale };
}

function colorAt({ rgb, widthPixels }: RgbImage, { x, y }: { x: number; y: number }): number[] {
  const at = (Math.round(y) * widthPixels + Math.round(x)) * 3;
  return [...rgb.subarray(at, at + 3)];
}

/** Names over heads and floating texts in all that was seen can be read, but where others lie over them for a moment. */
function readTheWorld(game: HudGame): void {
  const { reports } = game;
  const { leastContrast } = letterLookOf(reports.at(-1)?.scale ?? 1);
  for (const kind of ["name", "float"] as const) {
    const texts = reports.flatMap(({ worldTexts }) => worldTexts.filter((text) => text.kind === kind));
    // What has none at all is covered.
    const seen = texts.filter(({ contrast }) => contrast > 0);
    const faint = seen.filter(({ contrast }) => contrast < leastContrast);
    expect(seen.length, kind).toBeGreaterThan(20);
    expect(faint.length / seen.length, `${kind}: ${JSON.stringify(faint)}`).toBeLessThan(0.1);
  }
}

/** How much of the map is sea. */
function seaShare({ rgb, widthPixels }: RgbImage, { x, y, width }: Box): number {
  let sea = 0;
  let all = 0;
  const radius = width / 2;
  for (let py = 0; py < width; py += 1) {
    for (let px = 0; px < width; px += 1) {
      if (Math.hypot(px - radius, py - radius) > radius * 0.9) continue;
      const at = (Math.floor(y + py) * widthPixels + Math.floor(x + px)) * 3;
      const [red = 0, , blue = 0] = rgb.subarray(at, at + 3);
      all += 1;
      if (blue > red + 30) sea += 1;
    }
  }
  return sea / all;
}
