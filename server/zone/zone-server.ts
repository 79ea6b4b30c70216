import { Capability, OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import { MessageDecoder } from "../../scripts/protocol/message-decoder.ts";
import type { MessageLog } from "../../scripts/protocol/message-log/message-log.ts";
import type { Hello, Presence, ReasonCode } from "../../scripts/protocol/messages.ts";
import { MessageType } from "../../scripts/protocol/messages.ts";
import { NEWCOMER_COHORT } from "../../scripts/protocol/metering/cohort.ts";
import { type MessageMeter, NO_SESSION } from "../../scripts/protocol/metering/message-meter.ts";
import { type Agreement, type Codec, namedIn, type Peer } from "../../scripts/protocol/negotiation.ts";
import { PROTOCOL_MAJOR, PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import { MAX_SLOTS } from "../../scripts/protocol/snapshot-codec/codec-limits.ts";
import { MAX_PRESENCE_JOINED } from "../../scripts/protocol/wire-limits.ts";
import type { Camp } from "../../scripts/simulation/camp.ts";
import type { CombatData } from "../../scripts/simulation/combat/data/combat-data.ts";
import { INPUT_RATE_HZ, SNAPSHOT_RATE_HZ, TICK_RATE_HZ } from "../../scripts/simulation/constants.ts";
import type { Zone } from "../../scripts/simulation/zone-file.ts";
import type { CloseCause, ConnectionId, Transport, TransportHandler } from "../../scripts/transport/transport.ts";
import { allowEverything, type FeatureGate } from "../features/feature-gate.ts";
import { type Admission, admit } from "./admission.ts";
import type { Character } from "./character.ts";
import type { CombatLog } from "./combat/combat-log.ts";
import { ZoneCombat } from "./combat/zone-combat.ts";
import { createTraceId } from "./create-trace-id.ts";
import { CreatureCharacters } from "./creature-characters.ts";
import { EntityBroadcast } from "./entity-broadcast.ts";
import { FeatureChanges } from "./feature-changes.ts";
import { LagCompensation } from "./lag-compensation/lag-compensation.ts";
import { LEGACY_SNAPSHOT_RATE_HZ } from "./nearest-entities.ts";
import { Outbox } from "./outbox.ts";
import { createPlayer, type Newcomer, type Player, type Session } from "./player.ts";
import { PlayerMail } from "./player-mail.ts";
import { simulatePlayer } from "./player-simulation.ts";
import { PresenceNews } from "./presence-news.ts";
import { SessionFeatures } from "./session-features.ts";
import { SnapshotTurns } from "./snapshot-turns.ts";
import { placeAnywhere, placeAtSpawn } from "./spawning.ts";
import { type LogLine, ThrottledLog } from "./throttled-log.ts";
import { unconnected } from "./unconnected.ts";
import { createZoneCounters, type ZoneCounters } from "./zone-counters.ts";
import type { SpawnPlace } from "./zone-options.ts";

/** A newcomer that has not said Hello by then is shown the door. */
const HELLO_TIMEOUT_MS = 5_000;
/** A player of whom nothing was heard for so long is gone. */
const SILENCE_TIMEOUT_MS = 10_000;
/** Malformed packets after which a connection is closed. */
const MAX_MALFORMED_PACKETS = 32;
/** After every so many of them another way of writing is tried, where there is one. */
const FALLBACK_MALFORMED_PACKETS = 8;
/** Ticks that one `advance` catches up at most; what lies further back is given up. */
const MAX_CATCH_UP_TICKS = 6;
const TICK_MS = 1000 / TICK_RATE_HZ;

export interface ZoneServerOptions {
  transport: Transport;
  zone: Zone;
  /** Monotonic clock, milliseconds. */
  nowMs: () => number;
  /** Uniform in [0, 1). */
  random: () => number;
  /** 1 to 1000. */
  maxPlayers: number;
  /** Where newcomers appear; without it, on the zone's spawns. */
  spawn?: SpawnPlace;
  /** What to agree to when a client offers it; without it, all that this server can do. */
  capabilities?: readonly Capability[];
  /** Minor version to speak, up to this code's own, which is what is spoken without it. */
  protocolMinor?: number;
  /** What of that is allowed, and to whom; without it, everything to everybody. */
  features?: FeatureGate;
  /** Counts messages by cohort. */
  meter?: MessageMeter;
  /** What is fought by; without it, nobody has health and every wish to fight is refused. */
  combat?: CombatOptions;
  /** Is told when each tick begins and ends. */
  ticks?: { start(): void; stop(): void };
  /** Is told every message. */
  messageLog?: MessageLog;
  log: LogLine;
}

export interface CombatOptions {
  data: CombatData;
  /** Where creatures live; without it, as the zone says. */
  camps?: readonly Camp[];
  /** Takes every event. */
  log?: CombatLog;
  /** Is told when the fighting of each tick begins and ends. */
  ticks?: { start(): void; stop(): void };
}

/**
 * The authority over one zone: takes players in, runs their commands at a fixed 60 Hz, tells everyone where everyone
 * is at 20 Hz. Owns no clock and no socket; `advance` is the only thing that makes time pass.
 */
export class ZoneServer implements TransportHandler {
  readonly counters: ZoneCounters = createZoneCounters();
  /** Is called before each tick: whoever plays those that were taken in hands in what they do. */
  beforeTick: ((serverTick: number) => void) | undefined;
  readonly #options: ZoneServerOptions;
  readonly #log: ThrottledLog;
  readonly #sessions = new Map<ConnectionId, Session>();
  readonly #players: Player[] = [];
  /** Those of them who have a connection. */
  readonly #listeners: Player[] = [];
  readonly #playersByPlace: (Character | undefined)[];
  readonly #decoder = new MessageDecoder();
  readonly #outbox: Outbox;
  /** What this server can do, before anything is allowed or not. */
  readonly #own: Peer;
  readonly #gate: FeatureGate;
  readonly #featureChanges: FeatureChanges;
  readonly #broadcast: EntityBroadcast;
  readonly #turns: SnapshotTurns;
  readonly #news = new PresenceNews<Player>();
  readonly #lagCompensation: LagCompensation;
  readonly #combat: ZoneCombat | undefined;
  readonly #creatures: CreatureCharacters;
  readonly #mail: PlayerMail;
  #nextEntityId = 1;
  #nextEpoch: number;
  #serverTick = 0;
  #nextTickAtMs: number;
  #stopped = false;

  constructor(options: ZoneServerOptions) {
    this.#options = options;
    const places = placesFor(options);
    this.#broadcast = new EntityBroadcast(options.zone, places);
    this.#playersByPlace = new Array(places).fill(undefined);
    this.#outbox = new Outbox({ ...options, counters: this.counters });
    this.#lagCompensation = new LagCompensation({
      area: this.#broadcast.area,
      maxPlayers: places,
      counters: this.counters,
      tell: this.#outbox,
      onHit: (attacker, target) => this.#combat?.struck(attacker, target),
    });
    this.#creatures = new CreatureCharacters({
      most: places - options.maxPlayers,
      takePlace: () => this.#broadcast.takePlace(),
      givePlaceBack: (place) => this.#broadcast.givePlaceBack(place, this.#players),
      takeEntityId: () => this.#takeEntityId(),
      characters: this.#playersByPlace,
      news: this.#news,
    });
    this.#combat = this.#openCombat(places);
    this.#broadcast.vitals = this.#combat;
    this.#own = {
      protocolMinor: options.protocolMinor ?? PROTOCOL_MINOR,
      capabilities: options.capabilities ?? OWN_CAPABILITIES,
    };
    this.#gate = options.features ?? allowEverything;
    this.#featureChanges = new FeatureChanges({
      gate: this.#gate,
      outbox: this.#outbox,
      counters: this.counters,
      ...(options.meter && { meter: options.meter }),
      log: options.log,
    });
    this.#mail = new PlayerMail({
      decoder: this.#decoder,
      outbox: this.#outbox,
      counters: this.counters,
      featureChanges: this.#featureChanges,
      lagCompensation: this.#lagCompensation,
      combat: this.#combat,
      leave: (player) => {
        this.#close(player.connection, "left");
        this.#remove(player, "said goodbye");
      },
    });
    this.#turns = new SnapshotTurns({
      zone: options.zone,
      nowMs: options.nowMs,
      broadcast: this.#broadcast,
      outbox: this.#outbox,
      counters: this.counters,
      playersByPlace: this.#playersByPlace,
    });
    this.#log = new ThrottledLog(options.log, options.nowMs);
    this.#nextTickAtMs = options.nowMs();
    // Starts anywhere, so that a client of an earlier server process is not mistaken for one of this.
    this.#nextEpoch = 1 + Math.floor(options.random() * 0xffff);
  }

  get serverTick(): number {
    return this.#serverTick;
  }

  /** The fighting in this zone, if there is any. */
  get combat(): ZoneCombat | undefined {
    return this.#combat;
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
        for (const player of this.#listeners) player.timeBank.grant(behind);
        this.#log.line("overload", () => `cannot keep up: gave up ${behind} ticks`);
        break;
      }
      this.#tick(now);
      this.#nextTickAtMs += TICK_MS;
      ran += 1;
    }
    return Math.max(0, this.#nextTickAtMs - this.#options.nowMs());
  }

  /**
   * Takes in a player who has no connection: somebody whom this process plays, so that a zone can be full without a thousand clients. It counts as
   * any other one, is seen, fights and is fought; only nobody is told anything in its name. What packets would bring is handed in by whoever plays it,
   * in `beforeTick`: commands to `commands`, wishes to `combat`. Throws where there is no place or the name is taken.
   */
  takeIn(name: string): Player {
    const { newcomer, hello } = unconnected(name, this.#options.nowMs());
    const admission = this.#admit(hello, newcomer.codec);
    if (!admission.admitted) throw new Error(`"${name}" cannot be taken in: ${admission.detail}`);
    const player = this.#createPlayer(newcomer, hello, admission);
    this.#enter(player);
    return player;
  }

  /**
   * A player is on its way to another zone, or stays after all: until it has left, its wishes to use abilities are refused as `in_handoff`. Throws where
   * nobody plays by that entity id.
   */
  setInHandoff(entityId: number, inHandoff: boolean): void {
    const player = this.#players.find((one) => one.entityId === entityId);
    if (player === undefined) throw new Error(`handoff: expected a player of this zone, got entity ${entityId}`);
    player.inHandoff = inHandoff;
  }

  /** Says goodbye to everyone. The transport stays open, so that the goodbyes can leave; dispose of it afterwards. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const player of [...this.#listeners]) {
      this.#outbox.bye(player, "shutting_down");
      this.#close(player.connection, "shutting_down");
      this.#options.meter?.moveSession(player.features.cohort, NO_SESSION);
    }
    this.#players.length = 0;
    this.#listeners.length = 0;
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
      codec: Capability.sequenced,
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
    const { meter, messageLog } = this.#options;
    messageLog?.received(session.stage === "playing" ? session.name : session.address, bytes);
    const cohort = session.stage === "playing" ? session.features.cohort : NEWCOMER_COHORT;
    meter?.start();
    const type = this.#decoder.decode(bytes);
    if (session.stage === "newcomer") session.codec = this.#decoder.codec;
    if (type === 0) {
      if (this.#decoder.error !== "") meter?.refused(cohort, this.#decoder.header.type, bytes, this.#decoder.error);
      this.#onUndecodable(session);
      return;
    }
    meter?.received(cohort, type, bytes);
    if (session.stage === "newcomer") this.#onNewcomerMessage(session, type);
    else this.#onPlayerMessage(session, type);
  }

  onClosed(connection: ConnectionId, cause: CloseCause, _code: number, detail: string): void {
    const session = this.#sessions.get(connection);
    if (session === undefined) return;
    this.#remove(session, detail === "" ? cause : `${cause}, ${detail}`);
  }

  #tick(now: number): void {
    this.beforeTick?.(this.#serverTick + 1);
    this.#options.ticks?.start();
    this.#combat?.begin(this.#serverTick + 1);
    this.#options.transport.poll(this);
    this.#expire(now);
    this.#news.tell(this.#listeners, this.#tellPresence);
    this.#featureChanges.follow(this.#listeners);
    this.#serverTick += 1;
    this.counters.ticks += 1;
    for (const player of this.#players) {
      simulatePlayer(this.#options.zone.world, player, this.counters, this.#combat);
    }
    this.#turns.showStates(this.#players);
    // What is fought out in this tick is in its snapshots.
    this.#lagCompensation.record(this.#serverTick, this.#players, this.#creatures.all);
    this.#lagCompensation.judge(this.#serverTick, this.#players, this.#nextEntityId);
    this.#combat?.run(this.#players, this.#nextEntityId);
    if (this.#combat !== undefined) this.#creatures.follow(this.#combat.creatures);
    this.#turns.tell(this.#serverTick, this.#listeners, this.#players, this.#creatures.all);
    this.#options.transport.flush();
    this.#options.ticks?.stop();
  }

  #expire(now: number): void {
    for (const session of this.#sessions.values()) {
      if (session.stage === "newcomer") {
        if (now - session.arrivedAtMs > HELLO_TIMEOUT_MS) {
          this.#reject(session, "timeout", `a Hello within ${HELLO_TIMEOUT_MS} ms was expected, none came`);
        }
      } else if (now - session.lastHeardAtMs > SILENCE_TIMEOUT_MS) {
        this.#outbox.bye(session, "timeout");
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
    } else if (session.stage === "playing" && session.malformed % FALLBACK_MALFORMED_PACKETS === 0) {
      this.#featureChanges.fallBack(session, this.#decoder.header.type === MessageType.inputDelta, detail);
    }
  }

  #onNewcomerMessage(newcomer: Newcomer, type: MessageType): void {
    if (type === MessageType.hello) this.#welcome(newcomer, this.#decoder.hello);
    else if (type === MessageType.bye) this.#close(newcomer.connection, "left");
    else this.counters.unexpected += 1;
  }

  #welcome(newcomer: Newcomer, hello: Hello): void {
    const admission = this.#admit(hello, this.#decoder.codec);
    if (!admission.admitted) {
      this.#reject(newcomer, admission.reasonCode, admission.detail);
      return;
    }
    const player = this.#createPlayer(newcomer, hello, admission);
    this.#sessions.set(newcomer.connection, player);
    this.#greet(player);
    this.#introduce(player);
    this.#listeners.push(player);
    this.#enter(player);
    this.#options.meter?.moveSession(NO_SESSION, player.features.cohort);
    this.#options.log(`${player.name} joined as entity ${player.entityId} from ${player.address}`);
    this.#options.transport.flush();
  }

  #admit(hello: Hello, codec: Codec): Admission {
    return admit(hello, codec, { own: this.#own, maxPlayers: this.#options.maxPlayers, players: this.#players });
  }

  #enter(player: Player): void {
    this.#news.addJoined({ entityId: player.entityId, name: player.name });
    this.#players.push(player);
    this.#playersByPlace[player.place] = player;
    this.#combat?.join(player);
    this.counters.players = this.#players.length;
  }

  #createPlayer(
    newcomer: Newcomer,
    hello: Hello,
    who: { name: string; nameKey: string; agreement: Agreement },
  ): Player {
    const { zone, nowMs, random } = this.#options;
    const { name, nameKey, agreement } = who;
    const subject = { playerKey: nameKey, zone: zone.name, platform: hello.platform ?? "" };
    const place = this.#broadcast.takePlace();
    const tellsDifferences = agreement.capabilities.includes(Capability.snapshotDelta);
    const identity = {
      ...this.#identify(name, nameKey),
      features: new SessionFeatures(agreement, subject, this.#gate),
      sender: tellsDifferences ? this.#broadcast.createSender(place) : undefined,
      place,
    };
    const player = createPlayer(newcomer, identity, nowMs());
    if (this.#options.spawn === "anywhere") placeAnywhere(zone, random, player.entityId, player.state);
    else placeAtSpawn(zone, player.entityId, player.state);
    return player;
  }

  #greet(player: Player): void {
    const { zone } = this.#options;
    const { agreement, codec, inUse } = player.features;
    this.#outbox.helloAck(player, {
      protocolMajor: PROTOCOL_MAJOR,
      protocolMinor: agreement.protocolMinor,
      sessionEpoch: player.sessionEpoch,
      entityId: player.entityId,
      zone: zone.name,
      worldHash: zone.worldHash,
      serverTick: this.#serverTick,
      tickRateHz: TICK_RATE_HZ,
      snapshotRateHz: codec === Capability.legacy ? LEGACY_SNAPSHOT_RATE_HZ : SNAPSHOT_RATE_HZ,
      inputRateHz: INPUT_RATE_HZ,
      capabilities: namedIn(agreement.protocolMinor, inUse),
    });
  }

  #identify(name: string, nameKey: string) {
    const entityId = this.#takeEntityId();
    const sessionEpoch = this.#nextEpoch;
    this.#nextEpoch = sessionEpoch === 0xffff ? 1 : sessionEpoch + 1;
    return { entityId, name, nameKey, sessionEpoch };
  }

  #takeEntityId(): number {
    this.#nextEntityId += 1;
    return this.#nextEntityId - 1;
  }

  readonly #tellPresence = (player: Player, message: Presence): void => this.#outbox.presence(player, message);

  /** Tells the new player who is here, and soon everyone here of the new player. */
  #introduce(player: Player): void {
    const self = { entityId: player.entityId, name: player.name };
    const creatures = this.#combat?.creatures.present() ?? [];
    const here = [self, ...this.#players.map(({ entityId, name }) => ({ entityId, name })), ...creatures];
    for (let from = 0; from < here.length; from += MAX_PRESENCE_JOINED) {
      this.#outbox.presence(player, { joined: here.slice(from, from + MAX_PRESENCE_JOINED), left: [] });
    }
  }

  #onPlayerMessage(player: Player, type: MessageType): void {
    if (!this.#mail.accepts(player)) return;
    player.lastHeardAtMs = this.#options.nowMs();
    this.#mail.deliver(player, type, this.#serverTick, this.#nextEntityId);
  }

  #openCombat(places: number): ZoneCombat | undefined {
    const { combat, zone, random } = this.#options;
    if (combat === undefined) return undefined;
    return new ZoneCombat({
      zone,
      data: combat.data,
      seed: Math.floor(random() * 0x1_0000_0000),
      camps: combat.camps ?? zone.camps,
      capacity: places,
      book: this.#creatures,
      lag: this.#lagCompensation,
      area: this.#broadcast.area,
      outbox: this.#outbox,
      ...(combat.log && { log: combat.log }),
      ...(combat.ticks && { ticks: combat.ticks }),
    });
  }

  #reject(session: Session, reasonCode: ReasonCode, detail: string): void {
    const traceId = createTraceId(this.#options.random);
    this.counters.rejected += 1;
    // Every one: somebody may come and ask about the trace id. The transport limits how often an address can ask to join.
    this.#options.log(`rejected ${session.address}: ${reasonCode}: ${detail} (${traceId})`);
    const codec = session.stage === "playing" ? session.features.codec : session.codec;
    this.#outbox.reject(session, codec, { reasonCode, traceId, detail: detail.slice(0, 200) });
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
    this.#listeners.splice(this.#listeners.indexOf(session), 1);
    this.counters.players = this.#players.length;
    this.#playersByPlace[session.place] = undefined;
    this.#combat?.leave(session);
    this.#broadcast.givePlaceBack(session.place, this.#players);
    this.#options.meter?.moveSession(session.features.cohort, NO_SESSION);
    this.#news.forget(session);
    this.#news.addLeft(session.entityId);
    this.#options.log(`${session.name} left: ${why}`);
  }

  #close(connection: ConnectionId, reasonCode: ReasonCode): void {
    this.#options.transport.close(connection, 0, reasonCode);
    this.#sessions.delete(connection);
    this.counters.connections = this.#sessions.size;
  }
}

/** Places in the zone: for players, and for as many creatures as the snapshot codec has slots for besides. */
function placesFor({ maxPlayers, combat, zone }: ZoneServerOptions): number {
  const camps = combat === undefined ? [] : (combat.camps ?? zone.camps);
  const creatures = camps.reduce((sum, { count }) => sum + count, 0);
  return Math.min(maxPlayers + creatures, Math.max(MAX_SLOTS, maxPlayers));
}
