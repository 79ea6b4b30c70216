import { expect, test } from "vitest";
import { ProbeTurns } from "../../../scripts/game/probe-turns.ts";

/** What was probed in frames, each said to be busy or not: "a" aside, "b" back, "-" nothing. */
function probed(busy: readonly boolean[], cutFirst = false): string[] {
  const turns = new ProbeTurns();
  return busy.map((isBusy, frame) => {
    turns.begin(cutFirst && frame === 0, isBusy);
    return `${turns.aside ? "a" : ""}${turns.back ? "b" : ""}` || "-";
  });
}

test("the two ways take turns", () => {
  expect(probed([false, false, false, false])).toEqual(["a", "b", "a", "b"]);
});

test("after a cut both are probed, however busy the frame is", () => {
  expect(probed([true, false], true)).toEqual(["ab", "a"]);
});

test("a busy frame probes nothing, and the turn is the next frame's", () => {
  expect(probed([false, true, false, false])).toEqual(["a", "-", "b", "a"]);
});

test("where every frame is busy, each way is probed in every fourth", () => {
  expect(probed([true, true, true, true, true, true, true, true])).toEqual(["-", "a", "-", "b", "-", "a", "-", "b"]);
});
