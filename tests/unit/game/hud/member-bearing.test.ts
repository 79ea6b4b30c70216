import { describe, expect, it } from "vitest";
import { createParty } from "../../../../scripts/client/combat/combat-parts.ts";
import { createOwnView } from "../../../../scripts/client/own-view.ts";
import { MemberBearing } from "../../../../scripts/game/hud/member-bearing.ts";

const own = { ...createOwnView(), x: 100, z: 200 };

/** Of somebody who was told to be so far to the east and to the south at tick 1000. */
function member(east: number, south: number, changes = {}) {
  const [blank] = createParty().members;
  if (blank === undefined) throw new Error("expected room for a member");
  return { ...blank, placeX: own.x + east, placeZ: own.z + south, placeTick: 1000, ...changes };
}

describe("MemberBearing", () => {
  it.each([
    [150, 0, 0, 0],
    [0, -150, 0, -0.25],
    // Who looks to the west has the north to the right.
    [0, -150, Math.PI / 2, 0],
    [0, 150, Math.PI, -0.25],
  ])("of %d m east and %d m south, seen at a yaw of %d, is turned by %d", (east, south, yawRadians, turn) => {
    const bearing = new MemberBearing();
    expect(bearing.find(member(east, south), { ...own, yawRadians }, 1010)).toBe(true);
    expect(bearing.meters).toBe(150);
    expect(bearing.turn).toBeCloseTo(turn, 6);
    expect(bearing.faint).toBe(false);
  });

  it("fades with the age of what was told, and is forgotten", () => {
    const bearing = new MemberBearing();
    expect(bearing.find(member(150, 0), own, 1150)).toBe(true);
    expect(bearing.faint).toBe(false);
    expect(bearing.find(member(150, 0), own, 1300)).toBe(true);
    expect(bearing.faint).toBe(true);
    expect(bearing.find(member(150, 0), own, 3000)).toBe(false);
  });

  it("is none of who is in sight, or was never told of", () => {
    expect(new MemberBearing().find(member(150, 0, { near: true }), own, 1010)).toBe(false);
    expect(new MemberBearing().find(member(150, 0, { placeTick: 0 }), own, 1010)).toBe(false);
  });
});
