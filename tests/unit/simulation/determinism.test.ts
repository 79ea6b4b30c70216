import { describe, expect, it } from "vitest";
import { hashOfPlay } from "../../fixtures/play-hash.ts";
import { createRandomZone } from "../../fixtures/random-zone.ts";
import { createTestZone } from "../../fixtures/test-zone.ts";

// Golden numbers. If one changes without a change of the rules, an engine computes differently from the others: stop.
// If the rules were changed on purpose, put the new number here; old clients can then no longer predict.
describe("100,000 ticks have the hash they always had", () => {
  it("in the test zone", () => {
    expect(hashOfPlay(createTestZone(), 1)).toBe("ad8740b84fc64bc9");
  });

  it("in a crowded random zone", () => {
    expect(hashOfPlay(createRandomZone(7), 2)).toBe("8137db2e1680df1c");
  });

  it("and another one for another player", () => {
    expect(hashOfPlay(createTestZone(), 3)).not.toBe(hashOfPlay(createTestZone(), 4));
  });
});
