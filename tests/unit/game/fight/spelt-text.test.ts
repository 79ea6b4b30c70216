import { expect, test } from "vitest";
import type { CombatTextEvent } from "../../../../scripts/client/combat/view/combat-text.ts";
import type { AtlasText } from "../../../../scripts/game/character/atlas-text.ts";
import { PlateShape } from "../../../../scripts/game/character/plate-buffer.ts";
import { FloatTexts, MOST_TEXTS } from "../../../../scripts/game/fight/float-texts.ts";
import { NumberPieces, SpeltText } from "../../../../scripts/game/fight/spelt-text.ts";

const written = new Map<AtlasText, string>();
const known = new Map<string, AtlasText>();
/** Every text is as wide as it has letters. */
const numbers = new NumberPieces({
  text: (text) => {
    const laidOut = known.get(text) ?? { width: text.length, glyphs: text.length, floats: new Float32Array(0) };
    known.set(text, laidOut);
    written.set(laidOut, text);
    return laidOut;
  },
});

function lines(spelt: readonly SpeltText[], texts: FloatTexts): string[] {
  const alive = [...texts.alive.keys()].filter((slot) => texts.alive[slot] === 1);
  return alive.map((slot) => {
    spelt[slot]?.follow(texts, slot, numbers);
    const { pieces = [], count = 0, width } = spelt[slot] ?? {};
    const line = pieces
      .slice(0, count)
      .map((piece) => written.get(piece))
      .join("");
    expect(width).toBe(line.length);
    return line;
  });
}

function event(number: number, more: Partial<CombatTextEvent>): CombatTextEvent {
  const who = { number, kind: "damage", entityId: 7, sourceEntityId: 1, amount: 12, label: "", tick: 0 } as const;
  return { ...who, critical: false, periodic: false, own: true, predicted: false, confirms: 0, ...more };
}

test("a text says what its slot says, also when more is added to it, it is confirmed, or another one takes its slot", () => {
  const texts = new FloatTexts();
  const spelt = Array.from({ length: MOST_TEXTS }, () => new SpeltText());
  texts.add(event(1, {}), false);
  expect(lines(spelt, texts)).toEqual(["12"]);
  texts.add(event(2, { amount: 100 }), false);
  expect(lines(spelt, texts)).toEqual(["112 ×2"]);
  texts.add(event(3, { predicted: true, entityId: 8 }), false);
  expect(lines(spelt, texts)).toEqual(["112 ×2", ""]);
  texts.add(event(4, { kind: "miss", confirms: 3, entityId: 8 }), false);
  expect(lines(spelt, texts)).toEqual(["112 ×2", "Miss"]);
  texts.advance(10);
  expect(lines(spelt, texts)).toEqual([]);
  texts.add(event(5, { amount: 9, critical: true }), false);
  expect(lines(spelt, texts)).toEqual(["9"]);
  expect(spelt[0]?.shape).toBe(PlateShape.star);
});
