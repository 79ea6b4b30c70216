import { describe, expect, it } from "vitest";
import { createOwnView } from "../../../scripts/client/own-view.ts";
import type { RemoteEntities } from "../../../scripts/client/remote-entities.ts";
import { aimStrike } from "../../../scripts/client/strike-aim.ts";

/** Others by where they are: metres ahead, metres to the right, and how much of them is there. */
function others(...list: [ahead: number, right: number, alpha?: number][]): RemoteEntities {
  const column = (value: (entry: [number, number, number?]) => number) => Float64Array.from(list.map(value));
  return {
    count: list.length,
    entityId: Uint32Array.from(list.map((_, i) => 101 + i)),
    x: column(([, right]) => right),
    y: column(() => 0),
    z: column(([ahead]) => -ahead),
    alpha: Float32Array.from(list.map(([, , alpha]) => alpha ?? 1)),
  } as unknown as RemoteEntities;
}

const own = createOwnView();

describe("whom a strike is meant for", () => {
  it("the nearest that it reaches", () => {
    expect(aimStrike(own, others([2.4, 0], [1.5, 0.5], [2, 0]))).toBe(102);
  });

  it("rather one whom it reaches than one who is nearer, but behind", () => {
    expect(aimStrike(own, others([-0.5, 0], [2.2, 0]))).toBe(102);
  });

  it("if it reaches nobody: who is in front though too far, then who is near though not in front", () => {
    expect(aimStrike(own, others([-1, 0], [5, 0]))).toBe(102);
    expect(aimStrike(own, others([-1, 0], [-2, 1]))).toBe(101);
  });

  it("nobody, if nobody is near, or who is near is just coming or going", () => {
    expect(aimStrike(own, others())).toBe(0);
    expect(aimStrike(own, others([8, 0], [0, -30]))).toBe(0);
    expect(aimStrike(own, others([0, 5]))).toBe(0);
    expect(aimStrike(own, others([1, 0, 0.2]))).toBe(0);
  });

  it("turns with the view", () => {
    const left = { ...own, yawRadians: Math.PI / 2 };
    expect(aimStrike(left, others([2, 0], [0, -2]))).toBe(102);
  });
});
