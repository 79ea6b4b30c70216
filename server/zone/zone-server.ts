import { Capability, OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import type { Hello, Input, ReasonCode } from "../../scripts/protocol/messages.ts";
import { MessageType } from "../../scripts/protocol/messages.ts";
import { namedIn, negotiate } from "../../scripts/protocol/negotiation.ts";
import { PacketDecoder } from "../../scripts/protocol/packet-decoder.ts";
import { PacketEncoder } from "../../scripts/protocol/packet-encoder.ts";
import { createPacketHeader } from "../../scripts/protocol/packet-header.ts";
import { PROTOCOL_MAJOR, PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import type { SnapshotSender } from "../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { MAX_PRESENCE_JOINED } from "../../scripts/protocol/wire-limits.ts";
import { INPUT_RATE_HZ, SNAPSHOT_RATE_HZ, TICK_RATE_HZ } from "../../scripts/simulation/constants.ts";
import type { Zone } from "../../scripts/simulation/zone-file.ts";
import {
  type CloseCause,
  type ConnectionId,
  Delivery,
  type Transport,
  type TransportHandler,
} from "../../scripts/transport/transport.ts";
import { EntityBroadcast } from "./entity-broadcast.ts";
import { createPlayer, type Newcomer, type Player, type Session } from "./player.ts";
import { checkPlayerName } from "./player-name.ts";
import { simulatePlayer } from "./player-simulation.ts";
import { SnapshotBuilder } from "./snapshot-builder.ts";
import { placeAtSpawn } from "./spawning.ts";
import { type LogLine, ThrottledLog } from "./throttled-log.ts";
import { createZoneCounters, type ZoneCounters } from "./zone-counters.ts";

/** A newcomer that has not said Hello by then is shown the door. */
const HELLO_TIMEOUT_MS = 5_000;
/** A player of whom nothing was heard for so long is gone. */
const SILENCE_TIMEOUT_MS = 10_000;
/** Malformed packets after which a connection is closed. */
const MAX_MALFORMED_PACKETS = 32;
/** Ticks that one `advance` catches up at most; what lies further back is given up. */
const MAX_CATCH_UP_TICKS = 6;
const TICK_MS = 1000 / TICK_RATE_HZ;
const TICKS_PER_SNAPSHOT = TICK_RATE_HZ / SNAPSHOT_RATE_HZ;

export interface ZoneServerOptions {
  transport: Transport;
  zone: Zone;
  /** Monotonic clock, milliseconds. */
  nowMs: () => number;
  /** Uniform in [0, 1). */
  random: () => number;
  /** 1 to 1000. */
  maxPlayers: number;
  /** What to agree to when a client offers it; without it, all that this server can do. */
  capabilities?: readonly Capability[];
  log: LogLine;
}

/**
 * The authority over one zone: takes players in, runs their commands at a fixed 60 Hz, tells everyone where everyone
 * is at 20 Hz. Owns no clock and no socket; `advance` is the only thing that makes time pass.
 */
export class ZoneServer implements TransportHandler {
  readonly counters: ZoneCounters = createZoneCounters();
  readonly #options: ZoneServerOptions;
  readonly #log: ThrottledLog;
  readonly #sessions = new Map<ConnectionId, Session>();
  readonly #players: Player[] = [];
  readonly #decoder = new PacketDecoder();
  readonly #encoder = new PacketEncoder();
  readonly #snapshots = new SnapshotBuilder();
  readonly #broadcast: EntityBroadcast;
  /** Header of packets to newcomers, who have no session yet. */
  readonly #greeting = createPacketHeader();
  #nextEntityId = 1;
  #nextEpoch: number;
  #serverTick = 0;
  #nextTickAtMs: number;
  #stopped = false;

  constructor(options: ZoneServerOptions) {
    this.#options = options;
    this.#broadcast = new EntityBroadcast(options.zone, options.maxPlayers);
    this.#greeting.versionMinor = PROTOCOL_MINOR;
    this.#log = new ThrottledLog(options.log, options.nowMs);
    this.#nextTickAtMs = options.nowMs();
    // Starts anywhere, so that a client of an earlier server process is not mistaken for one of this.
    this.#nextEpoch = 1 + Math.floor(options.random() * 0xffff);
  }

  get serverTick(): number {
    return this.#serverTick;
  }

  get players(): readonly Player[] {
    return this.#players;
  }

  /** Runs every tick that is due by now. Returns the milliseconds until the next one. */
  advance(): number {
    const now = this.#options.nowMs();
    let ran = 0;
    while (!this.#stopped && now >= this.#nextTickAtMs) {
      if (ran === MAX_CATCH_UP_TICKS) {
        const behind = Math.ceil((now - this.#nextTickAtMs) / TICK_MS);
        this.counters.ticksDropped += behind;
        this.#nextTickAtMs += behind * TICK_MS;
        this.#log.line("overload", () => `cannot keep up: gave up ${behind} ticks`);
        break;
      }
      this.#tick(now);
      this.#nextTickAtMs += TICK_MS;
      ran += 1;
    }
    return Math.max(0, this.#nextTickAtMs - this.#options.nowMs());
  }

  /** Says goodbye to everyone. The transport stays open, so that the goodbyes can leave; dispose of it afterwards. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const player of [...this.#players]) {
      this.#send(player, this.#encodeBye(player, "shutting_down"), Delivery.reliable);
      this.#close(player.connection, "shutting_down");
    }
    this.#players.length = 0;
    this.#sessions.clear();
    this.#options.transport.flush();
  }

  onConnecting(connection: ConnectionId, remoteAddress: string): boolean {
    // A full server takes the connection all the same, up to a margin: the player shall read why, not guess.
    if (this.#sessions.size >= this.#options.maxPlayers + 64) {
      this.#log.line("crowded", () => `refused ${remoteAddress}: ${this.#sessions.size} connections`);
      return false;
    }
    this.#sessions.set(connection, {
      stage: "newcomer",
      connection,
      address: remoteAddress,
      arrivedAtMs: this.#options.nowMs(),
      malformed: 0,
    });
    this.counters.connections = this.#sessions.size;
    return true;
  }

  onOpen(): void {}

  onMessage(connection: ConnectionId, bytes: Uint8Array): void {
    const session = this.#sessions.get(connection);
    if (session === undefined) return;
    this.counters.packetsIn += 1;
    this.counters.bytesIn += bytes.length;
    const type = this.#decoder.decode(bytes);
    if (type === 0) this.#onUndecodable(session);
    else if (session.stage === "newcomer") this.#onNewcomerMessage(session, type);
    else this.#onPlayerMessage(session, type);
  }

  onClosed(connection: ConnectionId, cause: CloseCause, _code: number, detail: string): void {
    const session = this.#sessions.get(connection);
    if (session === undefined) return;
    this.#remove(session, detail === "" ? cause : `${cause}, ${detail}`);
  }

  #tick(now: number): void {
    this.#options.transport.poll(this);
    this.#expire(now);
    this.#serverTick += 1;
    this.counters.ticks += 1;
    for (const player of this.#players) {
      this.counters.commandsExecuted += simulatePlayer(this.#options.zone.world, player);
    }
    if (this.#serverTick % TICKS_PER_SNAPSHOT === 0) this.#sendSnapshots();
    this.#options.transport.flush();
  }

  #sendSnapshots(): void {
    this.#broadcast.record(this.#serverTick, this.#players);
    for (const player of this.#players) {
      if (player.sender === undefined) this.#sendFullSnapshot(player);
      else this.#sendDifferences(player, player.sender);
      this.counters.snapshotsSent += 1;
    }
  }

  #sendFullSnapshot(player: Player): void {
    this.#stamp(player);
    const snapshot = this.#snapshots.build(this.#serverTick, player, this.#players);
    this.#send(player, this.#encoder.encodeSnapshot(player.header, snapshot), Delivery.unreliable);
  }

  #sendDifferences(player: Player, sender: SnapshotSender): void {
    const report = this.#snapshots.report(this.#serverTick, player);
    this.#broadcast.show(player, sender, this.#players);
    while (sender.pending) {
      this.#stamp(player);
      this.#send(player, this.#encoder.encodeSnapshotDelta(player.header, report, sender), Delivery.unreliable);
    }
  }

  #expire(now: number): void {
    for (const session of this.#sessions.values()) {
      if (session.stage === "newcomer") {
        if (now - session.arrivedAtMs > HELLO_TIMEOUT_MS) {
          this.#reject(session, "timeout", `a Hello within ${HELLO_TIMEOUT_MS} ms was expected, none came`);
        }
      } else if (now - session.lastHeardAtMs > SILENCE_TIMEOUT_MS) {
        this.#send(session, this.#encodeBye(session, "timeout"), Delivery.reliable);
        this.#close(session.connection, "timeout");
        this.#remove(session, "silent for too long");
      }
    }
  }

  #onUndecodable(session: Session): void {
    this.counters.malformed += 1;
    session.malformed += 1;
    const { error, detail } = this.#decoder;
    this.#log.line("malformed", () => `dropped a packet of ${session.address}: ${error}: ${detail}`);
    if (session.stage === "newcomer" && error === "bad_version") {
      this.#reject(session, "version_mismatch", `this server speaks protocol ${PROTOCOL_MAJOR}.x; ${detail}`);
    } else if (session.malformed >= MAX_MALFORMED_PACKETS) {
      this.#reject(session, "malformed", `${session.malformed} packets could not be read, the last one: ${detail}`);
    }
  }

  #onNewcomerMessage(newcomer: Newcomer, type: MessageType): void {
    if (type === MessageType.hello) this.#welcome(newcomer, this.#decoder.hello);
    else if (type === MessageType.bye) this.#close(newcomer.connection, "left");
    else this.counters.unexpected += 1;
  }

  #welcome(newcomer: Newcomer, hello: Hello): void {
    if (hello.protocolMajor !== PROTOCOL_MAJOR) {
      const came = `${hello.protocolMajor}.${hello.protocolMinor}`;
      this.#reject(newcomer, "version_mismatch", `this server speaks protocol ${PROTOCOL_MAJOR}.x, ${came} came`);
      return;
    }
    const check = checkPlayerName(hello.playerName);
    if (!check.ok) {
      this.#reject(newcomer, "name_invalid", check.detail);
      return;
    }
    const { maxPlayers, zone, transport } = this.#options;
    if (this.#players.length >= maxPlayers) {
      this.#reject(newcomer, "server_full", `${maxPlayers} of ${maxPlayers} players are here`);
      return;
    }
    if (this.#players.some((player) => player.nameKey === check.key)) {
      this.#reject(newcomer, "name_taken", `a player called "${check.name}" is here already`);
      return;
    }
    const own = { protocolMinor: PROTOCOL_MINOR, capabilities: this.#options.capabilities ?? OWN_CAPABILITIES };
    const offer = { protocolMinor: hello.protocolMinor, capabilities: hello.capabilities ?? [] };
    const agreement = negotiate(Capability.sequenced, offer, own);
    const { protocolMinor } = agreement;
    const capabilities = namedIn(protocolMinor, agreement.capabilities);
    const sender = capabilities.includes(Capability.snapshotDelta) ? this.#broadcast.createSender() : undefined;
    const identity = {
      ...this.#identify(check.name, check.key),
      protocolMinor,
      sender,
      place: this.#broadcast.takePlace(),
    };
    const player = createPlayer(newcomer, identity, this.#options.nowMs());
    placeAtSpawn(zone, player.entityId, player.state);
    this.#sessions.set(newcomer.connection, player);
    this.#stamp(player);
    player.header.versionMinor = PROTOCOL_MINOR;
    const ack = this.#encoder.encodeHelloAck(player.header, {
      protocolMajor: PROTOCOL_MAJOR,
      protocolMinor,
      sessionEpoch: player.sessionEpoch,
      entityId: player.entityId,
      zone: zone.name,
      worldHash: zone.worldHash,
      serverTick: this.#serverTick,
      tickRateHz: TICK_RATE_HZ,
      snapshotRateHz: SNAPSHOT_RATE_HZ,
      inputRateHz: INPUT_RATE_HZ,
      capabilities,
    });
    this.#send(player, ack, Delivery.reliable);
    this.#introduce(player);
    this.#players.push(player);
    this.counters.players = this.#players.length;
    this.#options.log(`${player.name} joined as entity ${player.entityId} from ${player.address}`);
    transport.flush();
  }

  #identify(name: string, nameKey: string) {
    const entityId = this.#nextEntityId;
    this.#nextEntityId += 1;
    const sessionEpoch = this.#nextEpoch;
    this.#nextEpoch = sessionEpoch === 0xffff ? 1 : sessionEpoch + 1;
    return { entityId, name, nameKey, sessionEpoch };
  }

  /** Tells the new player who is here, and everyone here of the new player. */
  #introduce(player: Player): void {
    const self = { entityId: player.entityId, name: player.name };
    const here = [self, ...this.#players.map(({ entityId, name }) => ({ entityId, name }))];
    for (let from = 0; from < here.length; from += MAX_PRESENCE_JOINED) {
      this.#sendPresence(player, { joined: here.slice(from, from + MAX_PRESENCE_JOINED), left: [] });
    }
    for (const other of this.#players) this.#sendPresence(other, { joined: [self], left: [] });
  }

  #sendPresence(to: Player, presence: { joined: { entityId: number; name: string }[]; left: number[] }): void {
    this.#stamp(to);
    this.#send(to, this.#encoder.encodePresence(to.header, presence), Delivery.reliable);
  }

  #onPlayerMessage(player: Player, type: MessageType): void {
    const { header } = this.#decoder;
    if (header.sessionEpoch !== player.sessionEpoch) {
      this.counters.wrongEpoch += 1;
      return;
    }
    if (player.sequencer.accept(header) !== "fresh") {
      this.counters.duplicates += 1;
      return;
    }
    player.lastHeardAtMs = this.#options.nowMs();
    player.sender?.acknowledge(header.ack, header.ackBits);
    switch (type) {
      case MessageType.input:
        this.#onInput(player, this.#decoder.input);
        return;
      case MessageType.ping:
        this.#stamp(player);
        this.#send(
          player,
          this.#encoder.encodePong(player.header, {
            sentAtMs: this.#decoder.ping.sentAtMs,
            serverTick: this.#serverTick,
          }),
          Delivery.unreliable,
        );
        return;
      case MessageType.bye:
        this.#close(player.connection, "left");
        this.#remove(player, "said goodbye");
        return;
      default:
        this.counters.unexpected += 1;
    }
  }

  #onInput(player: Player, input: Input): void {
    if (input.keyframeNeeded && player.sender !== undefined) {
      this.counters.keyframeRequests += 1;
      player.sender.requestKeyframe();
    }
    for (let index = 0; index < input.commandCount; index += 1) {
      const command = input.commands[index];
      if (command === undefined) return;
      const result = player.commands.offer(command);
      if (result === "known") this.counters.commandsKnown += 1;
      else if (result === "too_far_ahead") this.counters.commandsTooFarAhead += 1;
    }
  }

  #reject(session: Session, reasonCode: ReasonCode, detail: string): void {
    const traceId = this.#traceId();
    this.counters.rejected += 1;
    // Every one: somebody may come and ask about the trace id. The transport limits how often an address can ask to join.
    this.#options.log(`rejected ${session.address}: ${reasonCode}: ${detail} (${traceId})`);
    let header = this.#greeting;
    if (session.stage === "playing") {
      this.#stamp(session);
      header = session.header;
      header.versionMinor = PROTOCOL_MINOR;
    }
    const packet = this.#encoder.encodeReject(header, { reasonCode, traceId, detail: detail.slice(0, 200) });
    this.#send(session, packet, Delivery.reliable);
    this.#close(session.connection, reasonCode);
    this.#remove(session, reasonCode);
  }

  #remove(session: Session, why: string): void {
    this.#sessions.delete(session.connection);
    this.counters.connections = this.#sessions.size;
    if (session.stage === "newcomer") return;
    const index = this.#players.indexOf(session);
    if (index < 0) return;
    this.#players.splice(index, 1);
    this.counters.players = this.#players.length;
    this.#broadcast.givePlaceBack(session.place);
    for (const other of this.#players) this.#sendPresence(other, { joined: [], left: [session.entityId] });
    this.#options.log(`${session.name} left: ${why}`);
  }

  #encodeBye(player: Player, reasonCode: ReasonCode): Uint8Array {
    this.#stamp(player);
    return this.#encoder.encodeBye(player.header, { reasonCode });
  }

  #stamp(player: Player): void {
    player.sequencer.next(player.header);
  }

  #send(to: Session, packet: Uint8Array, delivery: Delivery): void {
    if (this.#options.transport.send(to.connection, packet, delivery)) {
      this.counters.packetsOut += 1;
      this.counters.bytesOut += packet.length;
    } else {
      this.counters.sendFailures += 1;
    }
  }

  #close(connection: ConnectionId, reasonCode: ReasonCode): void {
    this.#options.transport.close(connection, 0, reasonCode);
    this.#sessions.delete(connection);
    this.counters.connections = this.#sessions.size;
  }

  #traceId(): string {
    const half = () =>
      Math.floor(this.#options.random() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, "0");
    return half() + half();
  }
}
