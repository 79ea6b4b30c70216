import { expect, test } from "vitest";
import type { HudFrame } from "../../../../scripts/game/hud/hud-frame.ts";
import { PartTurns, type TurnPart } from "../../../../scripts/game/hud/part-turns.ts";

const FRAME_SECONDS = 1 / 60;
/** Parts here look at nothing. */
const NOTHING = {} as HudFrame;

/** A part that counts how often it is looked at, and says what the test wants. */
class Part implements TurnPart {
  looks = 0;
  changes = false;
  urgent = false;

  show_frame(): boolean {
    this.looks += 1;
    return this.changes;
  }

  hasty(): boolean {
    return this.urgent;
  }
}

function fourParts(): [PartTurns, Part[]] {
  const parts = [new Part(), new Part(), new Part(), new Part()];
  return [new PartTurns(parts), parts];
}

/** Shows so many frames; returns in how many the picture was handed over. */
function play(turns: PartTurns, frames: number, seconds = FRAME_SECONDS, busy = false): number {
  let handedOver = 0;
  for (let i = 0; i < frames; i += 1) {
    if (!turns.show(NOTHING, seconds, busy)) continue;
    turns.handedOver();
    handedOver += 1;
  }
  return handedOver;
}

const looks = (parts: readonly Part[]) => parts.map((part) => part.looks);

test("at 60 frames a second one part is looked at in a frame, each 15 times a second", () => {
  const [turns, parts] = fourParts();
  play(turns, 60);
  expect(looks(parts)).toEqual([15, 15, 15, 15]);
});

test("at 30 frames a second each is looked at as often", () => {
  const [turns, parts] = fourParts();
  play(turns, 30, 1 / 30);
  expect(looks(parts)).toEqual([15, 15, 15, 15]);
});

test("in long frames all are looked at, none twice", () => {
  const [turns, parts] = fourParts();
  play(turns, 5, 0.5);
  expect(looks(parts)).toEqual([5, 5, 5, 5]);
});

test("what two parts have to show in two frames is handed over in one, and nothing where none has", () => {
  const [turns, parts] = fourParts();
  expect(play(turns, 8)).toBe(0);
  for (const part of parts) part.changes = true;
  expect(play(turns, 8)).toBe(4);
});

test("a hasty part waits neither for its turn nor for the picture", () => {
  const [turns, parts] = fourParts();
  const [, , third] = parts;
  if (third === undefined) throw new Error("there are four");
  third.urgent = true;
  third.changes = true;
  expect(play(turns, 6)).toBe(6);
  expect(third.looks).toBe(6);
});

test("in a busy frame only the hasty are looked at, and nothing else loses its turn or is handed over", () => {
  const [turns, parts] = fourParts();
  const [first, second] = parts;
  if (first === undefined || second === undefined) throw new Error("there are four");
  first.changes = true;
  expect(play(turns, 1)).toBe(0);
  expect(play(turns, 1, FRAME_SECONDS, true)).toBe(0);
  expect(looks(parts)).toEqual([1, 0, 0, 0]);
  expect(play(turns, 1)).toBe(1);
  expect(looks(parts)).toEqual([1, 1, 0, 0]);
  second.urgent = true;
  second.changes = true;
  expect(play(turns, 1, FRAME_SECONDS, true)).toBe(1);
  expect(looks(parts)).toEqual([1, 2, 0, 0]);
});
