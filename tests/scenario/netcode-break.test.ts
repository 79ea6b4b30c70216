import { afterEach, describe, expect, it } from "vitest";
import { VirtualWorld } from "./virtual-world.ts";

const LINK = { latencyMs: 40, jitterMs: 25, jitterCorrelationMs: 200, overtaking: false };
const BREAK_MS = 1000;
/** The view turns at this pace, so that the yaw of the server's character says when the newest command that ran was given. */
const TURN_RADIANS_PER_SECOND = 0.5;
const FULL_TURN = 2 * Math.PI;
const YAW_STEPS = 65_536;
let world: VirtualWorld;
afterEach(() => world.dispose());

/** Somebody who walks in circles, and how late the server runs what the player does, milliseconds. */
function startCircling(): { player: ReturnType<VirtualWorld["addPlayer"]>; lateMs: () => number } {
  world = new VirtualWorld({ link: LINK });
  world.startServer();
  const player = world.addPlayer("Ada");
  world.runUntil("Ada plays", () => player.client.own.present);
  player.input.moveZ = -1;
  player.beforeFrame = () => {
    player.input.yawRadians += (TURN_RADIANS_PER_SECOND * player.frameMs) / 1000;
  };
  world.runFor(8000);
  const lateMs = () => {
    const behind = player.input.yawRadians - (world.truth(player).yaw / YAW_STEPS) * FULL_TURN;
    return ((((behind % FULL_TURN) + FULL_TURN) % FULL_TURN) / TURN_RADIANS_PER_SECOND) * 1000;
  };
  return { player, lateMs };
}

/** The latest that it gets within some time. */
function worstLateMs(lateMs: () => number, durationMs: number): number {
  let worst = 0;
  for (let waitedMs = 0; waitedMs < durationMs; waitedMs += 20) {
    world.runFor(20);
    worst = Math.max(worst, lateMs());
  }
  return worst;
}

describe("a player whose link breaks for a second", () => {
  // What of the way down comes between break and second silence differs with the moment: nothing, a packet, several.
  it.each([0, 40, 80, 120, 160])(
    "and who hears nothing for 600 ms more after %d ms: input is run as before, and nobody stands",
    (heardMs) => {
      const { player, lateMs } = startCircling();
      const before = worstLateMs(lateMs, 4000);
      player.link.stall(BREAK_MS);
      world.runFor(BREAK_MS + heardMs);
      world.changeLink({ ...LINK, down: { lossRate: 1 } });
      world.runFor(600);
      world.changeLink({ ...LINK, down: { lossRate: 0 } });
      const { ticksWaited } = player.client.telemetry;
      expect(worstLateMs(lateMs, 4000)).toBeLessThan(before + 100);
      // A second tick is left out for every one that the server lost: none of those of the break may be left out again.
      expect(player.client.telemetry.ticksWaited - ticksWaited).toBeLessThan(20);
    },
  );

  it("has its input run within half a second of the break", () => {
    const { player, lateMs } = startCircling();
    const before = worstLateMs(lateMs, 4000);
    player.link.stall(BREAK_MS);
    world.runFor(BREAK_MS + 500);
    expect(worstLateMs(lateMs, 4000)).toBeLessThan(before + 50);
  });
});
