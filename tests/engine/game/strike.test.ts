import { afterAll, beforeAll, expect, it } from "vitest";
import { startVirtualDisplay, type VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { Duel } from "./duel.ts";

const APART_METERS = 1.8;
const MOST_BLOWS = 8;
/** Longer than from one strike to the next. */
const REST_MS = 1_500;
/** What the server has decided was on the screen before, but may not have been printed yet. */
const SOON_MS = 1_000;
let display: VirtualDisplay;

beforeAll(async () => {
  display = await startVirtualDisplay();
});
afterAll(() => display.stop());

it("in a world without fighting a click of the real mouse strikes whom it is aimed at: the arm goes up at once, the server says hit, the target lights up and is told; nothing of fights is on the screen", async () => {
  await using duel = new Duel("strike", display, 90_000);
  const { zone, ben } = duel;
  // The first click catches the mouse, and hits nobody.
  await duel.begin(APART_METERS);
  const ada = await duel.ada();
  const { counters } = zone.server;
  const decided = () => counters.actionsHit + counters.actionsMissed + counters.actionsRefused;
  expect(decided()).toBe(0);

  // A machine that stands still for half a second at that moment shows what cannot be true, or no frame in which the arm is up: then another blow is struck.
  for (let blows = 1; ; blows += 1) {
    const { viewsImplausible } = counters;
    duel.forget();
    duel.press("click");
    await zone.until("the server has decided", () => decided() === blows);
    const armSeen = await duel.comes(({ own }) => own.lift > 0.5, SOON_MS);
    const plausible = counters.viewsImplausible === viewsImplausible;
    if (armSeen && plausible) break;
    if (blows === MOST_BLOWS) expect({ armSeen, plausible }).toEqual({ armSeen: true, plausible: true });
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
  }
  await duel.sees("Ben lights up", ({ others }) => (others[0]?.flash ?? 0) > 0.5);
  expect(counters).toMatchObject({ actionsMissed: 0, actionsRefused: 0 });
  await zone.until("Ben was told", () => ben.news.some(({ kind }) => kind === "seen"));
  expect(ben.news[0]).toMatchObject({ kind: "seen", outcome: "hit", attackerEntityId: ada.entityId });

  // And by the key, which needs no mouse: as soon as the world takes the next one.
  const hits = counters.actionsHit;
  await duel.tries(
    "the next strike has hit",
    () => duel.press("key", "f"),
    () => counters.actionsHit > hits,
  );
  expect(duel.all.some(({ hud }) => hud)).toBe(false);
});
