import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Capability } from "../../scripts/protocol/capability.ts";
import { MessageEncoder } from "../../scripts/protocol/message-encoder.ts";
import { type InputCommand, MAX_COMMANDS_PER_INPUT, MessageType } from "../../scripts/protocol/messages.ts";
import { PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import { SPRINT_SPEED } from "../../scripts/simulation/constants.ts";
import { decodeZone, encodeZone } from "../../scripts/simulation/zone-file.ts";
import { LoopbackNetwork } from "../../scripts/transport/loopback-network.ts";
import { Delivery, type Transport } from "../../scripts/transport/transport.ts";
import { ZoneServer } from "../../server/zone/zone-server.ts";
import { createSeededRandom } from "../fixtures/seeded-random.ts";
import { createTestZone } from "../fixtures/test-zone.ts";
import { RawClient } from "./raw-client.ts";

const ADDRESS = "127.0.0.1:7777";
const ZONE_BYTES = encodeZone(createTestZone());

let nowMs: number;
let network: LoopbackNetwork;
let serverTransport: Transport;
let server: ZoneServer;
let clients: RawClient[];
let log: string[];

beforeEach(() => {
  nowMs = 0;
  network = new LoopbackNetwork({ nowMs: () => nowMs });
  serverTransport = network.createTransport();
  serverTransport.listen(ADDRESS);
  const decoded = decodeZone(ZONE_BYTES);
  if (!decoded.ok) throw new Error(decoded.reason);
  log = [];
  clients = [];
  server = new ZoneServer({
    transport: serverTransport,
    zone: decoded.zone,
    nowMs: () => nowMs,
    random: createSeededRandom(1),
    maxPlayers: 3,
    log: (line) => log.push(line),
  });
});

afterEach(() => {
  for (const { transport } of clients) transport.dispose();
  serverTransport.dispose();
});

function run(ms: number, eachMs: () => void = () => {}): void {
  const endMs = nowMs + ms;
  while (nowMs < endMs) {
    nowMs += 1;
    eachMs();
    server.advance();
    for (const client of clients) client.poll();
  }
}

function connect(): RawClient {
  const client = new RawClient(network.createTransport(), ADDRESS);
  clients.push(client);
  run(60);
  expect(client.open).toBe(true);
  return client;
}

function join(name: string): RawClient {
  const client = connect();
  client.hello(name);
  run(60);
  return client;
}

function forward(tick: number, more: Partial<InputCommand> = {}): InputCommand {
  return { tick, moveX: 0, moveZ: -127, yaw: 0, pitch: 0, buttons: 2, ...more };
}

describe("ZoneServer", () => {
  it("welcomes a player, then sends 20 snapshots a second", () => {
    const ada = join("Ada");
    expect(ada.received[0]).toBe(MessageType.helloAck);
    expect(ada.decoder.helloAck).toMatchObject({ zone: "test", tickRateHz: 60, snapshotRateHz: 20 });
    const before = ada.count(MessageType.snapshot);
    run(1000);
    expect(ada.count(MessageType.snapshot) - before).toBeGreaterThanOrEqual(19);
    expect(ada.count(MessageType.snapshot) - before).toBeLessThanOrEqual(21);
  });

  it("tells each player who is here, who comes and who goes", () => {
    const ada = join("Ada");
    const grace = join("Grace");
    const adaId = ada.decoder.helloAck.entityId;
    const graceId = grace.decoder.helloAck.entityId;
    expect(grace.presences[0]?.joined).toEqual([
      { entityId: graceId, name: "Grace" },
      { entityId: adaId, name: "Ada" },
    ]);
    expect(ada.presences.at(-1)?.joined).toEqual([{ entityId: graceId, name: "Grace" }]);
    expect(ada.decoder.snapshot.entityCount).toBe(1);
    grace.transport.close(grace.connection, 0, "gone");
    run(200);
    expect(ada.presences.at(-1)?.left).toEqual([graceId]);
    expect(ada.decoder.snapshot.entityCount).toBe(0);
  });

  it.each([
    ["", "name_invalid"],
    ["   ", "name_invalid"],
    ["a\u0007b", "name_invalid"],
    ["ADA", "name_taken"],
  ])("refuses the name %j with %s and a trace id that its log has too", (name, reasonCode) => {
    join("Ada");
    const other = join(name);
    expect(other.rejected).toMatchObject({ reasonCode, traceId: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(other.closed?.detail).toBe(reasonCode);
    expect(log.join("\n")).toContain(other.rejected?.traceId ?? "no trace id");
    expect(server.players.length).toBe(1);
  });

  it("logs the trace id of every refusal, also of many at once", () => {
    const refused = [connect(), connect(), connect()];
    for (const client of refused) client.hello("");
    run(60);
    const logged = log.join("\n");
    for (const { rejected } of refused) expect(logged).toContain(rejected?.traceId ?? "no trace id");
    expect(server.counters.connections).toBe(0);
  });

  it("refuses another major version in words", () => {
    const future = connect();
    future.hello("Ada", 9);
    run(60);
    expect(future.rejected?.reasonCode).toBe("version_mismatch");
    expect(future.rejected?.detail).toContain(`9.${PROTOCOL_MINOR}`);
  });

  it("recognises a packet of another major version by its header alone", () => {
    const future = connect();
    future.sequencer.next(future.header);
    const hello = { protocolMajor: 2, protocolMinor: 0, playerName: "Ada", clientBuild: "test" };
    const packet = future.encoder.encodeHello(future.header, hello).slice();
    packet[4] = 2;
    future.raw(packet);
    run(60);
    expect(future.rejected?.reasonCode).toBe("version_mismatch");
  });

  it("says server_full to the one too many, and takes somebody when there is room again", () => {
    const [ada] = ["Ada", "Grace", "Edsger"].map(join);
    const barbara = join("Barbara");
    expect(barbara.rejected?.reasonCode).toBe("server_full");
    ada?.transport.close(ada.connection, 0, "");
    run(100);
    expect(join("Barbara").received[0]).toBe(MessageType.helloAck);
  });

  it("shows a newcomer that never says Hello the door", () => {
    const silent = connect();
    run(6000);
    expect(silent.rejected?.reasonCode).toBe("timeout");
    expect(silent.closed).toBeDefined();
  });

  it("[P53] answers everybody in the codec of their own Hello, whoever spoke last", () => {
    const silent = connect();
    run(3000);
    const old = connect();
    const hello = { protocolMajor: 1, protocolMinor: PROTOCOL_MINOR, playerName: "Old", clientBuild: "test" };
    old.raw(new MessageEncoder().legacy.encodeHello(old.header, hello), Delivery.reliable);
    run(3000);
    expect(old.decoder.helloAck.capabilities).toEqual([Capability.legacy]);
    expect(old.decoder.codec).toBe(Capability.legacy);
    expect(silent.rejected?.reasonCode).toBe("timeout");
    expect(silent.decoder.codec).toBe(Capability.sequenced);
  });

  it("gives up a player of whom nothing is heard", () => {
    const ada = join("Ada");
    network.unplug(ada.transport);
    run(11_000);
    expect(server.players.length).toBe(0);
  });

  it("counts and drops garbage, logs it at most once a second, and closes when it does not stop", () => {
    const ada = join("Ada");
    const vandal = connect();
    const random = createSeededRandom(7);
    for (let n = 0; n < 20; n += 1) {
      vandal.raw(Uint8Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)));
    }
    run(100);
    expect(server.counters.malformed).toBe(20);
    expect(log.filter((line) => line.includes("dropped")).length).toBe(1);
    expect(vandal.closed).toBeUndefined();
    for (let n = 0; n < 20; n += 1) vandal.raw(new Uint8Array(8));
    run(100);
    expect(vandal.rejected?.reasonCode).toBe("malformed");
    expect(ada.closed).toBeUndefined();
  });

  it("drops packets of another session", () => {
    const ada = join("Ada");
    ada.sequencer.reset((ada.decoder.helloAck.sessionEpoch % 0xffff) + 1);
    ada.input([forward(1)]);
    run(100);
    expect(server.counters.wrongEpoch).toBe(1);
    expect(server.counters.commandsExecuted).toBe(0);
  });

  it("executes a command once, however often it comes", () => {
    const ada = join("Ada");
    for (let n = 0; n < 5; n += 1) ada.input([forward(1), forward(2)]);
    run(200);
    expect(server.counters.commandsExecuted).toBe(2);
    expect(ada.decoder.snapshot.ackInputTick).toBe(2);
  });

  it("lets nobody move faster than time, however many commands come", () => {
    const ada = join("Ada");
    const start = { ...ada.decoder.snapshot.own };
    let tick = 1;
    run(2000, () => {
      ada.input(Array.from({ length: MAX_COMMANDS_PER_INPUT }, () => forward(tick++)));
      // Ten times too many; the numbering must not run away from what the server can hold.
      tick = Math.min(tick, ada.decoder.snapshot.ackInputTick + 100);
    });
    const { own } = ada.decoder.snapshot;
    const meters = Math.hypot(own.x - start.x, own.z - start.z) / 1024;
    // Two seconds and the half second of time bank that a late player may catch up.
    expect(meters).toBeGreaterThan(SPRINT_SPEED);
    expect(meters).toBeLessThan(SPRINT_SPEED * 2.6);
  });

  it("goes on after a stall without running all the ticks that it missed", () => {
    join("Ada");
    const before = server.serverTick;
    nowMs += 10_000;
    server.advance();
    expect(server.serverTick - before).toBeLessThan(10);
    expect(server.counters.ticksDropped).toBeGreaterThan(500);
    run(1000);
    expect(server.serverTick - before).toBeGreaterThan(58);
  });

  it("says goodbye to everyone when it stops", () => {
    const ada = join("Ada");
    server.stop();
    run(50);
    expect(ada.bye).toBe("shutting_down");
    expect(ada.closed?.cause).toBe("remote");
  });
});
