import { afterEach, describe, expect, it } from "vitest";
import type { InputCommand } from "../../scripts/protocol/messages.ts";
import { SPRINT_SPEED, TICK_RATE_HZ, WALK_SPEED } from "../../scripts/simulation/constants.ts";
import { TIME_BANK_TICKS } from "../../server/zone/time-bank.ts";
import { RawClient } from "./raw-client.ts";
import { SERVER_ADDRESS, type VirtualPlayer, VirtualWorld, type WorldOptions } from "./virtual-world.ts";

const BROADBAND = { latencyMs: 15, jitterMs: 4 };
let world: VirtualWorld;
afterEach(() => world.dispose());

function startWalking(options: WorldOptions = {}, names = ["Ada"]): VirtualPlayer[] {
  world = new VirtualWorld({ link: BROADBAND, ...options });
  world.startServer();
  const players = names.map((name) => world.addPlayer(name));
  world.runUntil("all play", () => players.every(({ client }) => client.own.present));
  for (const { input } of players) input.moveZ = -1;
  world.runFor(3000);
  return players;
}

function first(players: readonly VirtualPlayer[]): VirtualPlayer {
  const [player] = players;
  if (player === undefined) throw new Error("expected a player");
  return player;
}

/** Stands still until all has arrived; then both ends must have the same character in the same place. */
function expectAgreement(player: VirtualPlayer): void {
  player.input.moveZ = 0;
  world.runFor(2000);
  const { own } = player.client;
  const truth = world.truth(player);
  expect(Math.hypot(own.x - truth.x, own.y - truth.y, own.z - truth.z)).toBeLessThan(0.001);
}

describe("a client's clock", () => {
  it.each([-400, -100, 100, 400])(
    "is stepped by %d ms again and again: input flows, nothing is corrected",
    (stepMs) => {
      const ada = first(startWalking());
      for (let step = 0; step < 10; step += 1) {
        ada.clockOffsetMs += stepMs;
        world.runFor(1000);
      }
      const { telemetry } = ada.client;
      expect(telemetry.clockBackwards).toBe(stepMs < 0 ? 10 : 0);
      expect(telemetry).toMatchObject({ corrections: 0, connectionsLost: 0, teleports: 0 });
      world.runFor(3000);
      expect(telemetry.serverBufferTicks).toBeLessThan(6);
      expectAgreement(ada);
    },
  );

  it.each([0.999, 0.98, 1.02])("runs at %d of the true speed: ticks are stretched to the server's", (speed) => {
    const ada = first(startWalking());
    ada.beforeFrame = () => {
      ada.clockOffsetMs += ada.frameMs * (speed - 1);
    };
    world.runFor(20_000);
    let buffered = 0;
    let ticks = 0;
    world.onServerTurn = () => {
      buffered += world.server?.players[0]?.commands.length ?? 0;
      ticks += 1;
    };
    world.runFor(10_000);
    expect(buffered / ticks).toBeGreaterThan(0.5);
    expect(buffered / ticks).toBeLessThan(4);
    expect(ada.client.telemetry.timeScale).toBeCloseTo(1 / speed, 1);
    expect(ada.client.telemetry.corrections).toBe(0);
    expectAgreement(ada);
  });

  it.each([5000, 60_000])(
    "sleeps for %d ms, as a laptop does: the player is there again, or comes back by itself",
    (sleepMs) => {
      const ada = first(startWalking());
      ada.nextFrameAtMs += sleepMs;
      world.runFor(sleepMs);
      world.runUntil(
        "Ada plays",
        () => ada.client.own.present && ada.client.connection.state.kind === "playing",
        30_000,
      );
      world.runFor(3000);
      expect(ada.client.telemetry.serverBufferTicks).toBeLessThan(6);
      expect(ada.client.telemetry.malformed).toBe(0);
      expectAgreement(ada);
    },
  );

  it("draws 10 frames a second with a frame of a second now and then: no correction, no runaway queue", () => {
    const ada = first(startWalking());
    ada.frameMs = 100;
    for (let hitch = 0; hitch < 10; hitch += 1) {
      world.runFor(2000);
      ada.nextFrameAtMs += 1000;
    }
    world.runFor(5000);
    expect(ada.client.telemetry.corrections).toBe(0);
    expect(ada.client.telemetry.serverBufferTicks).toBeLessThan(10);
    expectAgreement(ada);
  });
});

describe("a server", () => {
  it("that stands still for 300 ms every two seconds pulls nobody back, and the queue is short again", () => {
    const [ada, bob] = startWalking({}, ["Ada", "Bob"]);
    if (ada === undefined || bob === undefined || world.server === undefined) throw new Error("expected two players");
    const { server } = world;
    const advance = server.advance.bind(server);
    server.advance = () => (world.nowMs % 2000 < 300 ? 300 - (world.nowMs % 2000) : advance());
    world.runFor(20_000);
    server.advance = advance;
    expect(server.counters.ticksDropped).toBeGreaterThan(50);
    expect(server.counters.commandsPassedOver).toBe(0);
    world.runFor(3000);
    for (const player of [ada, bob]) {
      expect(player.client.telemetry.corrections).toBe(0);
      expect(player.client.telemetry.serverBufferTicks).toBeLessThan(6);
      expectAgreement(player);
    }
  });

  it("that runs half of its ticks lets players walk at their pace all the same, and see each other", () => {
    const [ada, bob] = startWalking({}, ["Ada", "Bob"]);
    if (ada === undefined || bob === undefined || world.server === undefined) throw new Error("expected two players");
    const { server } = world;
    const advance = server.advance.bind(server);
    let readyAtMs = world.nowMs;
    server.advance = () => {
      if (world.nowMs < readyAtMs) return readyAtMs - world.nowMs;
      advance();
      readyAtMs = world.nowMs + 200;
      return 200;
    };
    world.runFor(3000);
    const startZ = world.truth(ada).z;
    const startTick = server.serverTick;
    world.runFor(8000);
    const ticks = server.serverTick - startTick;
    expect(ticks).toBeLessThan(300);
    expect(startZ - world.truth(ada).z).toBeGreaterThan(WALK_SPEED * 8 * 0.8);
    expect(ada.client.telemetry).toMatchObject({ corrections: 0, connectionsLost: 0 });
    const index = ada.client.remotes.indexOf(bob.client.own.entityId);
    expect(Math.abs((ada.client.remotes.z[index] ?? 0) - world.truth(bob).z)).toBeLessThan(WALK_SPEED);
    server.advance = advance;
    world.runFor(3000);
    expectAgreement(ada);
  });
});

describe("a cheat", () => {
  it("whose time runs twice as fast gets no farther than time allows", () => {
    const [ada, cheat] = startWalking({}, ["Ada", "Cheat"]);
    if (ada === undefined || cheat === undefined) throw new Error("expected two players");
    const before = [ada, cheat].map((player) => world.truth(player).z);
    cheat.beforeFrame = () => {
      cheat.clockOffsetMs += cheat.frameMs;
    };
    world.runFor(15_000);
    const [honest = 0, fast = 0] = [ada, cheat].map((player, i) => (before[i] ?? 0) - world.truth(player).z);
    expect(honest).toBeGreaterThan(WALK_SPEED * 14);
    expect(fast - honest).toBeLessThan((WALK_SPEED * TIME_BANK_TICKS) / TICK_RATE_HZ);
    expect(ada.client.telemetry.corrections).toBe(0);
  });

  /** A client that numbers its commands as it likes. */
  function joinRaw(): RawClient {
    const raw = new RawClient(world.network.createTransport(), SERVER_ADDRESS);
    const wait = () => {
      for (let i = 0; i < 30; i += 1) {
        world.runFor(10);
        raw.poll();
      }
    };
    wait();
    raw.hello("Raw");
    wait();
    return raw;
  }

  const run = (tick: number): InputCommand => ({ tick, moveX: 0, moveZ: -127, yaw: 0, pitch: 0, buttons: 2 });

  it("who sends commands of the future, of the past and far too many is counted, and moves at the pace of time", () => {
    startWalking();
    const raw = joinRaw();
    const { server } = world;
    if (server === undefined) throw new Error("expected a server");
    const player = server.players.find(({ name }) => name === "Raw");
    if (player === undefined) throw new Error("expected the raw client to be in");
    const startZ = player.state.z;
    const startMs = world.nowMs;
    let next = 1000;
    for (let round = 0; round < 100; round += 1) {
      // Ten times more than there is time for, then old ones, then some from a year ahead.
      for (let i = 0; i < 10; i += 1, next += 4) raw.input([run(next), run(next + 1), run(next + 2), run(next + 3)]);
      raw.input([run(1), run(2)]);
      raw.input([run(2_000_000_000)]);
      raw.input([run(0xffff_fff0)]);
      world.runFor(100);
      raw.poll();
    }
    const seconds = (world.nowMs - startMs) / 1000;
    expect(startZ - player.state.z).toBeLessThanOrEqual(SPRINT_SPEED * (seconds + TIME_BANK_TICKS / TICK_RATE_HZ));
    expect(server.counters.commandsTooFarAhead).toBeGreaterThan(200);
    expect(server.counters.commandsKnown).toBeGreaterThan(100);
    expect(player.commands.length).toBeLessThanOrEqual(128);
    expect(player.commands.lastExecutedTick).toBeLessThan(next);
    raw.transport.dispose();
  });

  it("who saves up commands and sends them at once moves for half a second more than the others, and once", () => {
    startWalking();
    const raw = joinRaw();
    const player = world.server?.players.find(({ name }) => name === "Raw");
    if (player === undefined) throw new Error("expected the raw client to be in");
    raw.input([run(1), run(2)]);
    world.runFor(3000);
    const startZ = player.state.z;
    for (let tick = 3; tick < 123; tick += 10) raw.input(Array.from({ length: 10 }, (_, i) => run(tick + i)));
    world.runFor(500);
    expect(startZ - player.state.z).toBeLessThan(SPRINT_SPEED * (0.5 + TIME_BANK_TICKS / TICK_RATE_HZ) + 0.5);
    raw.transport.dispose();
  });
});
