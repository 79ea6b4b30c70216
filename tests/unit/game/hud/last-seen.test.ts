import { expect, test } from "vitest";
import { LastSeen } from "../../../../scripts/game/hud/last-seen.ts";

test("each of a party is where it was seen last; the one that was seen longest ago makes room for a fifth", () => {
  const seen = new LastSeen();
  expect(seen.look(7)).toBe(false);
  for (const entityId of [1, 2, 3, 4]) seen.see(entityId, entityId * 10, entityId * 20);
  seen.see(1, 15, 25);
  expect(seen.look(1)).toBe(true);
  expect([seen.x, seen.z]).toEqual([15, 25]);
  seen.see(5, 50, 100);
  expect(seen.look(2)).toBe(false);
  expect([1, 3, 4, 5].every((entityId) => seen.look(entityId))).toBe(true);
  expect([seen.x, seen.z]).toEqual([50, 100]);
  seen.clear();
  expect(seen.look(5)).toBe(false);
});
