import { expect, test } from "vitest";
import { HintTime } from "../../../../scripts/game/interface/hint-time.ts";

test.each([60, 7, 0.3])("a hint stands for 14 s and fades in the last of them, at %f frames a second", (perSecond) => {
  const time = new HintTime();
  time.start(1_000);
  const everyMs = 1000 / perSecond;
  for (let nowMs = 1_000; nowMs < 13_700; nowMs += everyMs) expect(time.opacity(nowMs)).toBe(1);
  expect(time.opacity(14_400)).toBeCloseTo(0.5, 6);
  // The first frame after that is its last one, however long it took.
  expect(time.opacity(15_000 + everyMs)).toBe(0);
});
