import { describe, expect, test } from "vitest";
import { MessageType } from "../../../../scripts/protocol/messages.ts";
import { ConditionedTransport } from "../../../../scripts/transport/conditioner/conditioned-transport.ts";
import {
  createLinkConditions,
  type LinkConditions,
} from "../../../../scripts/transport/conditioner/link-conditions.ts";
import { type LinkProfileName, linkProfile } from "../../../../scripts/transport/conditioner/link-profiles.ts";
import { LoopbackNetwork } from "../../../../scripts/transport/loopback-network.ts";
import { type ConnectionId, Delivery } from "../../../../scripts/transport/transport.ts";
import { RecordingPeer } from "../recording-peer.ts";
import { describeTransportContract } from "../transport-contract.ts";

/** Links that lose no message of a contract that expects most of the unreliable ones to arrive. */
const CONTRACT_PROFILES: LinkProfileName[] = ["none", "lan", "broadband", "satellite"];

for (const profile of CONTRACT_PROFILES) {
  describeTransportContract(`ConditionedTransport (${profile})`, () => {
    let nowMs = 0;
    let seed = 1;
    const transports: ConditionedTransport[] = [];
    const network = new LoopbackNetwork({ nowMs: () => nowMs });
    return {
      create: () => {
        seed += 1;
        const transport = new ConditionedTransport({
          inner: network.createTransport(),
          nowMs: () => nowMs,
          seed,
          conditions: linkProfile(profile),
        });
        transports.push(transport);
        return transport;
      },
      pass: async () => {
        nowMs += 5;
        for (const transport of transports) transport.pump();
      },
      silentAddress: "127.0.0.1:9",
    };
  });
}

/** A server and clients in virtual time, with a conditioned end. */
class Link {
  nowMs = 0;
  readonly network = new LoopbackNetwork({ nowMs: () => this.nowMs, latencyMs: 0 });
  readonly server: RecordingPeer;
  readonly client: RecordingPeer;
  /** What carries the conditioned end. */
  readonly inner = this.network.createTransport();
  readonly conditioned: ConditionedTransport;
  readonly near: ConnectionId;
  /** When something happened on each side. */
  readonly serverAtMs: number[] = [];
  readonly clientAtMs: number[] = [];

  constructor(conditions: LinkConditions, side: "client" | "server" = "client", seed = 1) {
    const nowMs = () => this.nowMs;
    this.conditioned = new ConditionedTransport({ inner: this.inner, nowMs, seed, conditions });
    const plain = this.network.createTransport();
    this.server = new RecordingPeer(side === "server" ? this.conditioned : plain);
    this.client = new RecordingPeer(side === "client" ? this.conditioned : plain);
    this.server.onEvent = (event) => event === "message" && this.serverAtMs.push(this.nowMs);
    this.client.onEvent = (event) => event !== "connecting" && this.clientAtMs.push(this.nowMs);
    this.near = this.client.transport.connect(this.server.transport.listen("127.0.0.1:7777"));
  }

  get far(): ConnectionId {
    return this.server.opened[0] as ConnectionId;
  }

  run(ms: number): this {
    for (let passed = 0; passed < ms; passed += 1) {
      this.nowMs += 1;
      for (const peer of [this.server, this.client]) {
        peer.transport.poll(peer);
        peer.transport.flush();
      }
    }
    return this;
  }
}

const uneven = createLinkConditions({ up: { latencyMs: 30 }, down: { latencyMs: 70 } });
const packet = (type: number): Uint8Array => Uint8Array.of(0x44, 0x41, 0x52, 0x4b, 1, 2, type, 0);

describe("ConditionedTransport", () => {
  test("opens for the client a round trip after it asked", () => {
    const link = new Link(uneven).run(200);
    expect(link.clientAtMs[0]).toBeGreaterThanOrEqual(100);
    expect(link.clientAtMs[0]).toBeLessThanOrEqual(103);
  });

  test.each(["client", "server"] as const)("tells up from down, wrapped around the %s", (side) => {
    const link = new Link(uneven, side).run(300);
    link.clientAtMs.length = 0;
    const sentAtMs = link.nowMs;
    link.client.send(link.near, packet(MessageType.input), Delivery.unreliable);
    link.server.send(link.far, packet(MessageType.snapshot), Delivery.unreliable);
    link.run(200);
    for (const [arrived, latencyMs] of [
      [link.serverAtMs, 30],
      [link.clientAtMs, 70],
    ] as const) {
      expect(arrived).toHaveLength(1);
      expect((arrived[0] ?? 0) - sentAtMs).toBeGreaterThanOrEqual(latencyMs);
      expect((arrived[0] ?? 0) - sentAtMs).toBeLessThanOrEqual(latencyMs + 2);
    }
  });

  test("loses what comes in unreliably, and nothing else", () => {
    const link = new Link(createLinkConditions({ latencyMs: 5 })).run(50);
    link.conditioned.setConditions(createLinkConditions({ latencyMs: 5, down: { lossRate: 0.5, meanBurst: 2 } }));
    for (let index = 0; index < 200; index += 1) {
      link.server.send(link.far, packet(MessageType.snapshot), Delivery.unreliable);
      link.server.send(link.far, packet(MessageType.presence), Delivery.reliable);
      link.server.send(link.far, Uint8Array.of(index), Delivery.reliable);
      link.run(10);
    }
    link.run(5000);
    const count = (type: number) => link.client.messages.filter(({ bytes }) => bytes[6] === type).length;
    expect(count(MessageType.snapshot)).toBeGreaterThan(50);
    expect(count(MessageType.snapshot)).toBeLessThan(150);
    expect(count(MessageType.presence)).toBe(200);
    const unknown = link.client.messages.filter(({ bytes }) => bytes.length === 1);
    expect(unknown.map(({ bytes }) => bytes[0])).toEqual(Array.from({ length: 200 }, (_, index) => index));
  });

  test("around a server, gives each client a link of its own", () => {
    const link = new Link(createLinkConditions({ latencyMs: 10, lossRate: 0.3, meanBurst: 2 }), "server").run(50);
    const second = new RecordingPeer(link.network.createTransport());
    second.transport.connect("127.0.0.1:7777");
    for (let ms = 0; ms < 50; ms += 1) {
      link.run(1);
      second.transport.poll(second);
    }
    const [one, two] = link.server.opened as [ConnectionId, ConnectionId];
    for (let index = 0; index < 100; index += 1) {
      for (const connection of [one, two])
        link.server.send(connection, packet(MessageType.snapshot), Delivery.unreliable);
      link.run(1);
      second.transport.poll(second);
    }
    link.run(20);
    second.transport.poll(second);
    const lost = [one, two].map((connection) => link.conditioned.counters(connection)?.outgoing.lost);
    expect(lost).toEqual([100 - link.client.messages.length, 100 - second.messages.length]);
    expect(link.client.messages.length).not.toBe(100);
    link.conditioned.setConditions(createLinkConditions(), two);
    link.client.messages.length = 0;
    second.messages.length = 0;
    for (let index = 0; index < 100; index += 1) {
      for (const connection of [one, two])
        link.server.send(connection, packet(MessageType.snapshot), Delivery.unreliable);
    }
    link.run(20);
    second.transport.poll(second);
    expect(second.messages).toHaveLength(100);
    expect(link.client.messages.length).toBeLessThan(95);
  });

  test("keeps what is reliable, in order, while the wire takes nothing", () => {
    const link = new Link(createLinkConditions({ latencyMs: 5 })).run(50);
    let full = true;
    const { inner } = link;
    const send = inner.send.bind(inner);
    inner.send = (connection, bytes, delivery) => !full && send(connection, bytes, delivery);
    for (let index = 0; index < 50; index += 1) {
      link.client.send(link.near, Uint8Array.of(index), index % 2 === 0 ? Delivery.reliable : Delivery.unreliable);
      link.run(2);
    }
    expect(link.server.messages).toEqual([]);
    full = false;
    link.run(20);
    const arrived = link.server.messages.map(({ bytes }) => bytes[0] ?? -1);
    expect(arrived.filter((index) => index % 2 === 0)).toEqual(Array.from({ length: 25 }, (_, index) => index * 2));
  });

  test("stalls both directions on demand", () => {
    const link = new Link(createLinkConditions({ latencyMs: 10 })).run(50);
    link.clientAtMs.length = 0;
    const fromMs = link.nowMs;
    link.conditioned.stall(1000);
    for (let index = 0; index < 20; index += 1) {
      link.client.send(link.near, packet(MessageType.input), Delivery.unreliable);
      link.server.send(link.far, packet(MessageType.snapshot), Delivery.unreliable);
      link.run(40);
    }
    expect(link.serverAtMs).toEqual([]);
    link.run(400);
    expect(link.serverAtMs).toHaveLength(20);
    expect(link.clientAtMs).toHaveLength(20);
    expect(Math.min(...link.serverAtMs, ...link.clientAtMs) - fromMs).toBeGreaterThanOrEqual(1010);
    expect(Math.max(...link.serverAtMs, ...link.clientAtMs) - fromMs).toBeLessThanOrEqual(1012);
  });

  test("knows the round trip that it makes, and what waits to be sent", () => {
    const link = new Link(uneven).run(300);
    for (let index = 0; index < 50; index += 1) {
      link.client.send(link.near, packet(MessageType.input), Delivery.unreliable);
      link.server.send(link.far, packet(MessageType.snapshot), Delivery.unreliable);
      link.run(2);
    }
    link.client.send(link.near, new Uint8Array(500), Delivery.reliable);
    const out = { rttMs: 0, inBytesPerSecond: 0, outBytesPerSecond: 0, pendingBytes: 0 };
    expect(link.conditioned.statistics(link.near, out)).toBe(true);
    expect(out.rttMs).toBeCloseTo(100, 0);
    expect(out.pendingBytes).toBeGreaterThanOrEqual(500);
  });

  test("what is sent over a wire that has become perfect overtakes nothing that is under way, and the next comes at once", () => {
    const link = new Link(createLinkConditions({ latencyMs: 30 })).run(200);
    const send = (number: number) => {
      link.client.send(link.near, Uint8Array.of(...packet(MessageType.input), number), Delivery.unreliable);
      link.server.send(link.far, Uint8Array.of(...packet(MessageType.snapshot), number), Delivery.unreliable);
    };
    const numbers = ({ messages }: RecordingPeer) => messages.map(({ bytes }) => bytes[8]);
    send(1);
    link.run(10);
    link.conditioned.setConditions(createLinkConditions());
    send(2);
    link.run(10);
    expect([numbers(link.server), numbers(link.client)]).toEqual([[], []]);
    link.run(20);
    expect([numbers(link.server), numbers(link.client)]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    send(3);
    link.run(2);
    expect([numbers(link.server), numbers(link.client)]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(link.conditioned.counters(link.near)?.incoming.messages).toBe(3);
  });

  test("is as exact as it is pumped, whatever the frames", () => {
    const link = new Link(uneven).run(300);
    const sentAtMs = link.nowMs;
    link.client.send(link.near, packet(MessageType.input), Delivery.unreliable);
    link.server.send(link.far, packet(MessageType.snapshot), Delivery.unreliable);
    link.server.transport.flush();
    // The client draws no frame for a long time.
    for (let ms = 0; ms < 90; ms += 1) {
      link.nowMs += 1;
      link.conditioned.pump();
      link.server.transport.poll(link.server);
    }
    expect(link.serverAtMs).toEqual([sentAtMs + 30]);
    expect(link.client.messages).toEqual([]);
    link.client.transport.poll(link.client);
    expect(link.client.messages).toHaveLength(1);
    expect(link.conditioned.nextAtMs).toBe(Number.POSITIVE_INFINITY);
  });

  test("runs the same again with the same seed, and differently with another", () => {
    const run = (seed: number) => {
      const link = new Link(linkProfile("reference"), "client", seed).run(1000);
      for (let index = 0; index < 200; index += 1) {
        link.client.send(link.near, packet(MessageType.input), Delivery.unreliable);
        link.server.send(link.far, packet(MessageType.snapshot), Delivery.unreliable);
        link.run(20);
      }
      link.run(1000);
      return JSON.stringify([link.serverAtMs, link.clientAtMs]);
    };
    expect(run(5)).toBe(run(5));
    expect(run(5)).not.toBe(run(6));
  });
});
