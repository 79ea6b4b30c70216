import { describe, expect, test } from "vitest";
import type { CombatTextEvent } from "../../../../scripts/client/combat/view/combat-text.ts";
import { FloatTexts, MOST_TEXTS } from "../../../../scripts/game/fight/float-texts.ts";

let number = 0;

function event(changes: Partial<CombatTextEvent> = {}): CombatTextEvent {
  number += 1;
  return {
    ...{ number, kind: "damage", entityId: 5, sourceEntityId: 1, amount: 10, critical: false, periodic: false },
    ...{ own: true, predicted: false, confirms: 0, label: "Strike", tick: 60 },
    ...changes,
  };
}

const living = (texts: FloatTexts) => [...texts.alive.keys()].filter((slot) => texts.alive[slot] === 1);

/** All heads in a row, or where `x` says; every text as large as a number. */
function show(texts: FloatTexts, x: (slot: number) => number = (slot) => 300 + (texts.entityId[slot] ?? 0) * 8): void {
  for (const slot of living(texts)) {
    texts.headX[slot] = x(slot);
    texts.headY[slot] = 300;
    texts.width[slot] = 46;
    texts.height[slot] = 24;
    texts.seen[slot] = 1;
  }
  texts.place();
}

/** How much of the smaller of two texts the other one covers, at most, of all that are drawn. */
function worstOverlap(texts: FloatTexts): number {
  const drawn = living(texts).filter((slot) => texts.drawn[slot] === 1);
  let worst = 0;
  for (const a of drawn) {
    for (const b of drawn) {
      if (a >= b) continue;
      const x = 46 - Math.abs((texts.x[a] ?? 0) - (texts.x[b] ?? 0));
      const y = 24 - Math.abs((texts.y[a] ?? 0) - (texts.y[b] ?? 0));
      if (x > 0 && y > 0) worst = Math.max(worst, (x * y) / (46 * 24));
    }
  }
  return worst;
}

describe("texts of a fight", () => {
  test("none is put below the place over a head: that is the name's, and when a frame comes over those above, they move aside", () => {
    const texts = new FloatTexts();
    for (let i = 0; i < 4; i += 1) texts.add(event({ critical: true }), false);
    texts.advance(1 / 60);
    show(texts, () => 300);
    for (const slot of living(texts)) expect(texts.y[slot] ?? 0).toBeLessThanOrEqual(300);
    const above = living(texts).filter((slot) => (texts.y[slot] ?? 0) < 260);
    expect(above.length).toBeGreaterThan(0);
    texts.ceiling.fill(240);
    show(texts, () => 300);
    for (const slot of living(texts)) {
      if (texts.drawn[slot] === 1) expect((texts.y[slot] ?? 0) - 12).toBeGreaterThanOrEqual(240);
    }
  });

  test("none rises, or is put, under what stands on top of the screen: those without room above stand beside", () => {
    const texts = new FloatTexts();
    const lowest = 300 - texts.risePixels - 30;
    for (let i = 0; i < 5; i += 1) texts.add(event({ critical: true }), false);
    texts.ceiling.fill(lowest);
    const columns: number[][] = [];
    for (let frame = 0; frame < 50; frame += 1) {
      texts.advance(1 / 60);
      show(texts, () => 300);
      for (const slot of living(texts)) {
        if (texts.drawn[slot] === 1) expect((texts.y[slot] ?? 0) - 12).toBeGreaterThanOrEqual(lowest);
      }
      columns.push(living(texts).map((slot) => texts.x[slot] ?? 0));
    }
    // None has to make way later.
    expect(columns.at(-1)).toEqual(columns[0]);
    const drawn = living(texts).filter((slot) => texts.drawn[slot] === 1);
    expect(drawn.length).toBe(5);
    expect(new Set(drawn.map((slot) => Math.round(texts.x[slot] ?? 0))).size).toBeGreaterThan(1);
    expect(worstOverlap(texts)).toBeLessThan(0.16);
  });

  test("five hundred in one second: never more than there is room for, none over another one, one's own before strangers'", () => {
    const texts = new FloatTexts();
    let own = 0;
    let told = 0;
    for (let frame = 0; frame < 60; frame += 1) {
      texts.advance(1 / 60);
      for (let i = 0; i < 9 && told < 500; i += 1) {
        told += 1;
        const ours = told % 10 === 0;
        if (ours) own += 1;
        const kind = (["damage", "heal", "miss"] as const)[told % 3] ?? "damage";
        texts.add(event({ entityId: 1 + (told % 40), own: ours, kind, critical: told % 7 === 0 }), false);
      }
      show(texts);
      expect(living(texts).length).toBeLessThanOrEqual(MOST_TEXTS);
      expect(worstOverlap(texts)).toBeLessThan(0.16);
    }
    expect(told).toBe(500);
    const ours = living(texts).filter((slot) => texts.own[slot] === 1);
    expect(own).toBe(50);
    // Whatever of one's own came in is there, as it is or added up, and can be read.
    expect(ours.reduce((sum, slot) => sum + (texts.times[slot] ?? 0), 0)).toBe(own);
    expect(ours.filter((slot) => texts.drawn[slot] === 1).length).toBeGreaterThan(ours.length * 0.8);
    expect(living(texts).filter((slot) => texts.own[slot] === 0).length).toBeLessThanOrEqual(20);
    texts.advance(2);
    expect(living(texts)).toEqual([]);
  });

  test("the same again at the same one is added up, but not a critical hit, nor another kind", () => {
    const texts = new FloatTexts();
    for (let i = 0; i < 5; i += 1) {
      texts.add(event({ amount: 7 }), false);
      texts.advance(0.05);
    }
    texts.add(event({ amount: 40, critical: true }), false);
    texts.add(event({ kind: "heal", amount: 3 }), false);
    texts.add(event({ entityId: 6, amount: 1 }), false);
    const found = living(texts).map((slot) => [texts.kind[slot], texts.amount[slot], texts.times[slot]]);
    expect(found).toEqual([
      ["damage", 35, 5],
      ["damage", 40, 1],
      ["heal", 3, 1],
      ["damage", 1, 1],
    ]);
    expect(texts.merged).toBe(4);
  });

  test("what was expected is a spark until the server says what it was, in the same place, and goes when it says nothing", () => {
    const texts = new FloatTexts();
    const expected = event({ predicted: true, amount: 0 });
    texts.add(expected, false);
    show(texts);
    const [slot = -1] = living(texts);
    expect(texts.predicted[slot]).toBe(1);
    const x = texts.x[slot];
    texts.advance(0.1);
    texts.add(event({ kind: "miss", amount: 0, confirms: expected.number }), false);
    expect(living(texts)).toEqual([slot]);
    expect([texts.predicted[slot], texts.kind[slot]]).toEqual([0, "miss"]);
    show(texts);
    expect(texts.x[slot]).toBe(x);
    texts.add(event({ predicted: true, entityId: 9 }), false);
    texts.advance(1);
    expect(living(texts)).toEqual([slot]);
  });

  test("nothing moves where nothing is to move; what is taken sinks, everything else rises", () => {
    const texts = new FloatTexts();
    texts.add(event({ entityId: 1 }), false);
    texts.add(event({ entityId: 2 }), true);
    show(texts, (slot) => 200 + slot * 300);
    const before = [texts.y[0] ?? 0, texts.y[1] ?? 0];
    texts.advance(0.5);
    show(texts, (slot) => 200 + slot * 300);
    expect(texts.y[0]).toBeLessThan((before[0] ?? 0) - 10);
    expect(texts.y[1]).toBeGreaterThan((before[1] ?? 0) + 10);
    texts.risePixels = 0;
    show(texts, (slot) => 200 + slot * 300);
    expect([texts.y[0], texts.y[1]]).toEqual([300, 300]);
  });

  test("when the view turns texts onto each other, one's own move apart and strangers' give way", () => {
    const texts = new FloatTexts();
    for (let i = 1; i <= 4; i += 1) texts.add(event({ entityId: i, own: i <= 2 }), false);
    show(texts, (slot) => 100 + slot * 200);
    expect(living(texts).map((slot) => texts.drawn[slot])).toEqual([1, 1, 1, 1]);
    show(texts, () => 300);
    expect([texts.drawn[0], texts.drawn[1]]).toEqual([1, 1]);
    expect(worstOverlap(texts)).toBeLessThan(0.16);
  });
});
