import { describe, expect, it } from "vitest";
import { Button } from "../../../../scripts/protocol/messages.ts";
import { createCommand } from "../../../../scripts/simulation/command.ts";
import { createMoveState, placeMoveState } from "../../../../scripts/simulation/move-state.ts";
import { decodeZone, encodeZone } from "../../../../scripts/simulation/zone-file.ts";
import { CommandQueue } from "../../../../server/zone/command-queue.ts";
import { CommandTrail } from "../../../../server/zone/lag-compensation/command-trail.ts";
import {
  MAX_COMMANDS_PER_TICK,
  MAX_GUESSED_TICKS,
  type MovingPlayer,
  showState,
  simulatePlayer,
} from "../../../../server/zone/player-simulation.ts";
import { TimeBank } from "../../../../server/zone/time-bank.ts";
import { createZoneCounters } from "../../../../server/zone/zone-counters.ts";
import { createTestZone } from "../../../fixtures/test-zone.ts";

const decoded = decodeZone(encodeZone(createTestZone()));
if (!decoded.ok) throw new Error(decoded.reason);
const { world } = decoded.zone;

function arrive(): MovingPlayer {
  const player = {
    state: createMoveState(),
    commands: new CommandQueue(),
    timeBank: new TimeBank(),
    lastCommand: createCommand(),
    trail: new CommandTrail(),
    shown: createMoveState(),
  };
  const spawn = world.spawns[0];
  if (spawn === undefined) throw new Error("the test zone has spawns");
  placeMoveState(player.state, spawn);
  return player;
}

/** Offers commands `from` to `to`, walking ahead. */
function offer(player: MovingPlayer, from: number, to: number, buttons = 0): void {
  for (let tick = from; tick <= to; tick += 1) {
    player.commands.offer({ tick, moveX: 0, moveZ: -127, yaw: 0, pitch: 0, buttons });
  }
}

function run(player: MovingPlayer, ticks: number, counters = createZoneCounters()): number[] {
  return Array.from({ length: ticks }, () => {
    const before = counters.commandsExecuted;
    simulatePlayer(world, player, counters);
    return counters.commandsExecuted - before;
  });
}

describe("simulatePlayer", () => {
  it("runs one command a tick, and lets what is early wait", () => {
    const player = arrive();
    offer(player, 1, 10);
    expect(run(player, 12)).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
    expect(player.commands.lastExecutedTick).toBe(10);
  });

  it("runs late commands a few per tick, in order, until time is made up for", () => {
    const player = arrive();
    const counters = createZoneCounters();
    offer(player, 1, 2);
    run(player, 13, counters);
    offer(player, 3, 20);
    const ran = run(player, 6, counters);
    expect(ran).toEqual([MAX_COMMANDS_PER_TICK, MAX_COMMANDS_PER_TICK, 4, 2, 1, 1]);
    expect(counters).toMatchObject({ commandsExecuted: 18, commandsPassedOver: 0, playerTicksLost: 0 });
    expect(counters.commandsLate).toBe(13);
  });

  it("makes nobody faster who sends twice the commands: the way is that of time", () => {
    const honest = arrive();
    const cheat = arrive();
    for (let tick = 1; tick <= 600; tick += 1) {
      offer(honest, tick, tick);
      offer(cheat, 2 * tick - 1, 2 * tick);
      run(honest, 1);
      run(cheat, 1);
    }
    expect(cheat.commands.lastExecutedTick).toBeLessThanOrEqual(honest.commands.lastExecutedTick + 1);
    expect(cheat.commands.length).toBeLessThanOrEqual(128);
  });

  it("lets a player that held its breath and then sends all at once gain half a second, once", () => {
    const player = arrive();
    offer(player, 1, 2);
    run(player, 1000);
    offer(player, 3, 110);
    let executed = 0;
    for (const ran of run(player, 60)) executed += ran;
    expect(executed).toBeLessThanOrEqual(60 + 30);
  });

  it("counts a command that never comes, half a second later, and goes on", () => {
    const player = arrive();
    const counters = createZoneCounters();
    offer(player, 1, 1);
    offer(player, 3, 60);
    run(player, 100, counters);
    expect(counters.commandsPassedOver).toBe(1);
    expect(player.commands.lastExecutedTick).toBe(60);
  });
});

describe("showState", () => {
  it("shows where the character is while its commands are on time", () => {
    const player = arrive();
    offer(player, 1, 30);
    run(player, 20);
    showState(world, player);
    expect(player.shown).toEqual(player.state);
  });

  it("shows others a way that goes on while commands are late, and the same place once they came", () => {
    const player = arrive();
    const smooth = arrive();
    offer(player, 1, 60);
    offer(smooth, 1, 120);
    run(player, 61);
    run(smooth, 61);
    for (let late = 1; late <= MAX_GUESSED_TICKS; late += 1) {
      run(player, 1);
      run(smooth, 1);
      showState(world, player);
      expect(player.shown).toEqual(smooth.state);
      expect(player.state.z).toBeGreaterThan(player.shown.z);
    }
    const { z } = player.shown;
    run(player, 5);
    showState(world, player);
    expect(player.shown.z).toBe(z);
    offer(player, 61, 120);
    run(player, 12);
    run(smooth, 17);
    showState(world, player);
    expect(player.shown).toEqual(smooth.state);
  });

  it("guesses no jump of whoever held the key when it was last heard of", () => {
    const player = arrive();
    offer(player, 1, 60);
    offer(player, 61, 100, Button.jump);
    run(player, 101);
    expect(player.state.grounded).toBe(false);
    run(player, MAX_GUESSED_TICKS);
    showState(world, player);
    expect(player.shown.grounded).toBe(true);
  });
});
