import { afterEach, describe, expect, it } from "vitest";
import { Capability } from "../../scripts/protocol/capability.ts";
import { WALK_SPEED } from "../../scripts/simulation/constants.ts";
import { type VirtualPlayer, VirtualWorld } from "./virtual-world.ts";

let world: VirtualWorld;
afterEach(() => world.dispose());

/** Bob walks in a circle of 4 m; Ada looks on, at a rate of frames and by the capabilities that are hers. */
function watchCircle(options: { fps?: number; capabilities?: readonly Capability[]; seconds?: number }, link = {}) {
  world = new VirtualWorld({ link: { latencyMs: 15, jitterMs: 4, ...link }, seed: 5 });
  world.startServer();
  const ada = world.addPlayer("Ada", {
    fps: options.fps ?? 60,
    ...(options.capabilities && { capabilities: options.capabilities }),
  });
  const bob = world.addPlayer("Bob");
  world.runUntil("Ada sees Bob", () => ada.client.remotes.count === 1);
  bob.input.moveZ = -1;
  bob.beforeFrame = () => {
    bob.input.yawRadians += (WALK_SPEED / 4) * (bob.frameMs / 1000);
  };
  world.runFor(8000);
  const steps = watchSteps(ada, bob, options.seconds ?? 10);
  return { ada, bob, steps };
}

/** How far Bob goes on Ada's screen from frame to frame, as a share of the even step; and his distance from his true way. */
function watchSteps(ada: VirtualPlayer, bob: VirtualPlayer, seconds: number) {
  const { remotes } = ada.client;
  const even = (WALK_SPEED * ada.frameMs) / 1000;
  const trail: { x: number; z: number }[] = [];
  const shares: number[] = [];
  let offWayMeters = 0;
  let x = remotes.x[0] ?? 0;
  let z = remotes.z[0] ?? 0;
  world.onServerTurn = () => trail.push({ x: world.truth(bob).x, z: world.truth(bob).z });
  ada.onFrame = () => {
    const [toX = 0, toZ = 0] = [remotes.x[0], remotes.z[0]];
    shares.push(Math.hypot(toX - x, toZ - z) / even);
    [x, z] = [toX, toZ];
    if (trail.length < 200) return;
    const distances = trail.slice(-60).map((place) => Math.hypot(place.x - x, place.z - z));
    offWayMeters = Math.max(offWayMeters, Math.min(...distances));
  };
  world.runFor(seconds * 1000);
  return { least: Math.min(...shares), most: Math.max(...shares), offWayMeters };
}

describe("another player who walks in a circle", () => {
  it.each([10, 30, 60, 144])("goes evenly at %d frames a second, and on its way", (fps) => {
    const { steps } = watchCircle({ fps });
    expect(steps.least).toBeGreaterThan(0.7);
    expect(steps.most).toBeLessThan(1.3);
    expect(steps.offWayMeters).toBeLessThan(0.08);
  });

  it("goes evenly on a link of the old protocol, with its few snapshots", () => {
    const { ada, steps } = watchCircle({ capabilities: [Capability.legacy] });
    const { snapshotsReceived } = ada.client.telemetry;
    expect(snapshotsReceived).toBeGreaterThan(60);
    expect(steps.least).toBeGreaterThan(0.6);
    expect(steps.most).toBeLessThan(1.4);
    expect(steps.offWayMeters).toBeLessThan(0.1);
    expect(ada.client.telemetry.underruns).toBe(0);
    expect(ada.client.telemetry.corrections).toBe(0);
  });

  it("goes on when nothing is heard of it for 400 ms, and without a leap when it is heard again", () => {
    const { ada, bob } = watchCircle({ seconds: 1 });
    const drawn: { x: number; z: number }[] = [];
    const { remotes } = ada.client;
    ada.onFrame = () => drawn.push({ x: remotes.x[0] ?? 0, z: remotes.z[0] ?? 0 });
    ada.link.stall(400);
    world.runFor(1500);
    const steps = drawn.slice(1).map((to, i) => Math.hypot(to.x - (drawn[i]?.x ?? 0), to.z - (drawn[i]?.z ?? 0)));
    const even = WALK_SPEED / 60;
    expect(Math.min(...steps)).toBeGreaterThan(even * 0.1);
    expect(Math.max(...steps)).toBeLessThan(even * 4);
    expect(world.truth(bob).grounded).toBe(true);
  });

  it("goes on while its own link stalls for 400 ms: the server guesses, and loses none of its commands", () => {
    const { ada, bob } = watchCircle({ seconds: 1 });
    const drawn: { x: number; z: number }[] = [];
    const { remotes } = ada.client;
    ada.onFrame = () => drawn.push({ x: remotes.x[0] ?? 0, z: remotes.z[0] ?? 0 });
    bob.link.stall(400);
    world.runFor(1500);
    const steps = drawn.slice(1).map((to, i) => Math.hypot(to.x - (drawn[i]?.x ?? 0), to.z - (drawn[i]?.z ?? 0)));
    const standing = steps.reduce((longest, step, i) => {
      let run = 0;
      while (i + run < steps.length && (steps[i + run] ?? 1) < (WALK_SPEED / 60) * 0.1) run += 1;
      return step === undefined ? longest : Math.max(longest, run);
    }, 0);
    expect((standing * 1000) / 60).toBeLessThan(150);
    expect(Math.max(...steps)).toBeLessThan((WALK_SPEED / 60) * 8);
    expect(bob.client.telemetry.corrections).toBe(0);
    expect(world.server?.counters).toMatchObject({ commandsPassedOver: 0, playerTicksLost: 0 });
  });
});
