import { describe, expect, it } from "vitest";
import type { OwnState } from "../../../scripts/protocol/messages.ts";
import { createMoveState, placeMoveState, writeOwnState } from "../../../scripts/simulation/move-state.ts";
import { stepMovement } from "../../../scripts/simulation/movement.ts";
import type { ZoneDescription } from "../../../scripts/simulation/zone-description.ts";
import { hashBytes } from "../../../scripts/simulation/zone-hash.ts";
import { loadZone } from "../../fixtures/play-zone.ts";
import { createRandomPlayer } from "../../fixtures/random-commands.ts";
import { createRandomZone } from "../../fixtures/random-zone.ts";
import { createTestZone } from "../../fixtures/test-zone.ts";

const TICKS = 100_000;
const FIELDS = 10;

/** Hash of every state of a random player's 100,000 ticks; back to the spawn every 20 s, so that all of it is played. */
function hashOfPlay(description: ZoneDescription, seed: number): string {
  const zone = loadZone(description);
  const state = createMoveState();
  const own: OwnState = { ...state };
  const next = createRandomPlayer(seed);
  const trace = new Int32Array(TICKS * FIELDS);
  for (let tick = 0; tick < TICKS; tick++) {
    const spawn = zone.spawns[(tick / 1200) % zone.spawns.length];
    if (tick % 1200 === 0 && spawn !== undefined) placeMoveState(state, spawn);
    stepMovement(zone.world, state, next());
    writeOwnState(state, own);
    trace.set([own.x, own.y, own.z, own.vx, own.vy, own.vz, own.yaw], tick * FIELDS);
    trace.set([own.grounded ? 1 : 0, own.airTicks, own.jumpCooldownTicks], tick * FIELDS + 7);
  }
  return hashBytes(new Uint8Array(trace.buffer));
}

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
