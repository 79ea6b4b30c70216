import { Builder, type Offset } from "flatbuffers";
import { cutText } from "./cut-text.ts";
import { Bye as ByeTable } from "./generated/wire/bye.ts";
import { FeatureProblem as FeatureProblemTable } from "./generated/wire/feature-problem.ts";
import { Features as FeaturesTable } from "./generated/wire/features.ts";
import { Hello as HelloTable } from "./generated/wire/hello.ts";
import { HelloAck as HelloAckTable } from "./generated/wire/hello-ack.ts";
import { Presence as PresenceTable } from "./generated/wire/presence.ts";
import { PresenceEntry } from "./generated/wire/presence-entry.ts";
import { Reject as RejectTable } from "./generated/wire/reject.ts";
import {
  type Bye,
  type FeatureProblem,
  type Features,
  type Hello,
  type HelloAck,
  MessageType,
  type Presence,
  type Reject,
} from "./messages.ts";
import { HEADER_BYTES, type PacketHeader, writePacketHeader } from "./packet-header.ts";
import { reasonNumber } from "./reason-code.ts";
import {
  CAPABILITY_PATTERN,
  MAX_CAPABILITIES,
  MAX_CLIENT_BUILD_BYTES,
  MAX_HELLO_NAME_BYTES,
  MAX_PACKET_BYTES,
  MAX_PRESENCE_JOINED,
  MAX_PRESENCE_LEFT,
  MAX_PRESENCE_NAME_BYTES,
  MAX_REJECT_DETAIL_LENGTH,
  MAX_UINT8,
  MAX_UINT16,
  MAX_UINT32,
  MAX_WORLD_HASH_BYTES,
  PLATFORM_PATTERN,
  TRACE_ID_PATTERN,
  ZONE_NAME_PATTERN,
} from "./wire-limits.ts";
import { assertInteger, assertPattern } from "./wire-value.ts";

/** Writes the messages that open, describe and end a session: rare, so they go through the FlatBuffers builder. */
export class SessionEncoder {
  readonly #builder = new Builder(1_024);
  readonly #packet = new Uint8Array(MAX_PACKET_BYTES);
  readonly #text = new TextEncoder();

  hello(header: Readonly<PacketHeader>, message: Readonly<Hello>): Uint8Array {
    assertInteger(message.protocolMajor, 0, MAX_UINT8, "hello.protocolMajor");
    assertInteger(message.protocolMinor, 0, MAX_UINT8, "hello.protocolMinor");
    const builder = this.#start();
    const capabilities = this.#capabilities(message.capabilities, HelloTable.createCapabilitiesVector, "hello");
    const build = this.#string(message.clientBuild, 0, MAX_CLIENT_BUILD_BYTES, "hello.clientBuild");
    const name = this.#string(message.playerName, 0, MAX_HELLO_NAME_BYTES, "hello.playerName");
    const platform = this.#platform(message.platform);
    HelloTable.startHello(builder);
    HelloTable.addProtocolMajor(builder, message.protocolMajor);
    HelloTable.addProtocolMinor(builder, message.protocolMinor);
    HelloTable.addPlayerName(builder, name);
    HelloTable.addClientBuild(builder, build);
    if (capabilities !== 0) HelloTable.addCapabilities(builder, capabilities);
    if (platform !== 0) HelloTable.addPlatform(builder, platform);
    return this.#finish(MessageType.hello, header, HelloTable.endHello(builder));
  }

  helloAck(header: Readonly<PacketHeader>, message: Readonly<HelloAck>): Uint8Array {
    assertInteger(message.protocolMajor, 0, MAX_UINT8, "helloAck.protocolMajor");
    assertInteger(message.protocolMinor, 0, MAX_UINT8, "helloAck.protocolMinor");
    assertInteger(message.sessionEpoch, 1, MAX_UINT16, "helloAck.sessionEpoch");
    assertInteger(message.entityId, 1, MAX_UINT32, "helloAck.entityId");
    assertPattern(message.zone, ZONE_NAME_PATTERN, "helloAck.zone");
    assertInteger(message.serverTick, 0, MAX_UINT32, "helloAck.serverTick");
    assertInteger(message.tickRateHz, 1, MAX_UINT8, "helloAck.tickRateHz");
    assertInteger(message.snapshotRateHz, 1, MAX_UINT8, "helloAck.snapshotRateHz");
    assertInteger(message.inputRateHz, 1, MAX_UINT8, "helloAck.inputRateHz");
    const builder = this.#start();
    const capabilities = this.#capabilities(message.capabilities, HelloAckTable.createCapabilitiesVector, "helloAck");
    const worldHash = this.#string(message.worldHash, 1, MAX_WORLD_HASH_BYTES, "helloAck.worldHash");
    const zone = builder.createString(message.zone);
    HelloAckTable.startHelloAck(builder);
    HelloAckTable.addProtocolMajor(builder, message.protocolMajor);
    HelloAckTable.addProtocolMinor(builder, message.protocolMinor);
    HelloAckTable.addSessionEpoch(builder, message.sessionEpoch);
    HelloAckTable.addEntityId(builder, message.entityId);
    HelloAckTable.addZone(builder, zone);
    HelloAckTable.addWorldHash(builder, worldHash);
    HelloAckTable.addServerTick(builder, message.serverTick);
    HelloAckTable.addTickRateHz(builder, message.tickRateHz);
    HelloAckTable.addSnapshotRateHz(builder, message.snapshotRateHz);
    HelloAckTable.addInputRateHz(builder, message.inputRateHz);
    if (capabilities !== 0) HelloAckTable.addCapabilities(builder, capabilities);
    return this.#finish(MessageType.helloAck, header, HelloAckTable.endHelloAck(builder));
  }

  reject(header: Readonly<PacketHeader>, message: Readonly<Reject>): Uint8Array {
    assertPattern(message.traceId, TRACE_ID_PATTERN, "reject.traceId");
    const builder = this.#start();
    const detail = builder.createString(cutText(message.detail, MAX_REJECT_DETAIL_LENGTH));
    const traceId = builder.createString(message.traceId);
    RejectTable.startReject(builder);
    RejectTable.addReasonCode(builder, reasonNumber(message.reasonCode));
    RejectTable.addTraceId(builder, traceId);
    RejectTable.addDetail(builder, detail);
    return this.#finish(MessageType.reject, header, RejectTable.endReject(builder));
  }

  bye(header: Readonly<PacketHeader>, message: Readonly<Bye>): Uint8Array {
    const builder = this.#start();
    ByeTable.startBye(builder);
    ByeTable.addReasonCode(builder, reasonNumber(message.reasonCode));
    return this.#finish(MessageType.bye, header, ByeTable.endBye(builder));
  }

  presence(header: Readonly<PacketHeader>, message: Readonly<Presence>): Uint8Array {
    assertInteger(message.joined.length, 0, MAX_PRESENCE_JOINED, "presence.joined.length");
    assertInteger(message.left.length, 0, MAX_PRESENCE_LEFT, "presence.left.length");
    const builder = this.#start();
    const entries = message.joined.map((player, i) => this.#presenceEntry(player.entityId, player.name, i));
    const joined = PresenceTable.createJoinedVector(builder, entries);
    for (let i = 0; i < message.left.length; i++) {
      assertInteger(message.left[i] ?? Number.NaN, 1, MAX_UINT32, "presence.left[]", i);
    }
    const left = PresenceTable.createLeftVector(builder, message.left);
    PresenceTable.startPresence(builder);
    PresenceTable.addJoined(builder, joined);
    PresenceTable.addLeft(builder, left);
    return this.#finish(MessageType.presence, header, PresenceTable.endPresence(builder));
  }

  features(header: Readonly<PacketHeader>, message: Readonly<Features>): Uint8Array {
    const builder = this.#start();
    const capabilities = this.#capabilities(message.capabilities, FeaturesTable.createCapabilitiesVector, "features");
    FeaturesTable.startFeatures(builder);
    if (capabilities !== 0) FeaturesTable.addCapabilities(builder, capabilities);
    return this.#finish(MessageType.features, header, FeaturesTable.endFeatures(builder));
  }

  featureProblem(header: Readonly<PacketHeader>, message: Readonly<FeatureProblem>): Uint8Array {
    assertPattern(message.capability, CAPABILITY_PATTERN, "featureProblem.capability");
    const builder = this.#start();
    const detail = builder.createString(cutText(message.detail, MAX_REJECT_DETAIL_LENGTH));
    const capability = builder.createString(message.capability);
    FeatureProblemTable.startFeatureProblem(builder);
    FeatureProblemTable.addCapability(builder, capability);
    FeatureProblemTable.addDetail(builder, detail);
    return this.#finish(MessageType.featureProblem, header, FeatureProblemTable.endFeatureProblem(builder));
  }

  #presenceEntry(entityId: number, name: string, i: number): Offset {
    assertInteger(entityId, 1, MAX_UINT32, "presence.joined[].entityId", i);
    const text = this.#string(name, 0, MAX_PRESENCE_NAME_BYTES, "presence.joined[].name");
    PresenceEntry.startPresenceEntry(this.#builder);
    PresenceEntry.addEntityId(this.#builder, entityId);
    PresenceEntry.addName(this.#builder, text);
    return PresenceEntry.endPresenceEntry(this.#builder);
  }

  /** Offset of the list; 0 for none, so that a peer of 1.0 gets the bytes that it knows. */
  #capabilities(
    names: readonly string[] | undefined,
    createVector: (builder: Builder, offsets: Offset[]) => Offset,
    message: string,
  ): Offset {
    if (names === undefined || names.length === 0) return 0;
    assertInteger(names.length, 0, MAX_CAPABILITIES, `${message}.capabilities.length`);
    for (const name of names) assertPattern(name, CAPABILITY_PATTERN, `${message}.capabilities[]`);
    const offsets = names.map((name) => this.#builder.createString(name));
    return createVector(this.#builder, offsets);
  }

  /** Offset of the text; 0 where nothing is said, so that a peer of 1.1 gets the bytes that it knows. */
  #platform(platform: string | undefined): Offset {
    if (platform === undefined || platform === "") return 0;
    assertPattern(platform, PLATFORM_PATTERN, "hello.platform");
    return this.#builder.createString(platform);
  }

  #start(): Builder {
    this.#builder.clear();
    return this.#builder;
  }

  #string(text: string, minBytes: number, maxBytes: number, name: string): Offset {
    const bytes = this.#text.encode(text);
    assertInteger(bytes.length, minBytes, maxBytes, `bytes of ${name}`);
    return this.#builder.createString(bytes);
  }

  #finish(type: MessageType, header: Readonly<PacketHeader>, root: Offset): Uint8Array {
    this.#builder.finish(root);
    const body = this.#builder.asUint8Array();
    writePacketHeader(this.#packet, type, header, body.length);
    this.#packet.set(body, HEADER_BYTES);
    return this.#packet.subarray(0, HEADER_BYTES + body.length);
  }
}
