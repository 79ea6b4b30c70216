import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Capability, OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import { createAction } from "../../scripts/protocol/create-messages.ts";
import type { Action } from "../../scripts/protocol/messages.ts";
import { PROTOCOL_MAJOR, PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import { placeMoveState } from "../../scripts/simulation/move-state.ts";
import { decodeZone, encodeZone } from "../../scripts/simulation/zone-file.ts";
import { LoopbackNetwork } from "../../scripts/transport/loopback-network.ts";
import type { Transport } from "../../scripts/transport/transport.ts";
import { ZoneServer } from "../../server/zone/zone-server.ts";
import { createSeededRandom } from "../fixtures/seeded-random.ts";
import { createTestZone, FLAT_HEIGHT_METERS } from "../fixtures/test-zone.ts";
import { RawClient } from "./raw-client.ts";

const ADDRESS = "127.0.0.1:7777";
const ZONE_BYTES = encodeZone(createTestZone());
const TICK_MS = 1000 / 60;
/** Longer than anything waits here. */
const LONG_MS = 1_500;

let nowMs: number;
let network: LoopbackNetwork;
let serverTransport: Transport;
let server: ZoneServer;
let clients: RawClient[];
/** Tick of the newest command of each, and whether it goes on giving them. */
let commands: Map<RawClient, { tick: number; goesOn: boolean }>;

beforeEach(() => {
  nowMs = 0;
  network = new LoopbackNetwork({ nowMs: () => nowMs });
  serverTransport = network.createTransport();
  serverTransport.listen(ADDRESS);
  const decoded = decodeZone(ZONE_BYTES);
  if (!decoded.ok) throw new Error(decoded.reason);
  clients = [];
  commands = new Map();
  server = new ZoneServer({
    transport: serverTransport,
    zone: decoded.zone,
    nowMs: () => nowMs,
    random: createSeededRandom(1),
    maxPlayers: 3,
    log: () => {},
  });
});

afterEach(() => {
  for (const { transport } of clients) transport.dispose();
  serverTransport.dispose();
});

/** A command a tick from everybody who is in; `eachMs` runs a thousand times a second. */
function run(ms: number, eachMs: () => void = () => {}): void {
  const endMs = nowMs + ms;
  while (nowMs < endMs) {
    nowMs += 1;
    eachMs();
    for (const [client, given] of commands) {
      if (!given.goesOn || Math.floor(nowMs / TICK_MS) === Math.floor((nowMs - 1) / TICK_MS)) continue;
      given.tick += 1;
      client.input([{ tick: given.tick, moveX: 0, moveZ: 0, yaw: 0, pitch: 0, buttons: 0 }], server.serverTick);
    }
    server.advance();
    for (const client of clients) client.poll();
  }
}

function join(name: string, capabilities: readonly string[] = OWN_CAPABILITIES, minor = PROTOCOL_MINOR): RawClient {
  const client = new RawClient(network.createTransport(), ADDRESS);
  clients.push(client);
  run(60);
  client.hello(name, PROTOCOL_MAJOR, minor, [...capabilities]);
  run(60);
  commands.set(client, { tick: 100, goesOn: true });
  return client;
}

function playerOf(client: RawClient) {
  const player = server.players.find(({ entityId }) => entityId === client.decoder.helloAck.entityId);
  if (player === undefined) throw new Error("that client does not play");
  return player;
}

function newestTick(client: RawClient): number {
  return commands.get(client)?.tick ?? 0;
}

/** Ada, and Ben whom she can reach. */
function duel(): [RawClient, RawClient] {
  const ada = join("Ada");
  const ben = join("Ben");
  placeMoveState(playerOf(ada).state, { x: 100, y: FLAT_HEIGHT_METERS, z: 400, yaw: 0 });
  placeMoveState(playerOf(ben).state, { x: 100, y: FLAT_HEIGHT_METERS, z: 398, yaw: 0 });
  run(1_000);
  return [ada, ben];
}

let nextId = 1;
beforeEach(() => {
  nextId = 1;
});

/** A strike that is right in everything: at Ben, now, as he is seen now. */
function strike(ada: RawClient, ben: RawClient, changes: Partial<Action> = {}): Action {
  const action: Action = {
    ...createAction(),
    actionId: nextId++,
    kind: "strike",
    tick: newestTick(ada),
    viewTick: server.serverTick - 6,
    targetEntityId: ben.decoder.helloAck.entityId,
    ...changes,
  };
  ada.action(action);
  return action;
}

function outcomes(client: RawClient): string[] {
  return client.results.map(({ outcome }) => outcome);
}

describe("an action that makes no sense", () => {
  it.each<[string, (ada: RawClient) => Partial<Action>, string]>([
    ["nobody has that id", () => ({ targetEntityId: 99 }), "no_such_target"],
    ["nobody has the highest id", () => ({ targetEntityId: 0xffff_ffff }), "no_such_target"],
    ["it is oneself", (ada) => ({ targetEntityId: ada.decoder.helloAck.entityId }), "self"],
    ["a kind that is none", () => ({ kind: "none" }), "unknown_action"],
    ["a tick far in the future", () => ({ tick: 0xffff_ffff }), "too_far_ahead"],
    ["a tick just beyond what the queue keeps", (ada) => ({ tick: newestTick(ada) + 200 }), "too_far_ahead"],
    ["a tick for which no command comes", (ada) => ({ tick: newestTick(ada) + 120 }), "no_command"],
    ["the first tick of all", () => ({ tick: 1 }), "too_late"],
    ["a tick 31 commands ago", (ada) => ({ tick: newestTick(ada) - 33 }), "too_late"],
  ])("is refused, once, and counted: %s", (_what, changes, outcome) => {
    const [ada, ben] = duel();
    strike(ada, ben, changes(ada));
    run(LONG_MS);
    expect(outcomes(ada)).toEqual([outcome]);
    expect(server.counters).toMatchObject({ actionsRefused: 1, actionsHit: 0, actionsMissed: 0, malformed: 0 });
    expect(ben.events).toEqual([]);
    // And does not stand in the way of the next one.
    strike(ada, ben);
    run(LONG_MS);
    expect(outcomes(ada)).toEqual([outcome, "hit"]);
  });

  it("is unexpected from those with whom actions were not agreed", () => {
    const ada = join("Ada", [Capability.sequenced]);
    const old = join("Old", OWN_CAPABILITIES, 2);
    run(500);
    strike(ada, old);
    strike(old, ada);
    run(LONG_MS);
    expect([...ada.results, ...old.results]).toEqual([]);
    expect(server.counters).toMatchObject({ unexpected: 2, actionsRefused: 0 });
  });

  it("of one who gives no commands waits, and not for ever", () => {
    const [ada, ben] = duel();
    const given = commands.get(ada);
    if (given === undefined) throw new Error("Ada gives commands");
    given.goesOn = false;
    strike(ada, ben, { tick: given.tick + 1 });
    run(500);
    expect(ada.results).toEqual([]);
    run(500);
    expect(outcomes(ada)).toEqual(["no_command"]);
  });

  it("waits for its command, and is judged where that leaves the attacker", () => {
    const [ada, ben] = duel();
    strike(ada, ben, { tick: newestTick(ada) + 10 });
    run(100);
    expect(ada.results).toEqual([]);
    // In the meantime she turns away: commands of this test look to -z, so Ben is put behind her.
    placeMoveState(playerOf(ada).state, { x: 100, y: FLAT_HEIGHT_METERS, z: 396.5, yaw: 0 });
    run(500);
    expect(outcomes(ada)).toEqual(["out_of_arc"]);
  });
});

describe("claims of what was seen", () => {
  it("from the far past are worth 400 ms, favour the target, and are counted", () => {
    const [ada, ben] = duel();
    // Ben was in reach until a second ago.
    placeMoveState(playerOf(ben).state, { x: 100, y: FLAT_HEIGHT_METERS, z: 380, yaw: 0 });
    run(1_000);
    strike(ada, ben, { viewTick: server.serverTick - 70 });
    run(LONG_MS);
    expect(ada.results).toMatchObject([{ outcome: "out_of_range", favouredTarget: true, rewoundMs: 400 }]);
    expect(server.counters).toMatchObject({ viewsImplausible: 1, targetsFavoured: 1 });
    strike(ada, ben, { viewTick: 0 });
    run(LONG_MS);
    expect(ada.results[1]).toMatchObject({ outcome: "out_of_range", favouredTarget: true, rewoundMs: 400 });
    expect(server.counters).toMatchObject({ viewsImplausible: 2, targetsFavoured: 2 });
  });

  it("gain a cheat what happened 400 ms ago, and not a tick more", () => {
    for (const [agoMs, outcome] of [
      [300, "hit"],
      [450, "out_of_range"],
    ] as const) {
      const [ada, ben] = duel();
      placeMoveState(playerOf(ben).state, { x: 100, y: FLAT_HEIGHT_METERS, z: 380, yaw: 0 });
      run(agoMs);
      strike(ada, ben, { viewTick: server.serverTick - 60 });
      run(LONG_MS);
      expect(ada.results.at(-1)?.outcome, `${agoMs} ms ago`).toBe(outcome);
      for (const client of [ada, ben]) client.transport.dispose();
      run(11_000);
    }
  });

  it("from the future are judged by the present, and counted", () => {
    const [ada, ben] = duel();
    strike(ada, ben, { viewTick: 0xffff_ffff, viewFraction: 255 });
    run(LONG_MS);
    expect(ada.results).toMatchObject([{ outcome: "hit", rewoundMs: 0, favouredTarget: false }]);
    expect(server.counters.viewsImplausible).toBe(1);
  });
});

describe("targets that go", () => {
  it.each([true, false])("are gone, with or without a goodbye (%s), and nobody falls over it", (politely) => {
    const [ada, ben] = duel();
    commands.delete(ben);
    if (politely)
      ben.raw(ben.encoder.encodeBye({ ...ben.header, sequence: ben.header.sequence + 1 }, { reasonCode: "left" }));
    ben.transport.dispose();
    clients = clients.filter((client) => client !== ben);
    run(politely ? 100 : 12_000);
    expect(server.players).toHaveLength(1);
    strike(ada, ben);
    run(LONG_MS);
    expect(outcomes(ada)).toEqual(["target_gone"]);
  });

  it("leave no trace in the one who takes their place", () => {
    const [ada, ben] = duel();
    commands.delete(ben);
    ben.transport.dispose();
    clients = clients.filter((client) => client !== ben);
    run(11_000);
    const cleo = join("Cleo");
    placeMoveState(playerOf(cleo).state, { x: 100, y: FLAT_HEIGHT_METERS, z: 380, yaw: 0 });
    run(34);
    // Seen long before she came: she is looked at where she first was, not where Ben stood.
    strike(ada, cleo, { viewTick: server.serverTick - 20 });
    run(LONG_MS);
    expect(outcomes(ada)).toEqual(["out_of_range"]);
  });
});

describe("a flood", () => {
  it("of a thousand new actions a second is refused, hardly answered, and does not touch the player's input", () => {
    const [ada, ben] = duel();
    const before = { ...server.counters };
    run(5_000, () => strike(ada, ben));
    run(500);
    const after = server.counters;
    const decided = after.actionsHit + after.actionsMissed + after.actionsRefused;
    // 8 at once and 8 a second are looked at, and of these one in 0.8 s is done.
    expect(decided).toBeLessThanOrEqual(8 + 5 * 8);
    expect(after.actionsHit).toBeGreaterThanOrEqual(5);
    expect(after.actionsHit).toBeLessThanOrEqual(7);
    expect(after.actionsRateLimited + decided).toBe(5_000);
    expect(ada.results.length).toBeLessThanOrEqual(decided + 6);
    expect(ben.events).toHaveLength(after.actionsHit);
    // Every command was run, in its tick.
    expect(after.commandsExecuted - before.commandsExecuted).toBeGreaterThanOrEqual(2 * 5 * 60);
    expect(after).toMatchObject({ commandsPassedOver: 0, playerTicksLost: before.playerTicksLost, malformed: 0 });
    expect(after.commandsLate).toBe(before.commandsLate);
    expect(server.players).toHaveLength(2);
    // And when it is over, she fights on.
    run(1_500);
    strike(ada, ben);
    run(500);
    expect(outcomes(ada).at(-1)).toBe("hit");
  });

  it("of one action, doubled and in any order, is one action", () => {
    const [ada, ben] = duel();
    const first = strike(ada, ben);
    const second = strike(ada, ben, { tick: first.tick + 60 });
    for (let copy = 0; copy < 50; copy += 1) ada.action(copy % 2 === 0 ? second : first);
    run(2_500, () => ada.action(first));
    run(100);
    expect(ada.results.map(({ actionId, outcome }) => [actionId, outcome])).toEqual([
      [first.actionId, "hit"],
      [second.actionId, "no_command"],
    ]);
    expect(server.counters.actionsKnown).toBe(50 + 2_500);
  });
});
