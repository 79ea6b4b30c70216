import { Capability, OWN_CAPABILITIES } from "../protocol/capability.ts";
import type { CombatMessageName, CombatMessages } from "../protocol/combat/combat-messages.ts";
import { combatName } from "../protocol/combat/combat-types.ts";
import type { MessageLog } from "../protocol/message-log/message-log.ts";
import {
  type Action,
  type ActionEvent,
  type ActionResult,
  type Features,
  type HelloAck,
  type Input,
  MessageType,
  type Presence,
  type ReasonCode,
  type Reject,
  type Snapshot,
  type SnapshotDelta,
} from "../protocol/messages.ts";
import type { MessageMeter } from "../protocol/metering/message-meter.ts";
import { PROTOCOL_MAJOR, PROTOCOL_MINOR } from "../protocol/protocol-version.ts";
import { reasonText } from "../protocol/reason-text.ts";
import type { CloseCause, ConnectionId, Transport, TransportHandler } from "../transport/transport.ts";
import { Backoff } from "./backoff.ts";
import { closeCauseText } from "./close-cause-text.ts";
import { blamed, CodecTrouble } from "./codec-trouble.ts";
import type { ConnectionStatus } from "./connection-status.ts";
import { PacketLink } from "./packet-link.ts";
import { isWorthRetrying, lossText } from "./rejection.ts";
import type { Telemetry } from "./telemetry.ts";
import type { UplinkLoss } from "./uplink-loss.ts";

/** The transport is given up on when it has neither opened nor closed by then. */
const OPEN_TIMEOUT_MS = 10_000;
const WELCOME_TIMEOUT_MS = 5_000;
/** No packet for so long, though pings are sent: the connection is lost, whatever the transport thinks. */
const SILENCE_TIMEOUT_MS = 5_000;
const PING_INTERVAL_MS = 1_000;
/** The first pings follow each other faster, for an early idea of the round trip. */
const FIRST_PINGS = 5;
const FIRST_PING_INTERVAL_MS = 200;
/** For so long after a loss the server may still hold our place and our name. Above its own silence timeout of 10 s. */
const PLACE_HELD_MS = 30_000;
/** A session that lasted this long was a success: attempts and delays count from the start again. */
const STABLE_SESSION_MS = 5_000;
/** Longer texts are cut: the server refuses them all the same, and the packet stays small. */
const MAX_NAME_LENGTH = 10_000;
const MAX_BUILD_LENGTH = 64;
const LOG_INTERVAL_MS = 1_000;

export interface Target {
  /** `host:port`, `[v6]:port`. */
  address: string;
  name: string;
}

/** Whom a session tells what came. Messages are reused: valid during the call. */
export interface SessionListener {
  onWelcome(welcome: HelloAck): void;
  onSnapshot(snapshot: Snapshot): void;
  onSnapshotDelta(delta: SnapshotDelta): void;
  onPresence(presence: Presence): void;
  onActionResult(result: ActionResult): void;
  onActionEvent(event: ActionEvent): void;
  /** A message of the combat family came: it is in `messages` under its name. */
  onCombat(name: CombatMessageName, messages: CombatMessages): void;
  /** A ping sent at `sentAtMs` came back. */
  onPong(sentAtMs: number): void;
  /** The session is over, for whatever reason: the world is not to be shown any more. */
  onEnded(): void;
}

export interface SessionParts {
  transport: Transport;
  status: ConnectionStatus;
  telemetry: Telemetry;
  listener: SessionListener;
  random: () => number;
  clientBuild: string;
  /** What this client offers; without it, all that it can do. */
  capabilities?: readonly Capability[];
  /** Minor version to speak, up to this code's own, which is what is spoken without it. */
  protocolMinor?: number;
  /** What it runs on: 0 to 16 of a-z, 0-9, "_". */
  platform?: string;
  /** Is told every message. */
  messageLog?: MessageLog;
  /** Counts them. */
  meter?: MessageMeter;
  log: (line: string) => void;
}

/** The steps of a session; `waiting` is the pause between two attempts, `welcomed` is everything after HelloAck. */
type Phase = "off" | "waiting" | "opening" | "joining" | "welcomed";

/** Gets into a world and stays there: one connection after the other, with a pause that grows, until refused for good. */
export class Session implements TransportHandler {
  readonly #parts: SessionParts;
  readonly #offered: readonly Capability[];
  readonly #link: PacketLink;
  readonly #backoff: Backoff;
  #phase: Phase = "off";
  #target: Target = { address: "", name: "" };
  #attempt = 1;
  #nowMs = 0;
  /** When the phase began. */
  #sinceMs = 0;
  #nextTryAtMs = 0;
  #heardAtMs = 0;
  #nextPingAtMs = 0;
  #pingsSent = 0;
  #wasIn = false;
  readonly #trouble = new CodecTrouble();
  /** What is in use in this session, as the server says. */
  #inUse: readonly string[] = [];
  /** Minor version of this session. */
  #minor = 0;
  #lostAtMs = Number.NEGATIVE_INFINITY;
  #loggedAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#offered = parts.capabilities ?? OWN_CAPABILITIES;
    this.#link = new PacketLink(parts.transport, parts.telemetry, this.#offered, parts.messageLog, parts.meter);
    this.#backoff = new Backoff(parts.random);
  }

  connect(target: Target): void {
    this.leave();
    this.#target = { address: target.address, name: target.name.slice(0, MAX_NAME_LENGTH) };
    this.#attempt = 1;
    this.#wasIn = false;
    this.#backoff.reset();
    this.#lostAtMs = Number.NEGATIVE_INFINITY;
    this.#open();
  }

  leave(): void {
    if (this.#phase === "off") return;
    this.#end("left");
    this.#parts.status.set({ kind: "left" });
  }

  /** The world is loaded and shown. */
  startPlaying(zone: string, entityId: number): void {
    this.#parts.status.set({ kind: "playing", zone, entityId });
  }

  /** The client itself cannot go on, and trying again would not help. */
  refuse(reasonCode: ReasonCode, detail: string): void {
    this.#reject({ reasonCode, detail, traceId: "" });
  }

  /** What of this session's packets got lost on the way to the server. */
  get uplink(): Readonly<UplinkLoss> {
    return this.#link.uplink;
  }

  /** Round-trip time of the network, milliseconds; -1 while unknown. */
  linkRttMs(): number {
    return this.#link.rttMs();
  }

  /**
   * A packet could not be read although nothing that it builds on was missing. When that happens too often, the server is asked to
   * do without.
   */
  reportTrouble(isDifference: boolean, detail: string): void {
    if (this.#phase !== "welcomed" || this.#minor < 2) return;
    const capability = blamed(isDifference, this.#inUse);
    if (!this.#trouble.report(capability, this.#nowMs)) return;
    this.#parts.telemetry.featureProblems += 1;
    this.#parts.log(`asks to do without ${capability}: ${detail}`);
    this.#link.sendFeatureProblem({ capability, detail });
  }

  sendInput(input: Input): void {
    this.#link.sendInput(input);
  }

  /** Whether the server takes actions in this session. */
  get takesActions(): boolean {
    return this.#phase === "welcomed" && this.#inUse.includes(Capability.action);
  }

  /** Whether fighting is in use in this session. */
  get takesCombat(): boolean {
    return this.#phase === "welcomed" && this.#inUse.includes(Capability.combat);
  }

  sendCombat<Name extends "abilityUse" | "combatCommand">(name: Name, message: CombatMessages[Name]): void {
    if (this.takesCombat) this.#link.sendCombat(name, message);
  }

  sendAction(action: Action): void {
    this.#link.sendAction(action);
  }

  /** Takes in everything that came, then does what the time demands. */
  advance(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#parts.transport.poll(this);
    const elapsedMs = nowMs - this.#sinceMs;
    switch (this.#phase) {
      case "off":
        return;
      case "waiting":
        if (nowMs >= this.#nextTryAtMs) this.#open();
        else this.#parts.status.setSecondsToNextTry(this.#secondsToNextTry());
        return;
      case "opening":
        if (elapsedMs > OPEN_TIMEOUT_MS) this.#lose(closeCauseText("unreachable", this.#target.address, ""));
        return;
      case "joining":
        if (elapsedMs > WELCOME_TIMEOUT_MS) this.#lose("The server took the connection but did not answer.");
        return;
      case "welcomed":
        if (nowMs - this.#heardAtMs > SILENCE_TIMEOUT_MS) this.#lose("The server fell silent.");
        else this.#pingWhenDue();
    }
  }

  onConnecting(): boolean {
    return false;
  }

  onOpen(connection: ConnectionId): void {
    if (!this.#link.isCurrent(connection)) return;
    this.#enter("joining");
    this.#parts.status.set({ kind: "joining", address: this.#target.address, attempt: this.#attempt });
    this.#link.sendHello({
      protocolMajor: PROTOCOL_MAJOR,
      protocolMinor: this.#parts.protocolMinor ?? PROTOCOL_MINOR,
      playerName: this.#target.name,
      clientBuild: this.#parts.clientBuild.slice(0, MAX_BUILD_LENGTH),
      capabilities: this.#offered,
      platform: this.#parts.platform ?? "",
    });
  }

  onMessage(connection: ConnectionId, bytes: Uint8Array): void {
    if (!this.#link.isCurrent(connection)) return;
    const type = this.#link.receive(bytes);
    if (type === 0) this.#onDropped();
    else {
      this.#heardAtMs = this.#nowMs;
      this.#onPacket(type);
    }
  }

  onClosed(connection: ConnectionId, cause: CloseCause, _code: number, detail: string): void {
    if (!this.#link.isCurrent(connection)) return;
    this.#link.forget();
    this.#lose(closeCauseText(cause, this.#target.address, detail));
  }

  #onPacket(type: MessageType): void {
    const { listener, telemetry } = this.#parts;
    const { decoder } = this.#link;
    if (type === MessageType.reject) this.#onReject(decoder.reject);
    else if (type === MessageType.bye) this.#lose(lossText(decoder.bye.reasonCode));
    else if (type === MessageType.helloAck && this.#phase === "joining") this.#onWelcome(decoder.helloAck);
    else if (this.#phase !== "welcomed") telemetry.unexpected += 1;
    else if (type === MessageType.snapshot) listener.onSnapshot(decoder.snapshot);
    else if (type === MessageType.snapshotDelta && this.#offered.includes(Capability.snapshotDelta)) {
      listener.onSnapshotDelta(decoder.snapshotDelta);
    } else if (type === MessageType.features) this.#onFeatures(decoder.features);
    else if (type === MessageType.presence) listener.onPresence(decoder.presence);
    else if (type === MessageType.actionResult && this.#offered.includes(Capability.action)) {
      listener.onActionResult(decoder.actionResult);
    } else if (type === MessageType.actionEvent && this.#offered.includes(Capability.action)) {
      listener.onActionEvent(decoder.actionEvent);
    } else if (type === MessageType.pong) listener.onPong(decoder.pong.sentAtMs);
    else this.#onCombatPacket(type);
  }

  #onCombatPacket(type: MessageType): void {
    const name = combatName(type);
    const unasked = name === undefined || name === "abilityUse" || name === "combatCommand";
    if (unasked || !this.#offered.includes(Capability.combat)) this.#parts.telemetry.unexpected += 1;
    else this.#parts.listener.onCombat(name, this.#link.decoder.combat);
  }

  #onDropped(): void {
    const { error, detail, codec, header } = this.#link.decoder;
    if (error !== "" && codec === Capability.sequenced) {
      this.reportTrouble(header.type === MessageType.snapshotDelta, `${error}: ${detail}`);
    }
    if (error === "bad_version" && this.#phase === "joining") this.refuse("version_mismatch", detail);
    if (error === "" || this.#nowMs - this.#loggedAtMs < LOG_INTERVAL_MS) return;
    this.#loggedAtMs = this.#nowMs;
    this.#parts.log(`dropped a packet, ${this.#parts.telemetry.malformed} so far: ${error}: ${detail}`);
  }

  #onWelcome(welcome: HelloAck): void {
    if (welcome.protocolMajor !== PROTOCOL_MAJOR) {
      const came = `${welcome.protocolMajor}.${welcome.protocolMinor}`;
      this.refuse("version_mismatch", `expected protocol ${PROTOCOL_MAJOR}.x, the server speaks ${came}`);
      return;
    }
    this.#link.startSession(welcome.sessionEpoch, welcome.protocolMinor);
    this.#minor = welcome.protocolMinor;
    this.#parts.telemetry.protocolMinor = this.#minor;
    this.#trouble.reset();
    const named = welcome.capabilities ?? [];
    // Before 1.2 a codec has no name: it is the one of the Hello.
    this.#use(this.#minor >= 2 ? named : [this.#link.decoder.codec, ...named]);
    this.#wasIn = true;
    this.#enter("welcomed");
    this.#nextPingAtMs = this.#nowMs;
    this.#pingsSent = 0;
    this.#parts.status.set({ kind: "loading", zone: welcome.zone });
    this.#parts.listener.onWelcome(welcome);
  }

  #onFeatures({ capabilities }: Features): void {
    this.#parts.log(`in use now: ${capabilities.join(", ")}`);
    this.#trouble.reset();
    this.#use(capabilities);
  }

  #use(capabilities: readonly string[]): void {
    this.#inUse = [...capabilities];
    this.#parts.telemetry.featuresInUse = this.#inUse;
    this.#link.use(this.#inUse);
  }

  #onReject(reject: Reject): void {
    const lostJustNow = this.#nowMs - this.#lostAtMs < PLACE_HELD_MS;
    if (isWorthRetrying(reject.reasonCode, lostJustNow)) this.#lose(lossText(reject.reasonCode));
    else this.#reject(reject);
  }

  #reject({ reasonCode, detail, traceId }: Reject): void {
    this.#parts.log(`rejected: ${reasonCode}: ${detail}${traceId === "" ? "" : ` (trace ${traceId})`}`);
    this.#end(reasonCode);
    this.#parts.status.set({ kind: "rejected", reasonCode, text: reasonText(reasonCode), detail, traceId });
  }

  #open(): void {
    this.#enter("opening");
    this.#parts.status.set({ kind: "connecting", address: this.#target.address, attempt: this.#attempt });
    this.#link.open(this.#target.address);
  }

  /** This connection is over; another one will be tried after a pause. */
  #lose(cause: string): void {
    const wasIn = this.#phase === "welcomed";
    if (wasIn) this.#lostAtMs = this.#nowMs;
    if (wasIn && this.#nowMs - this.#sinceMs >= STABLE_SESSION_MS) {
      this.#backoff.reset();
      this.#attempt = 0;
    }
    this.#end("timeout");
    this.#parts.telemetry.connectionsLost += 1;
    this.#attempt += 1;
    this.#nextTryAtMs = this.#nowMs + this.#backoff.nextDelayMs();
    this.#enter("waiting");
    this.#parts.log(`${cause} Attempt ${this.#attempt} follows.`);
    this.#parts.status.set({
      kind: "reconnecting",
      wasIn: this.#wasIn,
      address: this.#target.address,
      attempt: this.#attempt,
      nextTryInSeconds: this.#secondsToNextTry(),
      cause,
    });
  }

  /** Ends whatever there is, with a goodbye where there is somebody to hear it. */
  #end(reasonCode: ReasonCode): void {
    const phase = this.#phase;
    this.#phase = "off";
    if (phase === "joining" || phase === "welcomed") this.#link.sendBye(reasonCode);
    this.#link.close(reasonCode);
    if (phase === "welcomed") this.#parts.listener.onEnded();
  }

  #pingWhenDue(): void {
    if (this.#nowMs < this.#nextPingAtMs) return;
    this.#link.sendPing(this.#nowMs);
    this.#pingsSent += 1;
    this.#nextPingAtMs = this.#nowMs + (this.#pingsSent < FIRST_PINGS ? FIRST_PING_INTERVAL_MS : PING_INTERVAL_MS);
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#sinceMs = this.#nowMs;
    this.#heardAtMs = this.#nowMs;
  }

  #secondsToNextTry(): number {
    return Math.max(0, Math.ceil((this.#nextTryAtMs - this.#nowMs) / 1000));
  }
}
