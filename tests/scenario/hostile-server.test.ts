import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GameClient } from "../../scripts/client/game-client.ts";
import { createInputSample } from "../../scripts/client/input-sample.ts";
import { OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import { createOwnState, createSnapshot } from "../../scripts/protocol/create-messages.ts";
import { type HelloAck, MessageType, type Snapshot } from "../../scripts/protocol/messages.ts";
import { PacketDecoder } from "../../scripts/protocol/packet-decoder.ts";
import { PacketEncoder } from "../../scripts/protocol/packet-encoder.ts";
import { createPacketHeader } from "../../scripts/protocol/packet-header.ts";
import { PacketSequencer } from "../../scripts/protocol/packet-sequencer.ts";
import { PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import { EntityHistory } from "../../scripts/protocol/snapshot-codec/entity-history.ts";
import { SnapshotSender } from "../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { decodeZone, encodeZone } from "../../scripts/simulation/zone-file.ts";
import { LoopbackNetwork } from "../../scripts/transport/loopback-network.ts";
import { type ConnectionId, Delivery, type TransportHandler } from "../../scripts/transport/transport.ts";
import { packetOf } from "../../tools/schemas/decoded-message.ts";
import { createTestZone } from "../fixtures/test-zone.ts";

const ZONE_BYTES = encodeZone(createTestZone());
const decoded = decodeZone(ZONE_BYTES);
if (!decoded.ok) throw new Error(decoded.reason);

const WELCOME: HelloAck = {
  protocolMajor: 1,
  protocolMinor: 0,
  sessionEpoch: 9,
  entityId: 1,
  zone: "test",
  worldHash: decoded.zone.worldHash,
  serverTick: 100,
  tickRateHz: 60,
  snapshotRateHz: 20,
  inputRateHz: 30,
};

/** A server that says what the test tells it to, and a client that has to live with it. */
class Stage {
  nowMs = 0;
  readonly log: string[] = [];
  readonly encoder = new PacketEncoder();
  readonly header = createPacketHeader();
  /** Header of the newest packet of the client. */
  readonly heard = createPacketHeader();
  readonly client: GameClient;
  readonly #decoder = new PacketDecoder();
  readonly #network = new LoopbackNetwork({ nowMs: () => this.nowMs });
  readonly #server = this.#network.createTransport();
  readonly #sequencer = new PacketSequencer();
  readonly #input = createInputSample();
  #connection: ConnectionId | undefined;
  readonly #handler: TransportHandler = {
    onConnecting: () => true,
    onOpen: (connection) => {
      this.#connection = connection;
    },
    onMessage: (_connection, bytes) => {
      if (this.#decoder.decode(bytes) !== 0) Object.assign(this.heard, this.#decoder.header);
    },
    onClosed: () => {},
  };

  constructor() {
    this.#server.listen("127.0.0.1:7777");
    this.client = new GameClient({
      transport: this.#network.createTransport(),
      loadZone: () => ZONE_BYTES,
      random: () => 0.5,
      clientBuild: "test",
      log: (line) => this.log.push(line),
    });
    this.client.connect({ address: "127.0.0.1:7777", name: "Ada" });
    this.frames(10);
  }

  /** Plays: welcomed, and standing where the first snapshot says. */
  welcome(changes: Partial<HelloAck> = {}): this {
    this.#sequencer.reset(9);
    this.send(this.encoder.encodeHelloAck(this.stamp(), { ...WELCOME, ...changes }), Delivery.reliable);
    this.frames(2);
    return this;
  }

  snapshot(changes: Partial<Snapshot>): void {
    this.send(this.encoder.encodeSnapshot(this.stamp(), { ...createSnapshot(), ...changes }));
    this.frames(1);
  }

  stamp() {
    this.#sequencer.next(this.header);
    return this.header;
  }

  send(packet: Uint8Array, delivery: Delivery = Delivery.unreliable): void {
    if (this.#connection === undefined) throw new Error("nobody has connected");
    this.#server.send(this.#connection, packet, delivery);
    this.#server.flush();
  }

  frames(count: number, frameMs = 1000 / 60): void {
    this.#input.moveZ = -1;
    for (let i = 0; i < count; i += 1) {
      this.nowMs += frameMs;
      this.#server.poll(this.#handler);
      this.#server.flush();
      this.client.update(this.nowMs, this.#input);
    }
  }

  dispose(): void {
    this.client.dispose();
    this.#server.dispose();
  }
}

describe("a client with a server that misbehaves", () => {
  it("counts and drops garbage, logs it at most once a second, and plays on", () => {
    const stage = new Stage().welcome();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        stage.send(bytes);
      }),
      { numRuns: 500 },
    );
    stage.frames(60);
    expect(stage.client.telemetry.malformed).toBe(500);
    expect(stage.log.length).toBeGreaterThan(0);
    expect(stage.log.length).toBeLessThanOrEqual(2);
    expect(stage.client.connection.state.kind).toBe("playing");
    stage.dispose();
  });

  it("[P49] asks to do without differences that make no sense, and not without those that lack a baseline", () => {
    const stage = new Stage().welcome({ protocolMinor: PROTOCOL_MINOR, capabilities: [...OWN_CAPABILITIES] });
    const history = new EntityHistory(1);
    const sender = new SnapshotSender(history);
    const write = (tick: number, sequence: number): Uint8Array => {
      history.advance(tick);
      history.write(0, 7, 1_024, 70_000, 1_024, 0);
      sender.begin(1_000);
      sender.see(0, 1);
      const packet = new Uint8Array(1_150);
      return packet.slice(0, sender.writePacket(sequence, packet, 0));
    };
    const keyframe = write(600, 1);
    sender.acknowledge(1, 0);
    const difference = write(601, 2);
    const tell = (serverTick: number, entities: Uint8Array): void => {
      const report = { serverTick, ackInputTick: 0, inputBufferTicks: 0, own: createOwnState() };
      stage.send(stage.encoder.encodeSnapshotDelta(stage.stamp(), report, packetOf(entities)));
      stage.frames(3);
    };
    tell(600, keyframe);
    tell(601, difference);
    expect(stage.client.telemetry.refusedDifferences).toBe(0);
    const numbered = (number: number, tick: number): Uint8Array => {
      const packet = difference.slice();
      new DataView(packet.buffer).setUint16(0, number, true);
      new DataView(packet.buffer).setUint32(2, tick, true);
      return packet;
    };
    for (let i = 1; i <= 20; i += 1) tell(601 + i, numbered(9_000 + i, 601 + i));
    expect(stage.client.telemetry).toMatchObject({ refusedDifferences: 20, featureProblems: 0 });
    for (let i = 1; i <= 20; i += 1) tell(621 + i, numbered(2 + i, 621 + i).slice(0, 7));
    expect(stage.client.telemetry).toMatchObject({ refusedDifferences: 40, featureProblems: 1 });
    expect(stage.client.connection.state.kind).toBe("playing");
    stage.dispose();
  });

  it("survives snapshots with any byte changed", () => {
    const stage = new Stage().welcome();
    const good = createSnapshot();
    good.entityCount = 3;
    good.entityId.set([5, 6, 7]);
    let tick = 101;
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (where, change) => {
        good.serverTick = tick;
        tick += 3;
        const packet = stage.encoder.encodeSnapshot(stage.stamp(), good).slice();
        packet[where % packet.length] = (packet[where % packet.length] ?? 0) ^ change;
        stage.send(packet);
        stage.frames(1);
        const { own, remotes } = stage.client;
        expect(Number.isFinite(own.x + own.y + own.z)).toBe(true);
        for (let i = 0; i < remotes.count; i += 1) expect(Number.isFinite(remotes.x[i])).toBe(true);
      }),
      { numRuns: 2000 },
    );
    stage.dispose();
  });

  it("takes the ends of every range: ticks, acks and places that cannot be", () => {
    const stage = new Stage().welcome();
    const far = { ...createSnapshot().own, x: 1 << 24, y: -(1 << 24), z: 1 << 24, vx: 1 << 17, vy: -(1 << 17) };
    stage.snapshot({ serverTick: 0xffff_fff0, ackInputTick: 0xffff_ffff, inputBufferTicks: 255, own: far });
    stage.frames(300);
    stage.snapshot({ serverTick: 0xffff_ffff, ackInputTick: 0, own: { ...far, x: 0 } });
    stage.frames(300);
    expect(Number.isFinite(stage.client.own.x)).toBe(true);
    expect(stage.client.telemetry.packetsOut).toBeGreaterThan(10);
    stage.dispose();
  });

  it("drops packets of another epoch, a second time, and out of turn, and counts each kind", () => {
    const stage = new Stage().welcome();
    const { telemetry } = stage.client;
    stage.snapshot({ serverTick: 200, own: { ...createSnapshot().own, x: 256 * 1024 } });
    const { header } = stage;
    const again = stage.encoder.encodeSnapshot(header, { ...createSnapshot(), serverTick: 206 }).slice();
    stage.send(again);
    stage.send(
      stage.encoder.encodeSnapshot({ ...stage.stamp(), sessionEpoch: 8 }, { ...createSnapshot(), serverTick: 203 }),
    );
    stage.send(stage.encoder.encodePing(stage.stamp(), { sentAtMs: 1 }));
    stage.send(stage.encoder.encodeHelloAck(stage.stamp(), { ...WELCOME, entityId: 2 }));
    stage.snapshot({ serverTick: 197 });
    stage.frames(2);
    expect(telemetry).toMatchObject({ duplicates: 1, wrongEpoch: 1, unexpected: 2, stale: 1, snapshotsReceived: 1 });
    expect(stage.client.own.entityId).toBe(1);
    expect(stage.client.own.serverX).toBe(256);
    stage.dispose();
  });

  it("acknowledges what came, from the welcome on", () => {
    const stage = new Stage().welcome();
    stage.frames(20);
    expect(stage.heard).toMatchObject({ sessionEpoch: 9, ack: 1, ackBits: 0 });
    stage.snapshot({ serverTick: 200 });
    stage.frames(70);
    expect(stage.heard).toMatchObject({ sessionEpoch: 9, ack: 2, ackBits: 1 });
    stage.dispose();
  });

  it("refuses a server of another tick rate or version, in words", () => {
    const rate = new Stage().welcome({ tickRateHz: 30 });
    expect(rate.client.connection.state).toMatchObject({ kind: "rejected", reasonCode: "version_mismatch" });
    rate.dispose();
    const version = new Stage();
    const packet = version.encoder.encodeHelloAck(version.stamp(), WELCOME).slice();
    packet[4] = 2;
    version.send(packet, Delivery.reliable);
    version.frames(2);
    expect(version.client.connection.state).toMatchObject({
      kind: "rejected",
      reasonCode: "version_mismatch",
      detail: expect.stringContaining("expected 1.x, got 2."),
    });
    version.dispose();
  });

  it("gives up on a server that takes the connection and says nothing, and tries again", () => {
    const stage = new Stage();
    expect(stage.client.connection.state.kind).toBe("joining");
    stage.frames(60 * 6);
    expect(stage.client.telemetry.connectionsLost).toBe(1);
    expect(stage.log.join()).toContain("did not answer");
    stage.dispose();
  });

  it("puts the character where it is teleported, without drawing the way, and counts no correction for it", () => {
    const stage = new Stage().welcome();
    const own = { ...createSnapshot().own, x: 256 * 1024, y: 10 * 1024, z: 256 * 1024, grounded: true };
    stage.snapshot({ serverTick: 200, own });
    stage.frames(20);
    stage.snapshot({ serverTick: 260, own: { ...own, x: 100 * 1024 } });
    stage.frames(1);
    expect(stage.client.own.x).toBeCloseTo(100, 1);
    expect(stage.client.telemetry).toMatchObject({ teleports: 1, maxCorrectionMm: 0 });
    expect(stage.client.telemetry.distanceMeters).toBe(0);
    stage.dispose();
  });

  it("draws a small correction gently: at once no jump, gone soon", () => {
    const stage = new Stage().welcome();
    const own = { ...createSnapshot().own, x: 256 * 1024, y: 10 * 1024, z: 256 * 1024, grounded: true };
    stage.snapshot({ serverTick: 200, own });
    stage.frames(20);
    const before = stage.client.own.x;
    stage.snapshot({ serverTick: 260, own: { ...own, x: 257 * 1024 } });
    stage.frames(1);
    expect(stage.client.telemetry.maxCorrectionMm).toBeCloseTo(1000, 6);
    expect(stage.client.own.x - before).toBeLessThan(0.4);
    stage.frames(60);
    expect(stage.client.own.x).toBeCloseTo(257, 2);
    stage.dispose();
  });

  it("does not draw a character on its way from the abyss to a spawn", () => {
    const stage = new Stage().welcome();
    const own = { ...createSnapshot().own, x: 100 * 1024, y: -60 * 1024, z: 256 * 1024 };
    stage.send(stage.encoder.encodeSnapshot(stage.stamp(), { ...createSnapshot(), serverTick: 200, own }));
    const drawn: number[] = [];
    for (let frame = 0; frame < 40; frame += 1) {
      stage.frames(1, 1000 / 240);
      drawn.push(stage.client.own.x);
    }
    expect(drawn.at(-1)).toBeCloseTo(254, 0);
    expect(drawn.filter((x) => x > 101 && x < 253)).toEqual([]);
    stage.dispose();
  });

  it("hears a goodbye when the player leaves", () => {
    const stage = new Stage().welcome();
    stage.frames(5);
    stage.client.disconnect();
    stage.frames(2);
    expect(stage.heard.type).toBe(MessageType.bye);
    stage.dispose();
  });
});
