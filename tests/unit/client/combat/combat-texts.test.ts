import { describe, expect, test } from "vitest";
import { CombatTexts } from "../../../../scripts/client/combat/combat-texts.ts";
import { MAX_TEXTS_PER_FRAME } from "../../../../scripts/client/combat/view/combat-text.ts";
import type { CombatEvent } from "../../../../scripts/protocol/combat/combat-messages.ts";
import { CombatFlag } from "../../../../scripts/protocol/combat/combat-words.ts";
import { loadCombatData } from "../../../../server/zone/combat/load-combat-data.ts";

const data = loadCombatData();
const STRIKE = data.inSlot(1)?.id ?? 0;
const [OWN, ENEMY, STRANGER] = [1, 2, 3];

function event(change: Partial<CombatEvent> = {}): CombatEvent {
  return {
    ...{ sequence: 1, sourceEntityId: OWN, targetEntityId: ENEMY, what: STRIKE, amount: 29, absorbed: 0, blocked: 0 },
    ...{ over: 0, kind: "damage" as const, flags: 0, ...change },
  };
}

/** Texts of one frame in which `fill` happens. */
function frame(texts: CombatTexts, fill: (texts: CombatTexts) => void) {
  texts.beginFrame();
  fill(texts);
  return texts.events.slice(0, texts.count).map((one) => ({ ...one }));
}

describe("a hit that is expected", () => {
  test.each([
    ["damage", event()],
    ["miss", event({ kind: "miss", amount: 0 })],
    ["absorbed", event({ amount: 0, absorbed: 29 })],
    ["blocked", event({ amount: 0, blocked: 29 })],
  ] as const)("is shown at once, and is a %s when the server says so", (kind, truth) => {
    const texts = new CombatTexts(data);
    const [expected] = frame(texts, () => texts.predict(STRIKE, ENEMY, OWN, 60));
    expect(expected).toMatchObject({ kind: "damage", predicted: true, entityId: ENEMY, label: "Strike", amount: 0 });
    const [told] = frame(texts, () => texts.add(truth, 63, true, OWN));
    expect(told).toMatchObject({ kind, predicted: false, confirms: expected?.number });
    // Once: the next one is another hit.
    expect(frame(texts, () => texts.add(truth, 64, true, OWN))[0]?.confirms).toBe(0);
  });

  test("is confirmed by nobody else's hit, by none at somebody else, and by none that comes far too late", () => {
    const texts = new CombatTexts(data);
    frame(texts, () => texts.predict(STRIKE, ENEMY, OWN, 60));
    const others = [event({ sourceEntityId: STRANGER }), event({ targetEntityId: STRANGER }), event({ what: 4_711 })];
    for (const other of others) expect(frame(texts, () => texts.add(other, 63, true, OWN))[0]?.confirms).toBe(0);
    expect(frame(texts, () => texts.add(event(), 200, true, OWN))[0]?.confirms).toBe(0);
  });

  test("gives its place to the reason when the server refuses, and is no later hit's", () => {
    const texts = new CombatTexts(data);
    const [expected] = frame(texts, () => texts.predict(STRIKE, ENEMY, OWN, 60));
    const [refused] = frame(texts, () => texts.refuseExpected(STRIKE, ENEMY, OWN, "Too far away", 63));
    expect(refused).toMatchObject({
      kind: "refused",
      entityId: OWN,
      label: "Too far away",
      confirms: expected?.number,
    });
    const [next] = frame(texts, () => texts.predict(STRIKE, ENEMY, OWN, 90));
    expect(frame(texts, () => texts.add(event(), 93, true, OWN))[0]?.confirms).toBe(next?.number);
  });
});

test("what a text says follows from what happened", () => {
  const texts = new CombatTexts(data);
  const said = (change: Partial<CombatEvent>) => frame(texts, () => texts.add(event(change), 60, true, OWN))[0];
  const harmful = data.auras.find((aura) => aura.harmful)?.id ?? 0;
  const helpful = data.auras.find((aura) => !aura.harmful)?.id ?? 0;
  expect(said({ flags: CombatFlag.critical })).toMatchObject({ kind: "damage", amount: 29, critical: true });
  expect(said({ flags: CombatFlag.periodic, what: harmful })).toMatchObject({ kind: "damage", periodic: true });
  expect(said({ amount: 0, absorbed: 12 })).toMatchObject({ kind: "absorbed", amount: 12 });
  expect(said({ amount: 0, blocked: 7 })).toMatchObject({ kind: "blocked", amount: 7 });
  expect(said({ kind: "heal" })).toMatchObject({ kind: "heal", amount: 29, entityId: ENEMY });
  expect(said({ kind: "cast_interrupted" })).toMatchObject({ kind: "interrupted", entityId: OWN });
  expect(said({ kind: "aura_applied", what: harmful })).toMatchObject({ kind: "debuff", amount: 0 });
  expect(said({ kind: "aura_applied", what: helpful })).toMatchObject({ kind: "buff", amount: 0 });
  expect(said({ kind: "death" })).toMatchObject({ kind: "death", entityId: ENEMY });
  for (const kind of ["used", "cast_started", "noticed", "none"] as const) expect(said({ kind })).toBeUndefined();
});

test("five hundred in one frame: no more than there is room for, one's own before strangers', the rest is counted", () => {
  const texts = new CombatTexts(data);
  const shown = frame(texts, () => {
    for (let i = 0; i < 500; i += 1) texts.add(event({ sourceEntityId: STRANGER }), 60, i % 50 === 49, OWN);
  });
  expect(shown).toHaveLength(MAX_TEXTS_PER_FRAME);
  expect(shown.filter(({ own }) => own)).toHaveLength(10);
  expect(texts.omitted).toBe(500 - MAX_TEXTS_PER_FRAME);
});
