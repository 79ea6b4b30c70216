import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseRewind, type Rewind } from "../../../../../server/zone/lag-compensation/rewind.ts";
import { MAX_REWIND_TICKS } from "../../../../../server/zone/lag-compensation/told-history.ts";

function rewind(viewTick: number, viewFraction: number, serverTick = 1_000, ackedTick = 985): Rewind {
  const out: Rewind = { tick: 0, favouredTarget: false, plausible: false };
  chooseRewind({ viewTick, viewFraction }, serverTick, serverTick, ackedTick, out);
  return out;
}

describe("the moment at which a target is looked at", () => {
  it("is the one that the attacker saw, to the 256th of a tick", () => {
    expect(rewind(980, 64)).toEqual({ tick: 980.25, favouredTarget: false, plausible: true });
  });

  it("is never more than 400 ms ago: then the target is favoured", () => {
    expect(rewind(976, 0)).toMatchObject({ tick: 976, favouredTarget: false });
    expect(rewind(975, 255)).toMatchObject({ tick: 976, favouredTarget: true });
    expect(rewind(0, 0)).toEqual({ tick: 976, favouredTarget: true, plausible: false });
  });

  it("is never in the future", () => {
    expect(rewind(1_000, 1)).toEqual({ tick: 1_000, favouredTarget: false, plausible: false });
    expect(rewind(0xffff_ffff, 255)).toEqual({ tick: 1_000, favouredTarget: false, plausible: false });
  });

  it("is not plausible when it is far from what the player has acknowledged, and worth no more for it", () => {
    expect(rewind(985, 0).plausible).toBe(true);
    expect(rewind(980, 0, 1_000, 0).plausible).toBe(false);
    expect(rewind(955, 0).plausible).toBe(true);
    expect(rewind(954, 0)).toMatchObject({ plausible: false, tick: 976, favouredTarget: true });
  });

  it("lies within the cap whatever is claimed", () => {
    const tick32 = fc.integer({ min: 0, max: 0xffff_ffff });
    const fraction = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(tick32, fraction, fc.integer({ min: 1, max: 0xffff_ffff }), tick32, (view, part, server, acked) => {
        const { tick } = rewind(view, part, server, acked);
        expect(tick).toBeLessThanOrEqual(server);
        expect(tick).toBeGreaterThanOrEqual(server - MAX_REWIND_TICKS);
      }),
    );
  });
});
