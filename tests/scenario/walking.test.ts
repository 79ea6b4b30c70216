import { afterEach, describe, expect, it } from "vitest";
import { AnimationState } from "../../scripts/protocol/messages.ts";
import { type PlayerOptions, type VirtualPlayer, VirtualWorld, type WorldOptions } from "./virtual-world.ts";

let world: VirtualWorld;
afterEach(() => world.dispose());

function startPlaying(options: WorldOptions = {}, player: PlayerOptions = {}): VirtualPlayer {
  world = new VirtualWorld(options);
  world.startServer();
  const ada = world.addPlayer("Ada", player);
  world.runUntil("Ada plays", () => ada.client.own.present);
  return ada;
}

/** Millimetres between what a client draws of itself and what the server knows. */
function disagreementMm(player: VirtualPlayer): number {
  const { own } = player.client;
  const truth = world.truth(player);
  return Math.hypot(own.x - truth.x, own.y - truth.y, own.z - truth.z) * 1000;
}

/** Walks a loop with turns, sprints and jumps, then stands still until everything has arrived. */
function wander(player: VirtualPlayer, ms: number): void {
  const { input } = player;
  for (let elapsedMs = 0; elapsedMs < ms; elapsedMs += 500) {
    const step = elapsedMs / 500;
    input.moveZ = step % 7 === 6 ? 0 : -1;
    input.moveX = step % 3 === 1 ? 0.5 : 0;
    input.yawRadians += 0.9;
    input.sprint = step % 4 === 2;
    input.jump = step % 5 === 3;
    world.runFor(500);
  }
  input.moveX = 0;
  input.moveZ = 0;
  input.jump = false;
  world.runFor(3000);
}

describe("a player walks", () => {
  it("10 m and stops: server and client agree within 1 mm, without a correction", () => {
    const ada = startPlaying();
    const startZ = ada.client.own.z;
    ada.input.moveZ = -1;
    world.runUntil("Ada has gone 10 m", () => startZ - ada.client.own.z >= 10);
    ada.input.moveZ = 0;
    world.runFor(1000);
    expect(startZ - world.truth(ada).z).toBeGreaterThan(10);
    expect(disagreementMm(ada)).toBeLessThan(1);
    expect(ada.client.telemetry).toMatchObject({ corrections: 0, teleports: 0, malformed: 0, wrongEpoch: 0 });
    expect(ada.client.telemetry.distanceMeters).toBeGreaterThan(10);
    expect(ada.client.telemetry.distanceMeters).toBeLessThan(11);
  });

  it("and sees it in the frame in which the key goes down", () => {
    const ada = startPlaying({ link: { latencyMs: 200 } });
    world.runFor(2000);
    const { own } = ada.client;
    const before = own.z;
    ada.input.moveZ = -1;
    ada.runFrame(world.nowMs + ada.frameMs * 0.6);
    expect(before - own.z).toBeGreaterThan(0.001);
  });

  it("with turns, sprints and jumps over all frame rates, with no correction on a clean link", () => {
    for (const fps of [10, 24, 60, 144, 240]) {
      const ada = startPlaying({}, { fps });
      wander(ada, 20_000);
      expect(ada.client.telemetry.corrections, `${fps} fps`).toBe(0);
      expect(disagreementMm(ada), `${fps} fps`).toBeLessThan(1);
      expect(ada.client.telemetry.distanceMeters, `${fps} fps`).toBeGreaterThan(40);
      world.dispose();
    }
  });

  it("smoothly: no frame moves the drawn character further than its speed allows", () => {
    const ada = startPlaying({ link: { latencyMs: 40, jitterMs: 20 } }, { fps: 144 });
    const { own } = ada.client;
    let { x, z } = own;
    let longest = 0;
    ada.onFrame = () => {
      longest = Math.max(longest, Math.hypot(own.x - x, own.z - z));
      ({ x, z } = own);
    };
    wander(ada, 10_000);
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThan((7.5 / 144) * 1.5);
  });

  it.each([1, 2, 3])("over 150 ms of round trip, jitter, loss and duplicates without diverging (seed %d)", (seed) => {
    const ada = startPlaying({ seed, link: { latencyMs: 60, jitterMs: 30, lossRate: 0.05, duplicateRate: 0.01 } });
    wander(ada, 60_000);
    const { telemetry } = ada.client;
    expect(disagreementMm(ada)).toBeLessThan(1);
    expect(telemetry.maxCorrectionMm).toBeLessThanOrEqual(1);
    expect(telemetry.teleports).toBe(0);
    expect(telemetry.duplicates).toBeGreaterThan(0);
    expect(telemetry.rttMs).toBeGreaterThan(120);
    expect(telemetry.rttMs).toBeLessThan(220);
    expect(ada.client.connection.state.kind).toBe("playing");
  });

  it.each([100, 150, 200, 300, 400, 500])(
    "loses no command in an outage of %d ms, and soon has no queue",
    (outageMs) => {
      const ada = startPlaying({ link: { latencyMs: 30 } });
      ada.input.moveZ = -1;
      world.runFor(2000);
      world.changeLink({ lossRate: 0.999 });
      world.runFor(outageMs);
      world.changeLink({ lossRate: 0 });
      world.runFor(5000);
      expect(ada.client.telemetry.corrections).toBe(0);
      expect(ada.client.telemetry.commandsInFlight).toBeLessThan(12);
      ada.input.moveZ = 0;
      world.runFor(1000);
      expect(disagreementMm(ada)).toBeLessThan(1);
    },
  );

  it.each([1000, 2500, 4500])("plays on after an outage of %d ms, and agrees with the server again", (outageMs) => {
    const ada = startPlaying({ link: { latencyMs: 30 } });
    ada.input.moveZ = -1;
    world.runFor(2000);
    world.changeLink({ lossRate: 0.999 });
    world.runFor(outageMs);
    world.changeLink({ lossRate: 0 });
    world.runFor(3000);
    ada.input.moveZ = 0;
    world.runFor(2000);
    expect(ada.client.telemetry.connectionsLost).toBe(0);
    expect(ada.client.telemetry.commandsInFlight).toBeLessThan(100);
    expect(disagreementMm(ada)).toBeLessThan(1);
  });
});

describe("a queue on the server", () => {
  it("that is left by an outage is short: the client waits instead of giving commands that the server cannot make up for", () => {
    const ada = startPlaying({ link: { latencyMs: 30 } });
    ada.input.moveZ = -1;
    world.runFor(2000);
    world.changeLink({ lossRate: 0.999 });
    world.runFor(1000);
    world.changeLink({ lossRate: 0 });
    expect(ada.client.telemetry.ticksWaited).toBeGreaterThan(10);
    world.runFor(1000);
    expect(ada.client.telemetry.serverBufferTicks).toBeLessThan(10);
    world.runFor(4000);
    expect(ada.client.telemetry.serverBufferTicks).toBeLessThan(4);
    expect(ada.client.telemetry.corrections).toBe(0);
    expect(world.server?.counters.commandsPassedOver).toBe(0);
  });
});

describe("a client's time", () => {
  it("stands still for 5 s: bounded catching up, then walking as before", () => {
    const ada = startPlaying();
    ada.input.moveZ = -1;
    world.runFor(1000);
    const { ticks } = ada.client.telemetry;
    ada.nextFrameAtMs += 5000;
    world.runFor(5000);
    ada.runFrame(world.nowMs);
    expect(ada.client.telemetry.ticks - ticks).toBeLessThanOrEqual(20);
    world.runFor(1000);
    ada.input.moveZ = 0;
    world.runFor(1000);
    expect(ada.client.connection.state.kind).toBe("playing");
    expect(ada.client.telemetry.corrections).toBe(0);
    expect(ada.client.telemetry.ticksSkipped).toBeGreaterThan(0);
    expect(disagreementMm(ada)).toBeLessThan(1);
  });

  it("stands still for 5 s: the others are drawn where they are in the frame after it", () => {
    const ada = startPlaying();
    const bob = world.addPlayer("Bob");
    world.runUntil("Ada sees Bob", () => ada.client.remotes.count === 1);
    bob.input.moveZ = -1;
    world.runFor(1000);
    ada.nextFrameAtMs += 5000;
    world.runFor(5000);
    ada.runFrame(world.nowMs);
    const { x, z } = world.truth(bob);
    expect(ada.client.remotes.x[0]).toBeCloseTo(x, 1);
    expect(Math.abs((ada.client.remotes.z[0] ?? 0) - z)).toBeLessThan(1);
  });

  it("stands still again and again: the round trip is not taken for longer than it is", () => {
    const ada = startPlaying({ link: { latencyMs: 450 } });
    world.runFor(5000);
    for (let stall = 0; stall < 10; stall += 1) {
      ada.nextFrameAtMs += 3000;
      world.runFor(4700);
    }
    expect(ada.client.telemetry.rttMs).toBeGreaterThan(895);
    expect(ada.client.telemetry.rttMs).toBeLessThan(940);
  });

  it.each([-3_600_000, 3_600_000])("is set by %d ms: nothing is lost", (leapMs) => {
    const ada = startPlaying();
    ada.input.moveZ = -1;
    world.runFor(1000);
    ada.clockOffsetMs += leapMs;
    world.runFor(2000);
    ada.input.moveZ = 0;
    world.runFor(1000);
    expect(ada.client.connection.state.kind).toBe("playing");
    expect(ada.client.telemetry.clockBackwards).toBe(leapMs < 0 ? 1 : 0);
    expect(ada.client.telemetry.connectionsLost).toBe(0);
    expect(ada.client.telemetry.rttMs).toBeLessThan(100);
    expect(disagreementMm(ada)).toBeLessThan(1);
  });
});

describe("two players", () => {
  it("see each other by name, moving where the other is, and leaving", () => {
    const ada = startPlaying();
    const bob = world.addPlayer("Bob");
    const events: string[] = [];
    ada.onFrame = () => {
      const { remotes } = ada.client;
      for (let i = 0; i < remotes.appearedCount; i += 1) events.push(`+${remotes.appeared[i]}`);
      for (let i = 0; i < remotes.disappearedCount; i += 1) events.push(`-${remotes.disappeared[i]}`);
    };
    world.runUntil("Ada sees Bob", () => ada.client.remotes.count === 1 && ada.client.remotes.name(0) === "Bob");
    world.runUntil("Bob sees Ada", () => bob.client.remotes.count === 1 && bob.client.remotes.name(0) === "Ada");
    bob.input.moveZ = -1;
    bob.input.yawRadians = -0.5;
    world.runFor(2000);
    const { remotes } = ada.client;
    const truth = world.truth(bob);
    const behindMeters = Math.hypot((remotes.x[0] ?? 0) - truth.x, (remotes.z[0] ?? 0) - truth.z);
    expect(behindMeters).toBeGreaterThan(0.1);
    expect(behindMeters).toBeLessThan(0.8);
    expect(remotes.speed[0]).toBeCloseTo(4.5, 1);
    expect(remotes.yaw[0]).toBeCloseTo(-0.5, 3);
    expect(remotes.animation[0]).toBe(AnimationState.walk);
    bob.input.moveZ = 0;
    world.runFor(1000);
    expect(remotes.x[0]).toBeCloseTo(world.truth(bob).x, 3);
    expect(remotes.y[0]).toBeCloseTo(world.truth(bob).y, 3);
    expect(remotes.z[0]).toBeCloseTo(world.truth(bob).z, 3);
    const bobId = bob.client.own.entityId;
    bob.client.disconnect();
    world.runUntil("Bob is gone for Ada", () => ada.client.remotes.count === 0, 2000);
    expect(events).toEqual([`+${bobId}`, `-${bobId}`]);
    expect(ada.client.telemetry.underruns).toBe(0);
  });

  it("see each other move evenly in spite of jitter and loss", () => {
    const ada = startPlaying({ seed: 7, link: { latencyMs: 60, jitterMs: 30, lossRate: 0.05 } });
    const bob = world.addPlayer("Bob");
    world.runUntil("Ada sees Bob", () => ada.client.remotes.count === 1);
    bob.input.moveZ = -1;
    world.runFor(3000);
    const { remotes } = ada.client;
    let z = remotes.z[0] ?? 0;
    let longest = 0;
    let frames = 0;
    let still = 0;
    ada.onFrame = () => {
      const step = z - (remotes.z[0] ?? 0);
      longest = Math.max(longest, step);
      if (step < 0.01) still += 1;
      frames += 1;
      z = remotes.z[0] ?? 0;
    };
    world.runFor(20_000);
    expect(frames).toBeGreaterThan(1000);
    expect(still / frames).toBeLessThan(0.01);
    expect(longest).toBeLessThan((4.5 / 60) * 4);
  });
});
