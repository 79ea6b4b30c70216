import { afterEach, describe, expect, it } from "vitest";
import type { ConnectionState } from "../../scripts/client/connection-view.ts";
import { encodeZone } from "../../scripts/simulation/zone-file.ts";
import { createTestZone } from "../fixtures/test-zone.ts";
import { SERVER_ADDRESS, type VirtualPlayer, VirtualWorld, type WorldOptions } from "./virtual-world.ts";

let world: VirtualWorld;
afterEach(() => world.dispose());

function makeWorld(options: WorldOptions = {}): VirtualWorld {
  world = new VirtualWorld(options);
  return world;
}

function kind(player: VirtualPlayer): ConnectionState["kind"] {
  return player.client.connection.state.kind;
}

/** The kinds of state that a player goes through from now on, without repetitions. */
function watchKinds(player: VirtualPlayer): string[] {
  const kinds: string[] = [];
  let { revision } = player.client.connection;
  player.onFrame = () => {
    const { connection } = player.client;
    if (connection.revision === revision) return;
    revision = connection.revision;
    if (kinds.at(-1) !== connection.state.kind) kinds.push(connection.state.kind);
  };
  return kinds;
}

describe("joining", () => {
  it("goes from idle to playing, and left when the player leaves", () => {
    makeWorld({ link: { latencyMs: 40 } }).startServer();
    const ada = world.addPlayer("Ada", { connect: false });
    expect(kind(ada)).toBe("idle");
    const kinds = watchKinds(ada);
    ada.client.connect({ address: SERVER_ADDRESS, name: "Ada" });
    expect(ada.client.connection.state).toEqual({ kind: "connecting", address: SERVER_ADDRESS, attempt: 1 });
    world.runUntil("Ada plays", () => ada.client.own.present);
    expect(kinds).toEqual(["connecting", "joining", "playing"]);
    expect(ada.client.connection.state).toMatchObject({ kind: "playing", zone: "test" });
    ada.client.disconnect();
    expect(kind(ada)).toBe("left");
    expect(ada.client.own.present).toBe(false);
    world.runFor(200);
    expect(world.server?.players).toHaveLength(0);
    expect(kind(ada)).toBe("left");
  });

  it("changes the revision with the state and at no other time", () => {
    makeWorld().startServer();
    const ada = world.addPlayer("Ada");
    world.runUntil("Ada plays", () => ada.client.own.present);
    const { revision } = ada.client.connection;
    world.runFor(5000);
    expect(ada.client.connection.revision).toBe(revision);
  });

  it("waits for a zone that is read in the background", async () => {
    makeWorld().startServer();
    let finish: (bytes: Uint8Array) => void = () => {};
    const reading = new Promise<Uint8Array>((resolve) => {
      finish = resolve;
    });
    const ada = world.addPlayer("Ada", { zoneBytes: () => reading });
    world.runFor(1000);
    expect(ada.client.connection.state).toEqual({ kind: "loading", zone: "test" });
    expect(ada.client.own.present).toBe(false);
    finish(encodeZone(createTestZone()));
    await reading;
    await Promise.resolve();
    world.runUntil("Ada plays", () => ada.client.own.present, 500);
  });

  it("moves to another server without a trace on the first", () => {
    makeWorld().startServer();
    const ada = world.addPlayer("Ada");
    world.runUntil("Ada plays", () => ada.client.own.present);
    ada.client.connect({ address: SERVER_ADDRESS, name: "Ada Two" });
    world.runUntil("Ada plays again", () => ada.client.own.present);
    expect(world.server?.players.map(({ name }) => name)).toEqual(["Ada Two"]);
  });

  it("counts the way on over sessions, without the way between them", () => {
    makeWorld().startServer();
    const ada = world.addPlayer("Ada");
    world.runUntil("Ada plays", () => ada.client.own.present);
    ada.input.moveZ = -1;
    world.runUntil("Ada has gone 10 m", () => ada.client.telemetry.distanceMeters > 10);
    ada.input.moveZ = 0;
    world.runFor(1000);
    ada.client.disconnect();
    const { distanceMeters } = ada.client.telemetry;
    world.runFor(2000);
    ada.client.connect({ address: SERVER_ADDRESS, name: "Ada" });
    world.runUntil("Ada plays again", () => ada.client.own.present);
    world.runFor(1000);
    expect(ada.client.telemetry.distanceMeters).toBe(distanceMeters);
  });

  it("refuses to be used after dispose, in words, and survives the rest", () => {
    makeWorld().startServer();
    const ada = world.addPlayer("Ada");
    world.runUntil("Ada plays", () => ada.client.own.present);
    ada.client.dispose();
    ada.client.dispose();
    ada.client.disconnect();
    world.runFor(500);
    expect(world.server?.players).toHaveLength(0);
    expect(() => ada.client.connect({ address: SERVER_ADDRESS, name: "Ada" })).toThrow(/disposed/);
  });
});

describe("being refused", () => {
  it("shows an empty name and a 10,000-character name as invalid", () => {
    makeWorld().startServer();
    const players = ["", "x".repeat(10_000), "\u{1f600}".repeat(20_000), "a\u0000b"].map((name) =>
      world.addPlayer(name),
    );
    world.runFor(1000);
    for (const player of players) {
      expect(player.client.connection.state).toMatchObject({ kind: "rejected", reasonCode: "name_invalid" });
    }
    expect(players[0]?.client.connection.state).toMatchObject({ traceId: expect.stringMatching(/^[0-9a-f]{16}$/) });
  });

  it("shows a taken name and a full server, and does not go on trying", () => {
    makeWorld({ maxPlayers: 2 }).startServer();
    const ada = world.addPlayer("Ada");
    world.runUntil("Ada plays", () => ada.client.own.present);
    const double = world.addPlayer("ada");
    world.runFor(500);
    world.addPlayer("Bob");
    world.runFor(500);
    const third = world.addPlayer("Cid");
    world.runFor(15_000);
    expect(double.client.connection.state).toMatchObject({ kind: "rejected", reasonCode: "name_taken" });
    expect(third.client.connection.state).toMatchObject({ kind: "rejected", reasonCode: "server_full" });
    expect(world.server?.counters.rejected).toBe(2);
  });

  it("does not play on another world than the server's, or without one", () => {
    makeWorld().startServer();
    const other = createTestZone();
    other.boxes.pop();
    const players = [
      world.addPlayer("Other", { zoneBytes: () => encodeZone(other) }),
      world.addPlayer("Damaged", { zoneBytes: () => new Uint8Array(100) }),
      world.addPlayer("Missing", {
        zoneBytes: () => {
          throw new Error("no such file: test.zone");
        },
      }),
    ];
    world.runFor(1000);
    const details = players.map(({ client }) => {
      expect(client.connection.state).toMatchObject({ kind: "rejected", reasonCode: "world_mismatch", traceId: "" });
      return client.connection.state.kind === "rejected" ? client.connection.state.detail : "";
    });
    expect(details[0]).toMatch(/expected zone "test"/);
    expect(details[1]).toMatch(/cannot be read/);
    expect(details[2]).toMatch(/no such file/);
    expect(world.server?.players).toHaveLength(0);
  });

  it("can be tried again with another name", () => {
    makeWorld().startServer();
    const ada = world.addPlayer("");
    world.runFor(500);
    expect(kind(ada)).toBe("rejected");
    ada.client.connect({ address: SERVER_ADDRESS, name: "Ada" });
    world.runUntil("Ada plays", () => ada.client.own.present);
  });
});

describe("a server that is not there", () => {
  it("is called again with growing pauses, counted down second by second, until it comes", () => {
    makeWorld();
    const ada = world.addPlayer("Ada");
    const attempts = new Set<number>();
    const seconds: number[] = [];
    ada.onFrame = () => {
      const { state } = ada.client.connection;
      if (state.kind !== "reconnecting") return;
      attempts.add(state.attempt);
      if (seconds.at(-1) !== state.nextTryInSeconds) seconds.push(state.nextTryInSeconds);
      expect(state.cause).toContain(SERVER_ADDRESS);
    };
    world.runFor(60_000);
    expect([...attempts]).toEqual([...attempts.keys()].sort((a, b) => a - b));
    expect(attempts.size).toBeGreaterThan(4);
    expect(attempts.size).toBeLessThan(14);
    expect(Math.max(...seconds)).toBeGreaterThan(5);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(13);
    world.startServer();
    world.runUntil("Ada plays", () => ada.client.own.present, 20_000);
  });

  it("is given up on by the client when the transport says nothing at all", () => {
    makeWorld({ connectTimeoutMs: 600_000 });
    const ada = world.addPlayer("Ada");
    world.runFor(9000);
    expect(kind(ada)).toBe("connecting");
    world.runUntil("Ada waits", () => kind(ada) === "reconnecting", 3000);
    world.startServer();
    world.runUntil("Ada plays", () => ada.client.own.present);
  });

  it("may have an address that is none: said in words, and the player can leave", () => {
    makeWorld();
    const ada = world.addPlayer("Ada", { connect: false });
    ada.client.connect({ address: "nowhere", name: "Ada" });
    world.runFor(100);
    expect(ada.client.connection.state).toMatchObject({ kind: "reconnecting", wasIn: false, attempt: 2 });
    expect(ada.client.connection.state).toMatchObject({ cause: expect.stringContaining("expected host:port") });
    ada.client.disconnect();
    world.runFor(20_000);
    expect(kind(ada)).toBe("left");
  });
});

describe("a server that goes away", () => {
  it("is called again soon after a session that went well, whatever it took to get in", () => {
    makeWorld();
    const ada = world.addPlayer("Ada");
    world.runFor(30_000);
    world.startServer();
    world.runUntil("Ada plays", () => ada.client.own.present);
    world.runFor(6000);
    world.stopServer(true);
    world.runFor(100);
    expect(ada.client.connection.state).toMatchObject({ kind: "reconnecting", attempt: 1, nextTryInSeconds: 1 });
  });

  it("and says so: the cause is shown, and the player is back when it is", () => {
    makeWorld().startServer();
    const ada = world.addPlayer("Ada");
    const bob = world.addPlayer("Bob");
    world.runUntil("both play", () => ada.client.remotes.count === 1 && bob.client.remotes.count === 1);
    world.stopServer(true);
    world.runFor(200);
    expect(ada.client.connection.state).toMatchObject({
      kind: "reconnecting",
      wasIn: true,
      cause: expect.stringContaining("shutting down"),
    });
    expect(ada.client.own.present).toBe(false);
    expect(ada.client.remotes.count).toBe(0);
    world.runFor(10_000);
    world.startServer();
    world.runUntil("both play again", () => ada.client.remotes.count === 1 && bob.client.remotes.count === 1, 30_000);
    ada.input.moveZ = -1;
    world.runFor(1000);
    ada.input.moveZ = 0;
    world.runFor(1000);
    expect(ada.client.telemetry.corrections).toBe(0);
    expect(ada.client.own.z).toBeCloseTo(world.truth(ada).z, 3);
  });

  it("without a word: noticed within some seconds of silence, and the player is back when it is", () => {
    makeWorld().startServer();
    const ada = world.addPlayer("Ada");
    world.runUntil("Ada plays", () => ada.client.own.present);
    world.runFor(10_000);
    const kinds = watchKinds(ada);
    world.stopServer(false);
    world.runFor(4000);
    expect(kind(ada)).toBe("playing");
    world.runFor(2000);
    expect(kinds[0]).toBe("reconnecting");
    world.startServer();
    world.runUntil("Ada plays again", () => ada.client.own.present, 30_000);
    expect(kinds.at(-1)).toBe("playing");
  });

  it("while the link alone is down: the name that the server still holds is asked for again", () => {
    makeWorld().startServer();
    const ada = world.addPlayer("Ada");
    world.runUntil("Ada plays", () => ada.client.own.present);
    world.runFor(6000);
    const lostEntityId = ada.client.own.entityId;
    const causes = new Set<string>();
    ada.onFrame = () => {
      const { state } = ada.client.connection;
      if (state.kind === "reconnecting") causes.add(state.cause);
    };
    world.changeLink({ lossRate: 0.9999 });
    world.runUntil("Ada notices", () => kind(ada) !== "playing", 10_000);
    world.changeLink({ lossRate: 0 });
    expect(world.server?.players).toHaveLength(1);
    world.runUntil("Ada plays again", () => ada.client.own.present, 40_000);
    expect(world.server?.players).toHaveLength(1);
    expect(ada.client.own.entityId).not.toBe(lostEntityId);
    expect([...causes].join(" ")).toContain("still holds the name");
  });
});
