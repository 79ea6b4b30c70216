import { describe, expect, it } from "vitest";
import { LinkChoice } from "../../../../scripts/game/overlay/link-choice.ts";
import { createLinkConditions } from "../../../../scripts/transport/conditioner/link-conditions.ts";
import { linkProfile } from "../../../../scripts/transport/conditioner/link-profiles.ts";

describe("LinkChoice", () => {
  it("begins with the link as it is, and has nothing to say of it", () => {
    const choice = new LinkChoice();
    expect(choice).toMatchObject({ profile: "none", active: false, roundTripMs: 0, jitterMs: 0, lossPercent: 0 });
    expect(choice.describe()).toBe("");
  });

  it("knows the profile that the game was started with", () => {
    expect(new LinkChoice(linkProfile("mobile"))).toMatchObject({ profile: "mobile", active: true, roundTripMs: 80 });
    const own = new LinkChoice(createLinkConditions({ up: { latencyMs: 30 }, lossRate: 0.1 }));
    expect(own).toMatchObject({ profile: undefined, active: true, roundTripMs: 30 });
    expect(own.describe()).toBe("own: 30 ms there and back, 10 % lost");
  });

  it("takes a profile and says what it does", () => {
    const choice = new LinkChoice();
    choice.choose("reference");
    expect(choice.conditions).toEqual(linkProfile("reference"));
    expect(choice.describe()).toBe("reference: 150 ms there and back, ± 30 ms, 5.0 % lost");
    choice.choose("wifi-stall");
    expect(choice.describe()).toContain("stalls of 500 ms");
    choice.choose("none");
    expect(choice).toMatchObject({ profile: "none", active: false });
  });

  it("changes both ways from the profile on, and leaves the rest of it as it was", () => {
    const choice = new LinkChoice(linkProfile("reference"));
    const before = choice.conditions;
    choice.setRoundTripMs(300);
    choice.setLossPercent(10);
    choice.setJitterMs(0);
    const expected = linkProfile("reference");
    for (const direction of [expected.up, expected.down]) {
      Object.assign(direction, { latencyMs: 150, lossRate: 0.1, jitterMs: 0 });
    }
    expect(choice.conditions).toEqual(expected);
    expect(before).toEqual(linkProfile("reference"));
    expect(choice.profile).toBeUndefined();
    expect(choice.describe()).toBe("reference, changed: 300 ms there and back, 10 % lost");
  });

  it("is no longer bad when the sliders are back at nothing", () => {
    const choice = new LinkChoice();
    choice.setLossPercent(3);
    expect(choice.active).toBe(true);
    choice.setLossPercent(0);
    expect(choice.active).toBe(false);
  });
});
