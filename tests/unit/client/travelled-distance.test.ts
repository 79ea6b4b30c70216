import { describe, expect, it } from "vitest";
import { TravelledDistance } from "../../../scripts/client/travelled-distance.ts";

describe("TravelledDistance", () => {
  it("adds up the way, not the bee-line", () => {
    const distance = new TravelledDistance();
    distance.add(3, 10, 10, 60);
    distance.add(6, 10.3, 10.4, 60);
    distance.add(9, 10, 10, 60);
    expect(distance.meters).toBeCloseTo(1, 9);
  });

  it("counts no teleport, but a long way over a long silence", () => {
    const distance = new TravelledDistance();
    distance.add(60, 0, 0, 60);
    distance.add(63, 200, 0, 60);
    expect(distance.meters).toBe(0);
    distance.add(183, 212, 0, 60);
    expect(distance.meters).toBe(12);
  });

  it("keeps the sum over a new session, without the way between the two", () => {
    const distance = new TravelledDistance();
    distance.add(3, 0, 0, 60);
    distance.add(6, 0.3, 0, 60);
    distance.restart();
    distance.add(3, 2, 0, 60);
    expect(distance.meters).toBeCloseTo(0.3, 9);
  });
});
