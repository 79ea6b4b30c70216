import { afterEach, describe, expect, test } from "vitest";
import { type ConnectionId, Delivery, ListenError, type Transport } from "../../../scripts/transport/transport.ts";
import { RecordingPeer } from "./recording-peer.ts";

/** What the suite needs to know about an implementation. */
export interface TransportFixture {
  create(): Transport;
  /** One that waits for long until a connection is open: with hundreds at once, each takes its time. */
  createPatient?(): Transport;
  /** Lets a few milliseconds pass, real or virtual. */
  pass(): Promise<void>;
  /** Nobody listens there. */
  silentAddress: string;
}

const MAX_PASSES = 20_000;
const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text);

/** What every `Transport` must do, whatever carries it. */
export function describeTransportContract(name: string, makeFixture: () => TransportFixture): void {
  describe(`${name} keeps the transport contract`, () => {
    let fixture = makeFixture();
    let peers: RecordingPeer[] = [];

    function makePeer(transport = fixture.create()): RecordingPeer {
      const peer = new RecordingPeer(transport);
      peers.push(peer);
      return peer;
    }

    async function until(condition: () => boolean, what: string): Promise<void> {
      for (let pass = 0; pass < MAX_PASSES; pass++) {
        for (const peer of peers) peer.transport.poll(peer);
        for (const peer of peers) peer.transport.flush();
        if (condition()) return;
        await fixture.pass();
      }
      throw new Error(`did not happen: ${what}`);
    }

    async function settle(passes = 20): Promise<void> {
      let left = passes;
      await until(() => left-- === 0, "nothing");
    }

    async function makePair(): Promise<{
      server: RecordingPeer;
      client: RecordingPeer;
      address: string;
      near: ConnectionId;
      far: ConnectionId;
    }> {
      const server = makePeer();
      const client = makePeer();
      const address = server.transport.listen("127.0.0.1:0");
      const near = client.transport.connect(address);
      await until(() => client.opened.length === 1 && server.opened.length === 1, "both sides open");
      return { server, client, address, near, far: server.opened[0] as ConnectionId };
    }

    afterEach(() => {
      for (const peer of peers) peer.transport.dispose();
      peers = [];
      fixture = makeFixture();
    });

    test("a free port is chosen and named", () => {
      expect(makePeer().transport.listen("127.0.0.1:0")).toMatch(/^127\.0\.0\.1:[1-9]\d*$/);
      expect(makePeer().transport.listen("[::1]:0")).toMatch(/^\[::1\]:[1-9]\d*$/);
    });

    test("connect, accept, open on both sides", async () => {
      const { server, client, address, near } = await makePair();
      expect(client.opened).toEqual([near]);
      expect(client.addresses).toEqual([address]);
      expect(client.asked).toEqual([]);
      expect(server.asked).toEqual(server.addresses);
      expect(server.asked[0]).toMatch(/^127\.0\.0\.1:\d+$/);
    });

    test("nothing is told outside poll", async () => {
      const server = makePeer();
      const client = makePeer();
      client.transport.connect(server.transport.listen("127.0.0.1:0"));
      for (let pass = 0; pass < 20; pass++) await fixture.pass();
      expect(server.asked).toEqual([]);
      await until(() => client.opened.length === 1, "client open");
    });

    test("localhost is a name that everybody knows", async () => {
      const server = makePeer();
      const client = makePeer();
      const port = server.transport.listen("localhost:0").split(":").at(-1);
      client.transport.connect(`localhost:${port}`);
      await until(() => client.opened.length === 1, "client open");
    });

    test("[::] takes IPv4 and IPv6", async () => {
      const server = makePeer();
      const port = server.transport.listen("[::]:0").split(":").at(-1);
      const four = makePeer();
      const six = makePeer();
      four.transport.connect(`127.0.0.1:${port}`);
      six.transport.connect(`[::1]:${port}`);
      await until(() => four.opened.length === 1 && six.opened.length === 1, "both open");
    });

    test("a refused client hears so, the server nothing more", async () => {
      const server = makePeer();
      const client = makePeer();
      server.accepts = false;
      const connection = client.transport.connect(server.transport.listen("127.0.0.1:0"));
      await until(() => client.closed.length === 1, "client refused");
      await settle();
      expect(client.closed).toEqual([{ connection, cause: "refused", code: 0, detail: "refused" }]);
      expect(client.opened).toEqual([]);
      expect(server.opened).toEqual([]);
      expect(server.closed).toEqual([]);
    });

    test("an address without a server is unreachable", async () => {
      const client = makePeer();
      const connection = client.transport.connect(fixture.silentAddress);
      await until(() => client.closed.length === 1, "unreachable");
      expect(client.closed[0]).toMatchObject({ connection, cause: "unreachable", code: 0 });
      expect(client.closed[0]?.detail).toContain(fixture.silentAddress);
    });

    test.each([
      "",
      "nonsense",
      "127.0.0.1",
      "127.0.0.1:0",
      "127.0.0.1:70000",
      "[::1",
      "1.2.3:5",
      "a b:1",
      "[1.2.3.4]:5",
    ])("connecting to %j ends with an error, not an exception", async (address) => {
      const client = makePeer();
      const connection = client.transport.connect(address);
      await until(() => client.closed.length === 1, "closed");
      expect(client.closed[0]).toMatchObject({ connection, cause: "error" });
      expect(client.closed[0]?.detail).toContain("host:port");
    });

    test.each(["server", "client"])("code and text of a close by the %s reach the other side", async (closing) => {
      const { server, client, near, far } = await makePair();
      const detail = "goodbye, schöne Welt";
      if (closing === "server") server.transport.close(far, 42, detail);
      else client.transport.close(near, 42, detail);
      await until(() => server.closed.length === 1 && client.closed.length === 1, "both closed");
      const remote = { cause: "remote", code: 42, detail };
      const local = { cause: "local", code: 42, detail };
      expect(client.closed).toEqual([{ connection: near, ...(closing === "server" ? remote : local) }]);
      expect(server.closed).toEqual([{ connection: far, ...(closing === "server" ? local : remote) }]);
    });

    test.each([
      [-5, 0],
      [0, 0],
      [999, 999],
      [5000, 999],
      [Number.NaN, 0],
    ])("close code %d arrives as %d", async (code, expected) => {
      const { server, client, near } = await makePair();
      client.transport.close(near, code, "");
      await until(() => server.closed.length === 1, "closed");
      expect(server.closed[0]).toMatchObject({ cause: "remote", code: expected, detail: "" });
    });

    test("a long text is cut between characters, to 127 bytes", async () => {
      const { server, client, near } = await makePair();
      client.transport.close(near, 1, "é".repeat(200));
      await until(() => server.closed.length === 1, "closed");
      expect(server.closed[0]?.detail).toBe("é".repeat(63));
    });

    test("closing twice, or what never was, changes nothing", async () => {
      const { server, client, near } = await makePair();
      client.transport.close(near, 1, "first");
      client.transport.close(near, 2, "second");
      client.transport.close(123456789 as ConnectionId, 3, "nobody");
      await until(() => server.closed.length === 1, "closed");
      await settle();
      expect(client.closed).toEqual([{ connection: near, cause: "local", code: 1, detail: "first" }]);
      expect(server.closed).toHaveLength(1);
    });

    test("an attempt to connect can be given up", async () => {
      const client = makePeer();
      const connection = client.transport.connect(fixture.silentAddress);
      client.transport.close(connection, 5, "changed my mind");
      await until(() => client.closed.length === 1, "closed");
      await settle();
      expect(client.closed).toEqual([{ connection, cause: "local", code: 5, detail: "changed my mind" }]);
    });

    test("1000 reliable messages arrive once and in order", async () => {
      const { server, client, near } = await makePair();
      const sent = Array.from({ length: 1000 }, (_, index) => `message ${index}`);
      for (const text of sent) expect(client.send(near, bytesOf(text), Delivery.reliable)).toBe(true);
      await until(() => server.messages.length >= sent.length, "all messages");
      await settle();
      expect(server.texts()).toEqual(sent);
    });

    test("a reliable message of 200 KB arrives whole, both ways", async () => {
      const { server, client, near, far } = await makePair();
      const large = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 31) & 0xff);
      expect(client.send(near, large, Delivery.reliable)).toBe(true);
      expect(server.send(far, large, Delivery.reliable)).toBe(true);
      await until(() => server.messages.length === 1 && client.messages.length === 1, "both arrive");
      expect(server.messages[0]?.bytes).toEqual(large);
      expect(client.messages[0]?.bytes).toEqual(large);
    });

    test("an empty message is a message", async () => {
      const { server, client, near } = await makePair();
      expect(client.send(near, new Uint8Array(0), Delivery.reliable)).toBe(true);
      await until(() => server.messages.length === 1, "arrives");
      expect(server.messages[0]?.bytes).toHaveLength(0);
    });

    test.each([Delivery.reliable, Delivery.unreliable])(
      "a message above 512 KB is refused (delivery %d)",
      async (delivery) => {
        const { client, near } = await makePair();
        expect(client.send(near, new Uint8Array(512 * 1024 + 1), delivery)).toBe(false);
      },
    );

    test("unreliable messages arrive, and the sender may reuse its bytes at once", async () => {
      const { server, client, near } = await makePair();
      const bytes = new Uint8Array(40);
      for (let index = 0; index < 50; index++) {
        bytes.fill(index);
        expect(client.send(near, bytes, Delivery.unreliable)).toBe(true);
        await settle(1);
      }
      await until(() => server.messages.length >= 45, "most of the messages");
      for (const message of server.messages) {
        expect(message.bytes).toHaveLength(40);
        expect(new Set(message.bytes).size).toBe(1);
      }
    });

    test("what was sent reliably before a close still arrives, and before the news", async () => {
      const { server, client, far } = await makePair();
      const order: string[] = [];
      client.onEvent = (event) => order.push(event);
      for (let index = 0; index < 100; index++) server.send(far, new Uint8Array(2000).fill(index), Delivery.reliable);
      server.transport.close(far, 7, "bye");
      expect(server.send(far, bytesOf("too late"), Delivery.reliable)).toBe(false);
      await until(() => client.closed.length === 1, "closed");
      expect(client.messages.map((message) => message.bytes[0])).toEqual(Array.from({ length: 100 }, (_, i) => i));
      expect(order.at(-1)).toBe("closed");
      expect(client.closed[0]).toMatchObject({ cause: "remote", code: 7, detail: "bye" });
    });

    test("what was sent reliably before dispose still arrives", async () => {
      const { server, client, far } = await makePair();
      server.send(far, bytesOf("last words"), Delivery.reliable);
      server.transport.dispose();
      await until(() => client.closed.length === 1, "closed");
      expect(client.texts()).toEqual(["last words"]);
      expect(client.closed[0]).toMatchObject({ cause: "remote", code: 0 });
    });

    test("sending to what is not open gives false", async () => {
      const { server, client, near, far } = await makePair();
      const attempt = client.transport.connect(fixture.silentAddress);
      expect(client.send(attempt, bytesOf("early"), Delivery.reliable)).toBe(false);
      expect(client.send(987654321 as ConnectionId, bytesOf("nobody"), Delivery.unreliable)).toBe(false);
      server.transport.close(far, 0, "");
      await until(() => client.closed.some((closed) => closed.connection === near), "closed");
      expect(client.send(near, bytesOf("late"), Delivery.reliable)).toBe(false);
      expect(client.send(near, bytesOf("late"), Delivery.unreliable)).toBe(false);
    });

    test("statistics are known for open connections only", async () => {
      const { server, client, near, far } = await makePair();
      const out = { rttMs: -2, inBytesPerSecond: -2, outBytesPerSecond: -2, pendingBytes: -2 };
      expect(client.transport.statistics(near, out)).toBe(true);
      expect(out.rttMs).toBeGreaterThanOrEqual(-1);
      expect(out.inBytesPerSecond).toBeGreaterThanOrEqual(0);
      expect(out.outBytesPerSecond).toBeGreaterThanOrEqual(0);
      expect(out.pendingBytes).toBeGreaterThanOrEqual(0);
      expect(client.transport.statistics(far, out)).toBe(false);
      server.transport.close(far, 0, "");
      await until(() => client.closed.length === 1, "closed");
      expect(client.transport.statistics(near, out)).toBe(false);
      expect(server.transport.statistics(far, out)).toBe(false);
    });

    test("a taken port is named", () => {
      const address = makePeer().transport.listen("127.0.0.1:0");
      const port = address.split(":").at(-1) ?? "";
      let caught: unknown;
      try {
        makePeer().transport.listen(address);
      } catch (error) {
        caught = error;
      }
      expect(caught).toBeInstanceOf(ListenError);
      expect(caught).toMatchObject({ reason: "address_in_use" });
      expect(String(caught)).toContain(port);
    });

    test.each(["", "nonsense", "127.0.0.1", "127.0.0.1:99999", "no-such-host.invalid:1", "[::1"])(
      "listening on %j is refused with a reason",
      (address) => {
        const { transport } = makePeer();
        expect(() => transport.listen(address)).toThrow(expect.objectContaining({ reason: "address_invalid" }));
      },
    );

    test("a port is free again after dispose", async () => {
      const { server, client, address } = await makePair();
      server.transport.dispose();
      await until(() => client.closed.length === 1, "closed");
      client.transport.dispose();
      expect(makePeer().transport.listen(address)).toBe(address);
    });

    test("dispose twice, and calls after it, do no harm", async () => {
      const { server, client, near, far } = await makePair();
      client.transport.dispose();
      client.transport.dispose();
      expect(client.send(near, bytesOf("late"), Delivery.reliable)).toBe(false);
      client.transport.close(near, 1, "late");
      client.transport.flush();
      client.transport.poll(client);
      client.transport.connect(fixture.silentAddress);
      expect(() => client.transport.listen("127.0.0.1:0")).toThrow();
      await until(() => server.closed.length === 1, "server hears");
      expect(server.closed[0]).toMatchObject({ connection: far, cause: "remote" });
      expect(client.closed).toEqual([]);
    });

    test("two servers and two clients in one process do not see each other's traffic", async () => {
      const first = await makePair();
      const second = await makePair();
      first.client.send(first.near, bytesOf("for the first"), Delivery.reliable);
      second.client.send(second.near, bytesOf("for the second"), Delivery.reliable);
      await until(() => first.server.messages.length === 1 && second.server.messages.length === 1, "both arrive");
      expect(first.server.texts()).toEqual(["for the first"]);
      expect(second.server.texts()).toEqual(["for the second"]);
      first.server.transport.dispose();
      await until(() => first.client.closed.length === 1, "first closed");
      second.client.send(second.near, bytesOf("still here"), Delivery.reliable);
      await until(() => second.server.messages.length === 2, "second goes on");
      expect(second.client.closed).toEqual([]);
    });

    test("handlers may send, close and connect from inside poll", async () => {
      const server = makePeer();
      const client = makePeer();
      const address = server.transport.listen("127.0.0.1:0");
      client.onEvent = (event, connection) => {
        if (event === "open") client.send(connection, bytesOf("hello"), Delivery.reliable);
        if (event === "closed" && client.opened.length < 3) client.transport.connect(address);
      };
      server.onEvent = (event, connection) => {
        if (event === "message") server.transport.close(connection, 9, "enough");
      };
      client.transport.connect(address);
      await until(() => client.closed.length === 3 && server.closed.length === 3, "three rounds");
      expect(client.closed.map((closed) => closed.code)).toEqual([9, 9, 9]);
      expect(server.texts()).toEqual(["hello", "hello", "hello"]);
    });

    test("a close from inside onOpen or onConnecting is final", async () => {
      const server = makePeer();
      const clients = [makePeer(), makePeer()];
      server.onEvent = (event, connection) => {
        if (event === "connecting" && server.asked.length === 1) server.transport.close(connection, 3, "no");
        if (event === "open") server.transport.close(connection, 4, "changed");
      };
      const address = server.transport.listen("127.0.0.1:0");
      for (const client of clients) {
        client.transport.connect(address);
        await until(() => client.closed.length === 1, "client closed");
      }
      await settle();
      expect(clients.map((client) => client.closed[0])).toMatchObject([
        { cause: "remote", code: 3, detail: "no" },
        { cause: "remote", code: 4, detail: "changed" },
      ]);
      expect(server.closed.map((closed) => closed.cause)).toEqual(["local", "local"]);
    });

    test("messages to a connection that its handler closed are not delivered", async () => {
      const { server, client, near } = await makePair();
      server.onEvent = (event, connection) => {
        if (event === "message") server.transport.close(connection, 1, "one is enough");
      };
      for (let index = 0; index < 10; index++) client.send(near, bytesOf(`${index}`), Delivery.reliable);
      await until(() => client.closed.length === 1, "closed");
      await settle();
      expect(server.texts()).toEqual(["0"]);
    });

    test("a handler that throws loses no message", async () => {
      const { server, client, near } = await makePair();
      server.onEvent = (event) => {
        if (event === "message" && server.messages.length % 3 === 0) throw new Error("handler failed");
      };
      const sent = Array.from({ length: 30 }, (_, index) => `${index}`);
      for (const text of sent) client.send(near, bytesOf(text), Delivery.reliable);
      client.transport.flush();
      let thrown = 0;
      for (let pass = 0; pass < MAX_PASSES && server.messages.length < sent.length; pass++) {
        try {
          server.transport.poll(server);
        } catch (error) {
          expect(String(error)).toContain("handler failed");
          thrown++;
        }
        await fixture.pass();
      }
      expect(server.texts()).toEqual(sent);
      expect(thrown).toBe(10);
    });

    test("a handler that throws while asked refuses", async () => {
      const server = makePeer();
      const client = makePeer();
      server.onEvent = (event) => {
        if (event === "connecting") throw new Error("handler failed");
      };
      client.transport.connect(server.transport.listen("127.0.0.1:0"));
      let thrown = 0;
      for (let pass = 0; pass < MAX_PASSES && client.closed.length === 0; pass++) {
        try {
          server.transport.poll(server);
        } catch {
          thrown++;
        }
        client.transport.poll(client);
        await fixture.pass();
      }
      expect(thrown).toBe(1);
      expect(client.closed[0]).toMatchObject({ cause: "refused" });
    });

    test("poll inside poll is an error", async () => {
      const { server, client, near } = await makePair();
      let caught: unknown;
      server.onEvent = () => {
        try {
          server.transport.poll(server);
        } catch (error) {
          caught = error;
        }
      };
      client.send(near, bytesOf("hello"), Delivery.reliable);
      await until(() => server.messages.length === 1, "message");
      expect(String(caught)).toContain("poll");
    });

    test("dispose from inside a handler ends everything", async () => {
      const { server, client, near } = await makePair();
      server.onEvent = (event) => {
        if (event === "message") server.transport.dispose();
      };
      for (let index = 0; index < 10; index++) client.send(near, bytesOf(`${index}`), Delivery.reliable);
      await until(() => client.closed.length === 1, "client hears");
      await settle();
      expect(server.messages).toHaveLength(1);
      expect(server.closed).toEqual([]);
    });

    test("200 connections each get their own answer", async () => {
      const server = makePeer(fixture.createPatient?.());
      const client = makePeer(fixture.createPatient?.());
      const address = server.transport.listen("127.0.0.1:0");
      server.onEvent = (event, connection) => {
        const last = server.messages.at(-1);
        if (event === "message" && last) server.send(connection, last.bytes, Delivery.reliable);
      };
      const connections = Array.from({ length: 200 }, () => client.transport.connect(address));
      await until(() => client.opened.length === 200 && server.opened.length === 200, "all open");
      expect(new Set(connections).size).toBe(200);
      for (const connection of connections) client.send(connection, bytesOf(`I am ${connection}`), Delivery.reliable);
      await until(() => client.messages.length === 200, "all answered");
      for (const message of client.messages) {
        expect(new TextDecoder().decode(message.bytes)).toBe(`I am ${message.connection}`);
      }
      server.transport.dispose();
      await until(() => client.closed.length === 200, "all closed");
    });
  });
}
