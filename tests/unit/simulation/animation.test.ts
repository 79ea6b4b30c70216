import { describe, expect, it } from "vitest";
import { AnimationState, Button } from "../../../scripts/protocol/messages.ts";
import { animationOf } from "../../../scripts/simulation/animation.ts";
import { hold, loadZone, placeAt } from "../../fixtures/play-zone.ts";
import { CLIFF, createTestZone, FLAT_HEIGHT_METERS, STAIRS } from "../../fixtures/test-zone.ts";

const zone = loadZone(createTestZone());

describe("animationOf", () => {
  it("follows what the character does", () => {
    const state = placeAt(256, FLAT_HEIGHT_METERS, 256);
    hold(zone, state, {}, 10);
    expect(animationOf(state)).toBe(AnimationState.idle);
    hold(zone, state, { moveZ: -127 }, 20);
    expect(animationOf(state)).toBe(AnimationState.walk);
    hold(zone, state, { moveZ: -127, buttons: Button.sprint }, 20);
    expect(animationOf(state)).toBe(AnimationState.run);
    hold(zone, state, { buttons: Button.jump }, 5);
    expect(animationOf(state)).toBe(AnimationState.jump);
    hold(zone, state, {}, 25);
    expect(animationOf(state)).toBe(AnimationState.fall);
    hold(zone, state, {}, 40);
    expect(animationOf(state)).toBe(AnimationState.idle);
  });

  it("walks on over stairs and edges, and falls from heights", () => {
    const onStairs = placeAt(STAIRS.x, FLAT_HEIGHT_METERS, STAIRS.z + 1);
    hold(zone, onStairs, { moveZ: -127 }, 20);
    hold(zone, onStairs, { moveZ: -127 }, 70, (state) => expect(animationOf(state)).toBe(AnimationState.walk));
    const onCliff = placeAt(CLIFF.x + 3, FLAT_HEIGHT_METERS + CLIFF.heightMeters, 256);
    let fell = false;
    hold(zone, onCliff, { moveX: -127 }, 90, (state) => {
      fell ||= animationOf(state) === AnimationState.fall;
    });
    expect(fell).toBe(true);
  });
});
