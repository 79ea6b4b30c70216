import { afterAll, beforeAll, expect, it } from "vitest";
import { placeMoveState } from "../../../scripts/simulation/move-state.ts";
import { cosOfYaw, sinOfYaw } from "../../../scripts/simulation/trigonometry.ts";
import { startVirtualDisplay, type VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { behindSomething } from "./behind-something.ts";
import { Duel } from "./duel.ts";
import type { FightSeen } from "./fight-seen.ts";

const NEAR_METERS = 2.4;
const FAR_METERS = 14;
/** Of a hundred that a lock reaches. */
const FARTHEST_METERS = 96;
const CRAWLER = 1;
/** On the hill's slope, far enough from everybody. */
const CAMP = { x: 300, z: 360 };
let display: VirtualDisplay;

beforeAll(async () => {
  display = await startVirtualDisplay();
});
afterAll(() => display.stop());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const hits = ({ texts }: FightSeen) => texts.some(({ kind, taken }) => kind === "damage" && !taken);
const misses = ({ texts }: FightSeen) => texts.some(({ kind }) => kind === "miss");
const target = ({ marks }: FightSeen) => marks === 1;
const nobody = ({ marks }: FightSeen) => marks === 0;

it("a fight of the real game with a server: bodies, texts, bolts, marks, sounds and the view follow what the server says", async () => {
  const camp = { creature: "reef-crawler", count: 1, ...CAMP, y: 20, radiusMeters: 1, leashMeters: 60 };
  await using duel = new Duel("fight", display, 230_000, { camps: [{ ...camp, respawnSeconds: 600 }] });
  await duel.begin(FAR_METERS);
  await throwFire(duel);
  await lockFarAndHidden(duel);
  await channelBurstAndLeap(duel);
  await blowsAndGuard(duel);
  await reduceMotion(duel);
  await floodOfTexts(duel);
  await dieAndReturn(duel);
  await fightACreature(duel);
}, 240_000);

/** Lock on, and a ball of fire: cast, thrown, in flight, and there when the server says so. */
async function throwFire(duel: Duel): Promise<void> {
  await duel.tries("a ring under the target", () => duel.press("key", "Tab"), target);
  do {
    // One in twenty misses.
    duel.heal((await duel.ada()).entityId);
    await duel.tries(
      "the own arms are out",
      () => duel.press("key", "2"),
      ({ own }) => own.cast > 0.9,
    );
    await duel.sees("a bolt flies", ({ bolts }) => bolts === 1);
    await duel.sees("what comes of it over Ben", (seen) => hits(seen) || misses(seen));
  } while (!duel.seen.some(hits));
  await duel.sees("Ben lights up", ({ others }) => (others[0]?.flash ?? 0) > 0.2);
  const told = duel.seen;
  // The bolt is gone when the damage is there, and the text says what the server took.
  const hit = told.findIndex(({ texts }) => texts.some(({ kind, amount }) => kind === "damage" && amount > 0));
  const flown = told.findLastIndex(({ bolts }, i) => bolts > 0 && i <= hit + 6);
  expect(flown).toBeGreaterThan(0);
  expect(hit - flown).toBeGreaterThan(-8);
  expect(hit - flown).toBeLessThan(12);
  // A key that was pressed twice casts once more: in the end as much is thrown as cast.
  await duel.zone.until("as much is heard thrown as cast", () => {
    const { Cast, Throw } = duel.newest?.sounds ?? {};
    return Throw !== undefined && Throw === Cast;
  });
}

/** Whoever is as far away as a lock reaches, or behind a wall, is locked on to all the same, and stays so. */
async function lockFarAndHidden(duel: Duel): Promise<void> {
  const ada = await duel.ada();
  const { entityId } = await duel.benThere();
  await duel.tries("nobody is locked on to", () => duel.press("key", "c"), nobody);
  await duel.put(FARTHEST_METERS);
  await duel.tries("a ring far away", () => duel.press("key", "Tab"), target);
  await duel.zone.until("the server has that lock", () => ada.lockedOn === entityId);
  const hidden = behindSomething(duel.zone.zone.world, ada.state);
  await duel.putAt(hidden.x, hidden.z);
  await pause(500);
  expect(ada.lockedOn).toBe(entityId);
  await duel.tries("nobody is locked on to", () => duel.press("key", "c"), nobody);
  await duel.zone.until("the server knows", () => ada.lockedOn === 0);
  await duel.tries("a ring behind the wall", () => duel.press("key", "Tab"), target);
  await duel.zone.until("the server has that lock, too", () => ada.lockedOn === entityId);
}

async function channelBurstAndLeap(duel: Duel): Promise<void> {
  const { entityId: adaId } = await duel.ada();
  const { entityId: benId } = await duel.benThere();
  await duel.put(NEAR_METERS);
  // A channel: arms wide, sparks all the time, damage again and again.
  await duel.tries(
    "the own arms are wide",
    () => {
      duel.heal(benId);
      duel.heal(adaId);
      duel.press("key", "3");
    },
    ({ own }) => own.channel > 0.9,
  );
  await duel.sees("sparks fly", ({ bolts }) => bolts > 0);
  await duel.sees("it is over", ({ own }) => own.channel < 0.1);

  // A burst around oneself marks the ground and shakes the view; a leap stretches the body.
  await duel.tries(
    "the ground is marked",
    () => {
      duel.heal(adaId);
      duel.press("key", "4");
    },
    ({ marks }) => marks === 2,
  );
  await duel.sees("the view shakes", ({ roll }) => roll > 0);
  await duel.tries(
    "the own body is stretched in a leap",
    () => {
      duel.heal(adaId);
      duel.press("key", "9");
    },
    ({ own }) => own.lean > 0.6,
  );
  duel.forget();
  const { state } = await duel.ada();
  await duel.sees(
    "she has landed",
    ({ own }) => own.lean === 0 && state.grounded && Math.hypot(state.vx, state.vz) < 0.1,
  );
}

async function blowsAndGuard(duel: Duel): Promise<void> {
  const { ben } = duel;
  const { entityId: adaId, place: adaPlace } = await duel.ada();
  const { entityId: benId } = await duel.benThere();
  await duel.put(NEAR_METERS);
  // Blows are expected at once, and become what the server says.
  await duel.tries(
    "a blow that is expected",
    () => {
      duel.heal(benId);
      duel.press("key", "1");
    },
    ({ texts }) => texts.some(({ predicted }) => predicted),
  );
  await duel.sees("the own arm strikes", ({ own }) => own.lift + own.cut > 0.6);

  // Ben strikes back: the own body lights up, the text is one of what is taken; guarded well, blows are blocked.
  duel.fighters.guard[adaPlace] = 200;
  duel.forget();
  const healing = setInterval(() => duel.heal(adaId), 500);
  ben.fight(adaId, 1);
  await duel.sees("the own body lights up", ({ own }) => own.flash > 0.2);
  await duel.sees("what was taken is told beside it", ({ texts }) => texts.some(({ taken }) => taken));
  await duel.sees("Ben's arm strikes", ({ others: [ben] }) => (ben?.lift ?? 0) + (ben?.cut ?? 0) > 0.6);
  await duel.sees("a blow is blocked with the arms", ({ own }) => own.guard > 0.8, 60_000);
  ben.rest();
  clearInterval(healing);
  duel.fighters.guard[adaPlace] = 0;
}

/** Reduced motion, set by keys in the settings: texts stand that rose before, and nothing shakes the view that shook it. */
async function reduceMotion(duel: Duel): Promise<void> {
  await duel.put(NEAR_METERS);
  expect(Math.max(...(await stepsOfTexts(duel)))).toBeGreaterThan(1);
  await duel.tries("nobody is locked on to", () => duel.press("key", "c"), nobody);
  await duel.tries(
    "the menu is open",
    () => duel.press("key", "Escape"),
    ({ focus }) => focus === "Resume",
  );
  await duel.walkDownTo("Settings");
  duel.press("key", "Return");
  await duel.sees("the settings are open", ({ focus }) => focus === "Quality");
  await duel.walkDownTo("ReducedMotion");
  duel.press("key", "space");
  for (const focus of ["Settings", ""]) {
    duel.press("key", "Escape");
    await duel.sees("a step back", (seen) => seen.focus === focus);
  }
  await duel.tries("a ring under the target", () => duel.press("key", "Tab"), target);
  expect(Math.max(...(await stepsOfTexts(duel)))).toBeLessThan(0.01);
  const { entityId } = await duel.ada();
  await duel.tries(
    "the ground is marked",
    () => {
      duel.heal(entityId);
      duel.press("key", "4");
    },
    ({ marks }) => marks === 2,
  );
  await duel.zone.until("the mark is gone", () => (duel.newest?.marks ?? 0) < 2);
  expect(Math.max(...duel.seen.map(({ roll }) => roll))).toBe(0);
}

/** How far texts move from one frame to the next, where each is the only one: pixels, of ten steps or more. */
async function stepsOfTexts(duel: Duel): Promise<number[]> {
  const steps: number[] = [];
  const { entityId } = await duel.benThere();
  while (steps.length < 10) {
    duel.heal(entityId);
    await duel.tries(
      "what a blow did is told",
      () => duel.press("key", "1"),
      (seen) => hits(seen) || misses(seen),
    );
    await duel.zone.until("it is gone", () => duel.newest?.texts.length === 0);
    const { seen } = duel;
    for (const [i, { texts }] of seen.entries()) {
      const [[text, ...others], [before, ...othersBefore]] = [texts, seen[i - 1]?.texts ?? []];
      if (text === undefined || others.length > 0 || othersBefore.length > 0 || before?.slot !== text.slot) continue;
      steps.push(Math.abs(text.below - before.below));
    }
  }
  return steps;
}

/** Half a thousand in a second over two heads: what is drawn stays readable. */
async function floodOfTexts(duel: Duel): Promise<void> {
  await duel.tries(
    "texts come in hundreds",
    () => duel.press("key", "F12"),
    ({ flooded }) => flooded >= 500,
  );
  const drawn = duel.seen.map(({ texts }) => texts.length);
  expect(Math.max(...drawn)).toBeGreaterThan(8);
  expect(Math.max(...duel.seen.map(({ textOverlap }) => textOverlap))).toBeLessThan(0.2);
}

/** Ben dies by a blow, lies there, and gets up where he comes back. */
async function dieAndReturn(duel: Duel): Promise<void> {
  const { ben, fighters } = duel;
  const { entityId: adaId } = await duel.ada();
  const { place } = await duel.benThere();
  duel.forget();
  const blows = setInterval(() => {
    if (fighters.dead[place] === 1) return;
    duel.heal(adaId);
    fighters.health[place] = 1;
    duel.press("key", "1");
  }, 1_200);
  await duel.zone.until("Ben is dead", () => fighters.dead[place] === 1);
  clearInterval(blows);
  await duel.sees("Ben lies", ({ others }) => others[0]?.dead === 1);
  // It begins after what is nearer, a frame or two later.
  await duel.sees("his death is heard", ({ sounds }) => sounds.Death === 1);
  duel.forget();
  await duel.zone.until("he may return", () => ben.client.combat.serverTick > ben.client.combat.death.respawnTick);
  // A server that has left ticks out is behind what the client thinks, and refuses who comes too early.
  const asks = setInterval(() => {
    if (!ben.client.combat.death.pending) ben.client.act({ kind: "respawn", point: 0 });
  }, 200);
  await duel.zone.until("Ben is alive", () => fighters.dead[place] === 0);
  clearInterval(asks);
  await duel.sees("he gets up", ({ others: [seen] }) => (seen?.dead ?? 0) > 0.05 && (seen?.dead ?? 1) < 0.95);
  await duel.sees("he stands", ({ others }) => others[0]?.dead === 0);
}

/** A crawler comes, strikes, is struck and lies there: it has a body of its own. */
async function fightACreature(duel: Duel): Promise<void> {
  const { ben, fighters } = duel;
  const ada = await duel.ada();
  const crawlerId = ben.entityOf("Reef Crawler");
  const at = ben.position(crawlerId);
  if (at === undefined) throw new Error("expected a crawler that Ben can see");
  const { yaw } = ada.lastCommand;
  const [x, z] = [at.x + sinOfYaw(yaw) * NEAR_METERS, at.z + cosOfYaw(yaw) * NEAR_METERS];
  duel.forget();
  placeMoveState(ada.state, { x, y: at.y + 1, z, yaw });
  const healing = setInterval(() => duel.heal(ada.entityId), 500);
  await duel.sees("it strikes", ({ others }) => (others[CRAWLER]?.lift ?? 0) + (others[CRAWLER]?.cut ?? 0) > 0.6);
  await duel.sees("what it took is told", ({ texts }) => texts.some(({ taken }) => taken));
  await duel.tries("a ring under it", () => duel.press("key", "t"), target);
  await duel.tries(
    "it lights up",
    () => duel.press("key", "1"),
    ({ others }) => (others[CRAWLER]?.flash ?? 0) > 0.2,
  );
  await duel.tries(
    "it lies dead",
    () => {
      fighters.health[fighters.placeOf(crawlerId)] = 1;
      duel.press("key", "1");
    },
    ({ others }) => others[CRAWLER]?.dead === 1,
  );
  clearInterval(healing);
}
