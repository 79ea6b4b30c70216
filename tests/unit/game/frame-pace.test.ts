import { expect, test } from "vitest";
import { FramePace } from "../../../scripts/game/frame-pace.ts";

/** Whether each of frames was busy, by how many snapshots had come until then. */
function busy(snapshots: readonly number[]): boolean[] {
  const pace = new FramePace();
  return snapshots.map((count) => {
    pace.begin(count);
    return pace.busy;
  });
}

test("a frame with a snapshot is busy, and those after it are not", () => {
  expect(busy([0, 1, 1, 1, 2, 2])).toEqual([false, true, false, false, true, false]);
});

test("where every frame brings one, every other one is busy: what waits is done in the others", () => {
  expect(busy([1, 2, 3, 5, 6])).toEqual([true, false, true, false, true]);
});
