import { ByteBuffer } from "flatbuffers";
import { ActionDecoder } from "./action-decoder.ts";
import { BODY_LAYOUTS, type FlatMessageType } from "./body-layouts.ts";
import { CombatDecoder } from "./combat/combat-decoder.ts";
import type { CombatMessages } from "./combat/combat-messages.ts";
import { combatName } from "./combat/combat-types.ts";
import {
  createAction,
  createActionEvent,
  createActionResult,
  createInput,
  createOwnState,
  createSnapshot,
} from "./create-messages.ts";
import { type DecodeError, DecodeFailure } from "./decode-error.ts";
import { FlatVerifier } from "./flat-verifier.ts";
import { Ping as PingTable } from "./generated/wire/ping.ts";
import { Pong as PongTable } from "./generated/wire/pong.ts";
import { InputDecoder } from "./input-decoder.ts";
import { InputDeltaDecoder } from "./input-delta-decoder.ts";
import {
  type Action,
  type ActionEvent,
  type ActionResult,
  type Bye,
  type FeatureProblem,
  type Features,
  type Hello,
  type HelloAck,
  type Input,
  MessageType,
  type Ping,
  type Pong,
  type Presence,
  type Reject,
  type Snapshot,
  type SnapshotDelta,
} from "./messages.ts";
import { createPacketHeader, HEADER_BYTES, type PacketHeader, readPacketHeader } from "./packet-header.ts";
import { SessionDecoder } from "./session-decoder.ts";
import { SnapshotDecoder } from "./snapshot-decoder.ts";
import { SnapshotDeltaDecoder } from "./snapshot-delta-decoder.ts";
import { MAX_PACKET_BYTES } from "./wire-limits.ts";

/**
 * Turns packets of protocol 1.x into messages. Takes any bytes, never throws, and allocates nothing for `Input`,
 * `Snapshot`, `SnapshotDelta`, `Ping`, `Pong` and the action family. One decoder serves any number of peers.
 *
 * `decode` fills the message of the type that it returns, in place: the objects and arrays are the same for ever and
 * overwritten by the next packet of that type. After an error the messages' contents mean nothing.
 */
export class PacketDecoder {
  readonly header: PacketHeader = createPacketHeader();

  readonly hello: Hello = {
    protocolMajor: 0,
    protocolMinor: 0,
    playerName: "",
    clientBuild: "",
    capabilities: [],
    platform: "",
  };
  readonly helloAck: HelloAck = {
    protocolMajor: 0,
    protocolMinor: 0,
    sessionEpoch: 0,
    entityId: 0,
    zone: "",
    worldHash: "",
    serverTick: 0,
    tickRateHz: 0,
    snapshotRateHz: 0,
    inputRateHz: 0,
    capabilities: [],
  };
  readonly reject: Reject = { reasonCode: "internal", traceId: "", detail: "" };
  readonly input: Input = createInput();
  readonly snapshot: Snapshot = createSnapshot();
  readonly snapshotDelta: SnapshotDelta = {
    serverTick: 0,
    ackInputTick: 0,
    inputBufferTicks: 0,
    own: createOwnState(),
    entities: new Uint8Array(0),
  };
  readonly ping: Ping = { sentAtMs: 0 };
  readonly pong: Pong = { sentAtMs: 0, serverTick: 0 };
  readonly bye: Bye = { reasonCode: "internal" };
  readonly presence: Presence = { joined: [], left: [] };
  readonly features: Features = { capabilities: [] };
  readonly featureProblem: FeatureProblem = { capability: "", detail: "" };
  readonly action: Action = createAction();
  readonly actionResult: ActionResult = createActionResult();
  readonly actionEvent: ActionEvent = createActionEvent();

  // The packet is copied here, so that one ByteBuffer and one verifier serve all: making them per packet costs more.
  readonly #packet = new Uint8Array(MAX_PACKET_BYTES);
  readonly #bodyBytes = this.#packet.subarray(HEADER_BYTES);
  readonly #body = new ByteBuffer(this.#bodyBytes);
  readonly #failure = new DecodeFailure();
  readonly #verifier = new FlatVerifier(this.#bodyBytes, this.#failure);
  readonly #session = new SessionDecoder(this.#body, this.#failure);
  readonly #input = new InputDecoder(this.#body, this.#failure);
  readonly #inputDelta = new InputDeltaDecoder(this.#packet, this.#failure);
  readonly #snapshot = new SnapshotDecoder(this.#body, this.#failure);
  readonly #snapshotDelta = new SnapshotDeltaDecoder(this.#packet, this.#failure);
  readonly #action = new ActionDecoder(this.#body, this.#failure);
  readonly #combat = new CombatDecoder(this.#bodyBytes, this.#failure);
  readonly #pingTable = new PingTable();
  readonly #pongTable = new PongTable();

  /** The messages of the combat family. */
  get combat(): CombatMessages {
    return this.#combat.messages;
  }

  /** Fills a message of the combat family from elsewhere than a FlatBuffer. */
  get combatFiller(): CombatDecoder {
    return this.#combat;
  }

  /** What was wrong with the last packet; "" when nothing was. */
  get error(): DecodeError | "" {
    return this.#failure.error;
  }

  /** What was expected and what came, in English; "" when nothing was wrong. */
  get detail(): string {
    return this.#failure.detail;
  }

  /**
   * Returns the type of the message that was filled, or 0: then `error` and `detail` say why.
   * After "bad_version" the header's version and type are valid nevertheless, so that a `Hello` of another major version
   * can be answered in words. After other errors the header holds what was read before the error, and zeros.
   */
  decode(bytes: Uint8Array): MessageType | 0 {
    this.#failure.clear();
    if (!readPacketHeader(bytes, this.header, this.#failure)) return 0;
    const type = this.header.type;
    if (type === 0) return 0;
    this.#packet.set(bytes);
    if (type === MessageType.snapshotDelta) {
      return this.#snapshotDelta.decode(bytes.length, this.snapshotDelta) ? type : 0;
    }
    if (type === MessageType.inputDelta) {
      return this.#inputDelta.decode(bytes.length, this.input) ? type : 0;
    }
    if (!this.#verifier.verify(BODY_LAYOUTS[type], bytes.length - HEADER_BYTES)) return 0;
    return this.#read(type) ? type : 0;
  }

  #read(type: FlatMessageType): boolean {
    const combat = combatName(type);
    if (combat !== undefined) return this.#combat.decode(combat);
    switch (type) {
      case MessageType.hello:
        return this.#session.hello(this.hello);
      case MessageType.helloAck:
        return this.#session.helloAck(this.helloAck);
      case MessageType.reject:
        return this.#session.reject(this.reject);
      case MessageType.input:
        return this.#input.decode(this.input);
      case MessageType.snapshot:
        return this.#snapshot.decode(this.snapshot);
      case MessageType.ping:
        this.ping.sentAtMs = PingTable.getRootAsPing(this.#body, this.#pingTable).sentAtMs();
        return true;
      case MessageType.pong:
        return this.#readPong();
      case MessageType.bye:
        return this.#session.bye(this.bye);
      case MessageType.presence:
        return this.#session.presence(this.presence);
      case MessageType.features:
        return this.#session.features(this.features);
      case MessageType.featureProblem:
        return this.#session.featureProblem(this.featureProblem);
      case MessageType.action:
        return this.#action.action(this.action);
      case MessageType.actionResult:
        return this.#action.result(this.actionResult);
      case MessageType.actionEvent:
        return this.#action.event(this.actionEvent);
      default:
        return false;
    }
  }

  #readPong(): boolean {
    const table = PongTable.getRootAsPong(this.#body, this.#pongTable);
    this.pong.sentAtMs = table.sentAtMs();
    this.pong.serverTick = table.serverTick();
    return true;
  }
}
