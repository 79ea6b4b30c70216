import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { GnsTransport, type GnsTransportOptions } from "../../../scripts/transport/gns-transport.ts";
import { type ConnectionId, Delivery } from "../../../scripts/transport/transport.ts";
import { RecordingPeer } from "./recording-peer.ts";
import { describeTransportContract } from "./transport-contract.ts";

describeTransportContract("GnsTransport", () => ({
  create: () => new GnsTransport({ connectTimeoutMs: 400 }),
  createPatient: () => new GnsTransport({ connectTimeoutMs: 20_000 }),
  pass: () => sleep(3),
  silentAddress: "127.0.0.1:9",
}));

describe("GnsTransport", () => {
  const transports: GnsTransport[] = [];

  function makeTransport(options: GnsTransportOptions = {}): GnsTransport {
    const transport = new GnsTransport(options);
    transports.push(transport);
    return transport;
  }

  async function until(condition: () => boolean, ...peers: RecordingPeer[]): Promise<void> {
    for (let pass = 0; pass < 20_000; pass++) {
      for (const peer of peers) {
        peer.transport.poll(peer);
        peer.transport.flush();
      }
      if (condition()) return;
      await sleep(3);
    }
    throw new Error("the condition did not come true");
  }

  async function makePair(serverOptions: GnsTransportOptions = {}, clientOptions: GnsTransportOptions = {}) {
    const serverTransport = makeTransport(serverOptions);
    const server = new RecordingPeer(serverTransport);
    const clientTransport = makeTransport(clientOptions);
    const client = new RecordingPeer(clientTransport);
    const near = clientTransport.connect(serverTransport.listen("127.0.0.1:0"));
    await until(() => client.opened.length === 1 && server.opened.length === 1, server, client);
    return { server, client, serverTransport, clientTransport, near, far: server.opened[0] as ConnectionId };
  }

  afterEach(() => {
    for (const transport of transports.splice(0)) transport.dispose();
  });

  test("an address of another machine is invalid, with the reason", () => {
    expect(() => makeTransport().listen("192.0.2.1:0")).toThrow(
      expect.objectContaining({
        reason: "address_invalid",
        message: expect.stringContaining("no address of this machine"),
      }),
    );
  });

  test("a port taken by any program is named, with the way to choose another", async () => {
    const { createSocket } = await import("node:dgram");
    const socket = createSocket("udp4");
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    const { port } = socket.address();
    try {
      expect(() => makeTransport().listen(`127.0.0.1:${port}`)).toThrow(
        expect.objectContaining({
          reason: "address_in_use",
          message: expect.stringMatching(new RegExp(`${port}.*--port N`)),
        }),
      );
    } finally {
      socket.close();
    }
  });

  test("a name that does not exist is unreachable", async () => {
    const client = new RecordingPeer(makeTransport());
    const connection = client.transport.connect("no-such-host.invalid:7777");
    await until(() => client.closed.length === 1, client);
    expect(client.closed[0]).toMatchObject({ connection, cause: "unreachable" });
    expect(client.closed[0]?.detail).toContain("no-such-host.invalid");
  });

  test("a transport disposed of while a name is looked up stays quiet", async () => {
    const client = new RecordingPeer(makeTransport());
    client.transport.connect("no-such-host.invalid:7777");
    client.transport.dispose();
    await sleep(50);
    client.transport.poll(client);
    expect(client.closed).toEqual([]);
  });

  test("more than one buffer of messages arrives whole and in order", async () => {
    const server = new RecordingPeer(makeTransport());
    const address = server.transport.listen("127.0.0.1:0");
    // Well below what a busy machine can send: the library sends all that the rates allow before it receives again, and repeats what nobody acks.
    const client = new RecordingPeer(makeTransport({ sendRateBytesPerSecond: 256 * 1024 }));
    const connections = Array.from({ length: 8 }, () => client.transport.connect(address));
    await until(() => client.opened.length === 8 && server.opened.length === 8, server, client);
    for (const connection of connections) {
      for (let index = 0; index < 4; index++) {
        const bytes = new Uint8Array(120_000 + index).fill(index);
        expect(client.send(connection, bytes, Delivery.reliable)).toBe(true);
      }
    }
    // 3.8 MB pile up before the server looks once.
    await until(() => connections.every((connection) => isIdle(client, connection)), client);
    await until(() => server.messages.length >= 32, server);
    expect(server.messages).toHaveLength(32);
    for (const connection of server.opened) {
      const own = server.messages.filter((message) => message.connection === connection);
      expect(own.map((message) => [message.bytes[0], message.bytes.length])).toEqual(
        [0, 1, 2, 3].map((index) => [index, 120_000 + index]),
      );
    }
  });

  test("too much unreliable traffic is shed, what is reliable still arrives", async () => {
    const { server, client, serverTransport, far } = await makePair({ sendRateBytesPerSecond: 20_000 });
    const snapshot = new Uint8Array(1000);
    let refused = 0;
    for (let tick = 0; tick < 400; tick++) {
      if (!server.send(far, snapshot, Delivery.unreliable)) refused++;
      server.transport.flush();
    }
    expect(refused).toBeGreaterThan(200);
    const waiting = { rttMs: 0, inBytesPerSecond: 0, outBytesPerSecond: 0, pendingBytes: 0 };
    server.transport.statistics(far, waiting);
    expect(waiting.pendingBytes).toBeLessThan(90_000);
    expect(serverTransport.counters().messagesShed).toBeGreaterThan(0);
    expect(server.send(far, Uint8Array.of(77), Delivery.reliable)).toBe(true);
    await until(() => client.messages.some((message) => message.bytes[0] === 77), server, client);
    await until(() => server.send(far, snapshot, Delivery.unreliable), server, client);
  });

  test("large batches, one right after the other, arrive whole and each message at its own connection", async () => {
    const server = new RecordingPeer(makeTransport());
    const client = new RecordingPeer(makeTransport());
    const address = server.transport.listen("127.0.0.1:0");
    for (let index = 0; index < 8; index++) client.transport.connect(address);
    await until(() => server.opened.length === 8 && client.opened.length === 8, server, client);
    for (let batch = 0; batch < 5; batch++) {
      for (const [index, far] of server.opened.entries()) {
        for (let n = 0; n < 8; n++)
          expect(server.send(far, Uint8Array.of(index, batch, n), Delivery.unreliable)).toBe(true);
        expect(server.send(far, Uint8Array.of(index, batch, 8), Delivery.reliable)).toBe(true);
      }
      server.transport.flush();
    }
    await until(() => client.messages.length >= 8 * 5 * 9, client);
    const told = client.messages.map(({ connection, bytes }) => `${connection} ${bytes.join()}`);
    expect(new Set(told).size).toBe(8 * 5 * 9);
    const owners = new Map(client.messages.map(({ connection, bytes }) => [connection, bytes[0]]));
    expect(new Set(owners.values()).size).toBe(8);
    for (const { connection, bytes } of client.messages) expect(bytes[0]).toBe(owners.get(connection));
  });

  test("what the library does not take of a large batch is counted, and its connection gets no more for now", async () => {
    const { server, serverTransport, far } = await makePair({
      sendRateBytesPerSecond: 20_000,
      sendBufferBytes: 60_000,
    });
    for (let n = 0; n < 25; n++) server.send(far, new Uint8Array(10_000), Delivery.unreliable);
    // The batch is told of by the flush after it, as soon as it has been sent.
    await until(() => serverTransport.counters().messagesFailed > 0, server);
    expect(serverTransport.counters().messagesFailed).toBeGreaterThan(15);
    expect(server.send(far, new Uint8Array(10), Delivery.unreliable)).toBe(false);
  });

  test("an address that asks too often is refused, others of its connections live on", async () => {
    const transport = makeTransport({
      connectionRate: { perSecond: 0, burst: 3, limitLoopback: true },
      nowMs: () => 0,
    });
    const server = new RecordingPeer(transport);
    const client = new RecordingPeer(makeTransport());
    const address = server.transport.listen("127.0.0.1:0");
    for (let index = 0; index < 5; index++) client.transport.connect(address);
    await until(() => client.opened.length === 3 && client.closed.length === 2, server, client);
    expect(client.closed.map((closed) => closed.cause)).toEqual(["refused", "refused"]);
    expect(client.closed[0]?.detail).toContain("too many connections");
    expect(server.asked).toHaveLength(3);
    expect(transport.counters().connectionsLimited).toBe(2);
  });

  test("a full send buffer is reported", async () => {
    const { server, far } = await makePair({ sendRateBytesPerSecond: 20_000, sendBufferBytes: 600_000 });
    const large = new Uint8Array(200_000);
    let taken = 0;
    // What leaves meanwhile, while this process waits for the processor, makes room again.
    while (taken < 50 && server.send(far, large, Delivery.reliable)) taken += 1;
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(50);
  });

  test("the system's buffers of a listening socket are raised", async () => {
    const { serverTransport } = await makePair();
    expect(serverTransport.counters().socketBufferBytes).toBeGreaterThan(0);
  });
});

function isIdle(peer: RecordingPeer, connection: ConnectionId): boolean {
  const out = { rttMs: 0, inBytesPerSecond: 0, outBytesPerSecond: 0, pendingBytes: 1 };
  return peer.transport.statistics(connection, out) && out.pendingBytes === 0;
}
