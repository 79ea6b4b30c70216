import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { AbilityBar, QUEUE_TICKS, type UseMoment } from "../../../../scripts/client/combat/ability-bar.ts";
import type { AbilityUse, CombatSelf } from "../../../../scripts/protocol/combat/combat-messages.ts";
import { createCombatMessages } from "../../../../scripts/protocol/combat/create-combat-messages.ts";
import { chargedAfterUse } from "../../../../scripts/simulation/combat/ability-rules.ts";
import type { Ability } from "../../../../scripts/simulation/combat/data/combat-data.ts";
import { PARTS_PER_POINT } from "../../../../scripts/simulation/combat/fighters.ts";
import { loadCombatData } from "../../../../server/zone/combat/load-combat-data.ts";

const data = loadCombatData();
const globalTicks = data.basics.globalCooldownTicks;
const slotWith = (what: string, is: (ability: Ability) => boolean): Ability => {
  const found = data.abilities.find((ability) => ability.slot > 0 && is(ability));
  if (found === undefined) throw new Error(`the data has no ability in a slot that is ${what}`);
  return found;
};
const plain = slotWith("instant, free and without a cooldown", (a) => a.use === "instant" && a.cooldownTicks === 0);
const cooled = slotWith(
  "instant with a cooldown",
  (a) => a.use === "instant" && a.globalCooldown && a.cooldownTicks > 0 && a.charges === 1,
);
const charged = slotWith("with two charges", (a) => a.use === "instant" && a.charges === 2 && a.globalCooldown);
const cast = slotWith("cast", (a) => a.use === "cast" && a.cost > 0);
const channel = slotWith("a channel", (a) => a.use === "channel");
const loose = slotWith("outside of the global cooldown", (a) => !a.globalCooldown && a.use !== "dash");
const FOE = 7;
const FULL = 100 * PARTS_PER_POINT;

let bar: AbilityBar;
const accepts = () => "accepted" as const;
const at = (tick: number, changes: Partial<UseMoment> = {}): UseMoment => ({
  ...{ nowMs: (tick * 1000) / 60, tick, viewTick: tick - 6.25, dead: false, moving: false, grounded: true },
  ...changes,
});
const slot = (ability: Ability) => {
  const view = bar.slots[ability.slot - 1];
  if (view === undefined) throw new Error(`there is no slot ${ability.slot}`);
  return view;
};
const press = (ability: Ability, tick: number, changes: Partial<UseMoment> = {}) =>
  bar.press(ability.slot, FOE, at(tick, changes), accepts);
const fill = (tick: number, changes: Partial<UseMoment> = {}) => bar.fill(tick, at(tick, changes));
const self = (changes: Partial<CombatSelf> = {}): CombatSelf => ({
  ...createCombatMessages().combatSelf,
  ...{ resource: FULL, maxResource: FULL, regeneration: 0, ownTick: 0 },
  ...changes,
});
const result = (use: AbilityUse, changes: object = {}) => ({
  ...createCombatMessages().abilityResult,
  ...{ useId: use.useId, abilityId: use.abilityId, tick: use.tick, outcome: "accepted" as const },
  ...{ resource: FULL, resourceTick: use.tick },
  ...changes,
});
function mustUse(ability: Ability, tick: number): AbilityUse {
  const pressed = press(ability, tick);
  if (pressed === undefined) throw new Error(`${ability.name} was not used: ${slot(ability).refusal}`);
  return pressed.use;
}

beforeEach(() => {
  bar = new AbilityBar(data);
  bar.addSelf(self());
});

describe("a use", () => {
  test("is of the next command, says where the others were seen, and has a number of its own", () => {
    const first = mustUse(plain, 100);
    const second = mustUse(plain, 100 + globalTicks);
    expect(first).toMatchObject({ abilityId: plain.id, tick: 100, targetEntityId: FOE, viewTick: 93 });
    expect(first.viewFraction).toBe(192);
    expect(second.useId).toBe(first.useId + 1);
  });

  test("[C15] begins its cooldown and the global one in its own command", () => {
    mustUse(cooled, 100);
    fill(101);
    expect(slot(cooled)).toMatchObject({
      ...{ charges: 0, cooldownStartTick: 100, cooldownEndTick: 100 + cooled.cooldownTicks, onlyGlobal: false },
    });
    const waits = { cooldownStartTick: 100, cooldownEndTick: 100 + globalTicks, onlyGlobal: true };
    expect(slot(plain)).toMatchObject(waits);
    expect(slot(loose)).toMatchObject({ cooldownEndTick: 0 });
    fill(100 + globalTicks);
    expect(slot(plain)).toMatchObject({ cooldownEndTick: 0, onlyGlobal: false });
  });

  test("[C15] charges come back one after the other", () => {
    mustUse(charged, 100);
    fill(101);
    expect(slot(charged)).toMatchObject({ charges: 1 });
    mustUse(charged, 100 + globalTicks);
    fill(101 + globalTicks);
    const firstBack = 100 + charged.cooldownTicks;
    expect(slot(charged)).toMatchObject({ charges: 0, cooldownStartTick: 100, cooldownEndTick: firstBack });
    fill(firstBack);
    const secondBack = firstBack + charged.cooldownTicks;
    expect(slot(charged)).toMatchObject({ charges: 1, cooldownStartTick: firstBack, cooldownEndTick: secondBack });
    fill(secondBack);
    expect(slot(charged)).toMatchObject({ charges: 2, cooldownEndTick: 0 });
  });

  test("[C3] is paid at once, a cast only by what the server says at its end", () => {
    mustUse(charged, 100);
    expect(bar.resourceAt(101)).toBe(FULL - charged.cost * PARTS_PER_POINT);
    bar = new AbilityBar(data);
    bar.addSelf(self());
    mustUse(cast, 100);
    expect(bar.resourceAt(101)).toBe(FULL);
  });

  test("[C3] the resource grows by own ticks, to its most", () => {
    bar.addSelf(self({ resource: FULL - 100, regeneration: 5, ownTick: 50 }));
    expect([bar.resourceAt(50), bar.resourceAt(60), bar.resourceAt(90)]).toEqual([FULL - 100, FULL - 50, FULL]);
  });

  test("[C14] a cast runs from its command, and its cooldown from its end", () => {
    mustUse(cast, 100);
    expect(bar.casting).toBe(cast);
    expect([bar.castStart, bar.castEnd]).toEqual([100, 100 + cast.castTicks]);
    bar.advance(0, 100 + cast.castTicks - 1, () => {});
    expect(bar.casting).toBe(cast);
    bar.advance(0, 100 + cast.castTicks, () => {});
    expect(bar.casting).toBeUndefined();
  });

  test("[C15] a channel's cooldown begins when it begins", () => {
    mustUse(channel, 100);
    fill(101);
    expect(bar.casting).toBe(channel);
    expect(slot(channel).cooldownEndTick).toBe(100 + channel.cooldownTicks);
  });
});

describe("a press that comes too soon", () => {
  test("[C10] waits if it is near the end of the global cooldown, and goes when that is over", () => {
    mustUse(plain, 100);
    const end = 100 + globalTicks;
    expect(press(charged, end - QUEUE_TICKS)).toBeUndefined();
    fill(end - QUEUE_TICKS);
    expect(slot(charged)).toMatchObject({ queued: true, refusal: "accepted" });
    expect(bar.takeQueued(end - 1)).toBe(0);
    expect(bar.takeQueued(end)).toBe(charged.slot);
    expect(bar.queuedSlot).toBe(0);
  });

  test("[C10] is refused if that is far away", () => {
    mustUse(plain, 100);
    press(charged, 100 + globalTicks - QUEUE_TICKS - 1);
    expect(bar.queuedSlot).toBe(0);
    expect(slot(charged)).toMatchObject({ refusal: "global_cooldown" });
  });

  test("[C10] does not wait for what will not be ready then either: it is refused at once", () => {
    mustUse(cooled, 100);
    const second = 100 + globalTicks;
    mustUse(plain, second);
    const late = second + globalTicks - 5;
    expect(late + 5).toBeLessThan(100 + cooled.cooldownTicks);
    press(cooled, late);
    expect(bar.queuedSlot).toBe(0);
    expect(slot(cooled)).toMatchObject({ refusal: "cooldown", refusedTick: late });
  });

  test("[C10] of two that wait the last one counts, and it can be forgotten", () => {
    mustUse(plain, 100);
    const late = 100 + globalTicks - 5;
    press(charged, late);
    press(cooled, late);
    expect(bar.queuedSlot).toBe(cooled.slot);
    bar.clearQueue();
    expect(bar.takeQueued(late + 10)).toBe(0);
  });

  test("[C10] waits for a cast, too", () => {
    mustUse(cast, 100);
    press(loose, 100 + cast.castTicks - 3);
    expect(bar.queuedSlot).toBe(loose.slot);
    expect(bar.takeQueued(100 + cast.castTicks - 1)).toBe(0);
    bar.advance(0, 100 + cast.castTicks, () => {});
    expect(bar.takeQueued(100 + cast.castTicks)).toBe(loose.slot);
  });
});

describe("a refusal", () => {
  test.each<[string, Ability, Partial<UseMoment>, Partial<CombatSelf>]>([
    ["dead", plain, { dead: true }, {}],
    ["moving", cast, { moving: true }, {}],
    ["in_air", cast, { grounded: false }, {}],
    ["no_resource", charged, {}, { resource: charged.cost * PARTS_PER_POINT - 1 }],
  ])("%s: nothing is sent, nothing runs, and the slot says so", (refusal, ability, changes, told) => {
    bar.addSelf(self(told));
    expect(press(ability, 100, changes)).toBeUndefined();
    expect(slot(ability)).toMatchObject({ refusal, refusedTick: 100 });
    fill(101, changes);
    expect(slot(ability)).toMatchObject({ blockedBy: refusal, pending: false, cooldownEndTick: 0 });
    expect(bar.globalEnd).toBe(0);
  });

  test("an instant one may be used while moving and in the air", () => {
    expect(press(plain, 100, { moving: true, grounded: false })).toBeDefined();
  });

  test("the cooldown comes before the pause after any, and what the target says after all of them", () => {
    mustUse(cooled, 100);
    press(cooled, 101);
    expect(slot(cooled).refusal).toBe("cooldown");
    bar.press(plain.slot, FOE, at(100 + globalTicks), () => "out_of_range");
    expect(slot(plain).refusal).toBe("out_of_range");
  });

  test("of the server takes back what was expected", () => {
    const use = mustUse(cooled, 100);
    bar.addResult(result(use, { outcome: "out_of_range", chargedTick: 0, globalEndTick: 0 }));
    fill(103);
    expect(slot(cooled)).toMatchObject({ refusal: "out_of_range", refusedTick: 100, pending: false, charges: 1 });
    expect([slot(cooled).cooldownEndTick, bar.globalEnd, bar.resourceAt(103)]).toEqual([0, 0, FULL]);
  });

  test("of the server ends the cast of that use, and of no other", () => {
    bar.addResult(result(mustUse(cast, 100), { outcome: "moving" }));
    expect(bar.casting).toBeUndefined();
    const slow = mustUse(cast, 200);
    bar.stopCast();
    const second = mustUse(cast, 400);
    bar.addResult(result(slow, { outcome: "moving" }));
    expect(bar.casting).toBe(cast);
    bar.addResult(result(second, { castEndTick: 400 + cast.castTicks + 2 }));
    expect(bar.castEnd).toBe(400 + cast.castTicks + 2);
  });
});

describe("what is sent", () => {
  test("goes again until it is answered, quickly at first, and says so when it never is", () => {
    const use = mustUse(plain, 0);
    const times: number[] = [];
    for (let nowMs = 0; nowMs < 3_500; nowMs += 1) bar.advance(nowMs, 30, () => times.push(nowMs));
    expect(times.slice(0, 4)).toEqual([0, 33, 66, 166]);
    expect(times.at(-1)).toBeLessThanOrEqual(3_000);
    expect(slot(plain)).toMatchObject({ refusal: "no_answer" });
    expect(bar.addResult(result(use))).toBeUndefined();
  });

  test("stops when it is answered", () => {
    const use = mustUse(plain, 0);
    expect(bar.addResult(result(use))).toBe(plain);
    let sent = 0;
    bar.advance(40, 2, () => (sent += 1));
    expect(sent).toBe(0);
    expect(bar.addResult(result(use))).toBeUndefined();
  });
});

describe("what the server says of all", () => {
  const told = self({
    ...{ ownTick: 120, globalStartTick: 90, globalEndTick: 150 },
    ...{ cooldowns: [{ abilityId: cooled.id, chargedTick: 400 }] },
  });

  test("counts as soon as nothing newer is being asked for", () => {
    bar.addSelf(told);
    fill(121);
    expect(slot(cooled)).toMatchObject({ charges: 0, cooldownEndTick: 400 });
    expect(bar.globalEnd).toBe(150);
  });

  test("does not take back what was asked for since", () => {
    mustUse(charged, 130);
    bar.addSelf(told);
    fill(131);
    expect(slot(charged).charges).toBe(1);
    expect(bar.globalEnd).toBe(130 + globalTicks);
    expect(bar.resourceAt(131)).toBe(FULL - charged.cost * PARTS_PER_POINT);
  });

  test("begins and ends a cast", () => {
    bar.addSelf(self({ castAbilityId: cast.id, castStartTick: 5, castEndTick: 95, ownTick: 10 }));
    expect([bar.casting, bar.castEnd]).toEqual([cast, 95]);
    bar.addSelf(self({ ownTick: 20 }));
    expect(bar.casting).toBeUndefined();
  });
});

test("a slot's revision rises when something in it changes, and then only", () => {
  fill(10);
  const before = slot(cooled).revision;
  fill(11);
  expect(slot(cooled).revision).toBe(before);
  mustUse(cooled, 12);
  fill(13);
  const used = slot(cooled).revision;
  expect(used).toBeGreaterThan(before);
  fill(14);
  expect(slot(cooled).revision).toBe(used);
});

test("after the session nothing of it is left", () => {
  mustUse(cooled, 100);
  press(plain, 101);
  press(charged, 100 + globalTicks - 2);
  bar.clear();
  fill(1);
  for (const view of bar.slots) {
    expect(view).toMatchObject({ charges: view.maxCharges, cooldownEndTick: 0, queued: false, pending: false });
    expect(view).toMatchObject({ refusal: "accepted", refusedTick: 0 });
  }
  expect(bar.resourceAt(1)).toBeGreaterThanOrEqual(0);
});

test("an empty slot and a bar without data take any press", () => {
  expect(new AbilityBar(undefined).press(1, FOE, at(1), accepts)).toBeUndefined();
  expect(bar.press(11, FOE, at(1), accepts)).toBeUndefined();
});

test("[C16] whatever is pressed when, no charge is used before its cooldown is over, nor within the global one", () => {
  const presses = fc.array(
    fc.record({ slot: fc.integer({ min: 1, max: 10 }), pause: fc.integer({ min: 0, max: 90 }) }),
  );
  fc.assert(
    fc.property(presses, (wishes) => {
      const rich = new AbilityBar(data);
      rich.addSelf(self({ resource: FULL * 60, maxResource: FULL * 60 }));
      const uses = new Map<Ability, number[]>();
      const globals: number[] = [];
      // As the server counts, by the same rule.
      const charged = new Map<Ability, number>();
      let tick = 1;
      for (const wish of wishes) {
        tick += wish.pause;
        rich.advance(0, tick, () => {});
        const pressed = rich.press(wish.slot, FOE, at(tick), accepts);
        if (pressed === undefined) continue;
        const { ability, use } = pressed;
        uses.set(ability, [...(uses.get(ability) ?? []), tick]);
        if (ability.globalCooldown) globals.push(tick);
        charged.set(ability, chargedAfterUse(ability, charged.get(ability) ?? 0, tick));
        const chargedTick = charged.get(ability) ?? 0;
        const castEndTick = ability.castTicks > 0 ? tick + ability.castTicks : 0;
        const truth = { chargedTick, castEndTick, globalEndTick: rich.globalEnd, resource: FULL * 60 };
        rich.addResult(result(use, truth));
      }
      for (const [i, began] of globals.entries()) {
        const before = globals[i - 1];
        if (before !== undefined && began - before < globalTicks) return false;
      }
      return [...uses].every(([ability, ticks]) =>
        ticks.every(
          (now, i) => now - (ticks[i - ability.charges] ?? Number.NEGATIVE_INFINITY) >= ability.cooldownTicks,
        ),
      );
    }),
  );
});
