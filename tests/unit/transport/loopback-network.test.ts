import { describe, expect, test } from "vitest";
import { LoopbackNetwork, type LoopbackOptions } from "../../../scripts/transport/loopback-network.ts";
import { type ConnectionId, Delivery } from "../../../scripts/transport/transport.ts";
import { RecordingPeer } from "./recording-peer.ts";
import { describeTransportContract } from "./transport-contract.ts";

describeTransportContract("LoopbackNetwork", () => {
  let nowMs = 0;
  const network = new LoopbackNetwork({ nowMs: () => nowMs });
  return {
    create: () => network.createTransport(),
    pass: async () => {
      nowMs += 5;
    },
    silentAddress: "127.0.0.1:9",
  };
});

class World {
  nowMs = 0;
  readonly network: LoopbackNetwork;
  readonly server: RecordingPeer;
  readonly client: RecordingPeer;
  readonly near: ConnectionId;

  constructor(options: Omit<LoopbackOptions, "nowMs"> = {}) {
    this.network = new LoopbackNetwork({ ...options, nowMs: () => this.nowMs });
    this.server = new RecordingPeer(this.network.createTransport());
    this.client = new RecordingPeer(this.network.createTransport());
    this.near = this.client.transport.connect(this.server.transport.listen("127.0.0.1:7777"));
    while (this.client.opened.length === 0) {
      if (this.client.closed.length > 0) throw new Error("the network lost the connection before it was open");
      this.pass(1);
    }
  }

  pass(ms: number): void {
    this.nowMs += ms;
    for (const peer of [this.server, this.client]) {
      peer.transport.poll(peer);
      peer.transport.flush();
    }
  }
}

describe("LoopbackNetwork", () => {
  test("a message takes the latency, not less", () => {
    const world = new World({ latencyMs: 40 });
    world.client.send(world.near, Uint8Array.of(1), Delivery.unreliable);
    world.client.transport.flush();
    world.pass(39);
    expect(world.server.messages).toHaveLength(0);
    world.pass(1);
    expect(world.server.messages).toHaveLength(1);
  });

  test("what is not flushed does not leave", () => {
    const world = new World();
    world.client.send(world.near, Uint8Array.of(1), Delivery.reliable);
    world.nowMs += 1000;
    world.server.transport.poll(world.server);
    expect(world.server.messages).toHaveLength(0);
  });

  test("who keeps the view of a message finds it overwritten", () => {
    const world = new World();
    let kept: Uint8Array = new Uint8Array(0);
    world.server.onMessage = (_connection, bytes) => {
      kept = bytes;
    };
    world.client.send(world.near, Uint8Array.of(1, 2, 3), Delivery.reliable);
    world.pass(5);
    world.pass(5);
    expect([...kept]).toEqual([0xdd, 0xdd, 0xdd]);
  });

  test("an unplugged server falls silent: its clients time out, new ones do not reach it", () => {
    const world = new World({ silenceTimeoutMs: 2000, connectTimeoutMs: 1000 });
    world.network.unplug(world.server.transport);
    expect(world.client.send(world.near, Uint8Array.of(1), Delivery.reliable)).toBe(true);
    world.pass(1999);
    expect(world.client.closed).toEqual([]);
    world.pass(1);
    expect(world.client.closed[0]).toMatchObject({ connection: world.near, cause: "timeout" });
    world.client.transport.connect("127.0.0.1:7777");
    world.pass(1000);
    expect(world.client.closed[1]).toMatchObject({ cause: "unreachable" });
    const successor = new RecordingPeer(world.network.createTransport());
    expect(successor.transport.listen("127.0.0.1:7777")).toBe("127.0.0.1:7777");
  });

  test("a server that goes away while it is asked is unreachable", () => {
    let nowMs = 0;
    const network = new LoopbackNetwork({ nowMs: () => nowMs, latencyMs: 10 });
    const server = network.createTransport();
    const client = new RecordingPeer(network.createTransport());
    client.transport.connect(server.listen("127.0.0.1:7777"));
    server.dispose();
    nowMs += 4000;
    client.transport.poll(client);
    expect(client.closed).toMatchObject([{ cause: "unreachable" }]);
  });

  test("statistics count the bytes of the last second", () => {
    const world = new World({ latencyMs: 20 });
    for (let tick = 0; tick < 40; tick++) {
      world.client.send(world.near, new Uint8Array(100), Delivery.unreliable);
      world.pass(50);
    }
    const out = { rttMs: 0, inBytesPerSecond: 0, outBytesPerSecond: 0, pendingBytes: 0 };
    expect(world.client.transport.statistics(world.near, out)).toBe(true);
    expect(out).toEqual({ rttMs: 40, inBytesPerSecond: 0, outBytesPerSecond: 2000, pendingBytes: 0 });
  });
});
