import type { CombatMessages } from "../combat/combat-messages.ts";
import { DecodeFailure } from "../decode-error.ts";
import { MessageType } from "../messages.ts";
import { messageTypeName } from "../metering/message-type-name.ts";
import { codecOf, WireCodec } from "../metering/wire-codec.ts";
import { createPacketHeader, knownMessageType, readPacketHeader } from "../packet-header.ts";
import { describeMessage, type MessageByType } from "./describe-message.ts";
import { LineBudget } from "./line-budget.ts";
import { readableText } from "./readable-text.ts";

const PEER_CHARACTERS = 48;
const REFUSAL_CHARACTERS = 160;
/** Where packets with the "DARK" header say their type, in every version. */
const TYPE_AT = 6;

/** A decoder of packets in every codec that shall be readable. It is the log's own: what it holds is overwritten. */
export interface PacketReader {
  /** The type of what was read, or 0; then `error` and `detail` say why. */
  decode(packet: Uint8Array): MessageType | 0;
  readonly error: string;
  readonly detail: string;
  readonly hello: MessageByType[typeof MessageType.hello];
  readonly helloAck: MessageByType[typeof MessageType.helloAck];
  readonly reject: MessageByType[typeof MessageType.reject];
  /** Also of `InputDelta`. */
  readonly input: MessageByType[typeof MessageType.input];
  readonly snapshot: MessageByType[typeof MessageType.snapshot];
  readonly snapshotDelta: MessageByType[typeof MessageType.snapshotDelta];
  readonly ping: MessageByType[typeof MessageType.ping];
  readonly pong: MessageByType[typeof MessageType.pong];
  readonly bye: MessageByType[typeof MessageType.bye];
  readonly presence: MessageByType[typeof MessageType.presence];
  readonly features: MessageByType[typeof MessageType.features];
  readonly featureProblem: MessageByType[typeof MessageType.featureProblem];
  readonly combat: CombatMessages;
  readonly action: MessageByType[typeof MessageType.action];
  readonly actionResult: MessageByType[typeof MessageType.actionResult];
  readonly actionEvent: MessageByType[typeof MessageType.actionEvent];
}

export interface MessageLogOptions {
  reader: PacketReader;
  /** Takes one line, without a line feed. */
  write: (line: string) => void;
  /** Wall clock, milliseconds since 1970. */
  nowMs: () => number;
  /** Only what concerns the player of that name, in any case of letters; without it, everybody. */
  only?: string;
  /** Lines a second for what comes all the time (inputs, snapshots, pings), and as many again for everything else. Default 200. */
  linesPerSecond?: number;
}

/**
 * Writes every message as one line that a person can read, from the very bytes that travel: when, which way, with whom, how
 * written, what it says. For the time of looking for a fault: reading each packet once more costs about as much as handling it.
 */
export class MessageLog {
  readonly #options: MessageLogOptions;
  readonly #only: string | undefined;
  /** Who said hello with the name that is looked for: until it is a player it goes by its address. */
  #candidate = "";
  readonly #frequent: LineBudget;
  readonly #rare: LineBudget;
  readonly #header = createPacketHeader();
  readonly #failure = new DecodeFailure();

  constructor(options: MessageLogOptions) {
    this.#options = options;
    this.#only = options.only === undefined ? undefined : nameKey(options.only);
    this.#frequent = new LineBudget(options.linesPerSecond ?? 200);
    this.#rare = new LineBudget(options.linesPerSecond ?? 200);
  }

  /** A packet came. `peer`: a player's name, or an address while there is none. Never throws. */
  received(peer: string, packet: Uint8Array): void {
    this.#packet("<-", peer, packet);
  }

  /** A packet was sent. */
  sent(peer: string, packet: Uint8Array): void {
    this.#packet("->", peer, packet);
  }

  #packet(arrow: "<-" | "->", peer: string, packet: Uint8Array): void {
    const type = announcedType(packet);
    if (!this.#concerns(peer, type, packet)) return;
    const nowMs = this.#options.nowMs();
    if (!(isFrequent(type) ? this.#frequent : this.#rare).take(nowMs)) return;
    const leftOut = this.#frequent.takeLeftOut() + this.#rare.takeLeftOut();
    const time = new Date(nowMs).toISOString().slice(11, 23);
    if (leftOut > 0) this.#options.write(`${time} ${leftOut} lines left out`);
    this.#options.write(`${time} ${arrow} ${readableText(peer, PEER_CHARACTERS)} ${this.#describe(packet)}`);
  }

  #concerns(peer: string, type: MessageType | 0, packet: Uint8Array): boolean {
    if (this.#only === undefined || peer === this.#candidate || nameKey(peer) === this.#only) return true;
    // The name of a newcomer is in its hello. A packet in v1 does not say its type before it is read.
    if (type !== MessageType.hello && codecOf(packet) !== WireCodec.v1) return false;
    const { reader } = this.#options;
    if (reader.decode(packet) !== MessageType.hello || nameKey(reader.hello.playerName) !== this.#only) return false;
    this.#candidate = peer;
    return true;
  }

  #describe(packet: Uint8Array): string {
    const { reader } = this.#options;
    const type = reader.decode(packet);
    const sequence = this.#describeSequence(packet);
    if (type !== 0) return `${sequence}${messageTypeName(type)}, ${packet.length} B: ${describeDecoded(reader, type)}`;
    const why = readableText(`${reader.error}: ${reader.detail}`, REFUSAL_CHARACTERS);
    return `${sequence}unreadable, ${packet.length} B: ${why}`;
  }

  #describeSequence(packet: Uint8Array): string {
    if (codecOf(packet) === WireCodec.v1) return "v1 ";
    this.#failure.clear();
    if (!readPacketHeader(packet, this.#header, this.#failure)) return "v2 ";
    const { sessionEpoch, sequence, ack, ackBits } = this.#header;
    return `v2 epoch ${sessionEpoch} #${sequence} ack ${ack}/${ackBits.toString(16).padStart(8, "0")} `;
  }
}

/** What the header of a packet says its type is; 0 if that is not known before it is read. */
function announcedType(packet: Uint8Array): MessageType | 0 {
  return codecOf(packet) === WireCodec.v2 ? knownMessageType(packet[TYPE_AT] ?? 0) : 0;
}

/** What comes many times a second from everybody. A packet in v1 does not say before it is read; most are. */
function isFrequent(type: MessageType | 0): boolean {
  switch (type) {
    case MessageType.input:
    case MessageType.inputDelta:
    case MessageType.snapshot:
    case MessageType.snapshotDelta:
    case MessageType.ping:
    case MessageType.pong:
    case MessageType.action:
    case MessageType.abilityUse:
    case MessageType.combatEvents:
    case MessageType.combatSelf:
    case MessageType.combatTarget:
    case MessageType.partyState:
    case 0:
      return true;
    case MessageType.hello:
    case MessageType.helloAck:
    case MessageType.reject:
    case MessageType.bye:
    case MessageType.presence:
    case MessageType.features:
    case MessageType.featureProblem:
    case MessageType.actionResult:
    case MessageType.actionEvent:
    case MessageType.abilityResult:
    case MessageType.combatCommand:
    case MessageType.combatCommandResult:
      return false;
  }
}

function describeDecoded(reader: PacketReader, type: MessageType): string {
  switch (type) {
    case MessageType.hello:
      return describeMessage(type, reader.hello);
    case MessageType.helloAck:
      return describeMessage(type, reader.helloAck);
    case MessageType.reject:
      return describeMessage(type, reader.reject);
    case MessageType.input:
    case MessageType.inputDelta:
      return describeMessage(type, reader.input);
    case MessageType.snapshot:
      return describeMessage(type, reader.snapshot);
    case MessageType.snapshotDelta:
      return describeMessage(type, reader.snapshotDelta);
    case MessageType.ping:
      return describeMessage(type, reader.ping);
    case MessageType.pong:
      return describeMessage(type, reader.pong);
    case MessageType.bye:
      return describeMessage(type, reader.bye);
    case MessageType.presence:
      return describeMessage(type, reader.presence);
    case MessageType.features:
      return describeMessage(type, reader.features);
    case MessageType.featureProblem:
      return describeMessage(type, reader.featureProblem);
    case MessageType.action:
      return describeMessage(type, reader.action);
    case MessageType.actionResult:
      return describeMessage(type, reader.actionResult);
    case MessageType.actionEvent:
      return describeMessage(type, reader.actionEvent);
    case MessageType.abilityUse:
      return describeMessage(type, reader.combat.abilityUse);
    case MessageType.abilityResult:
      return describeMessage(type, reader.combat.abilityResult);
    case MessageType.combatEvents:
      return describeMessage(type, reader.combat.combatEvents);
    case MessageType.combatSelf:
      return describeMessage(type, reader.combat.combatSelf);
    case MessageType.combatTarget:
      return describeMessage(type, reader.combat.combatTarget);
    case MessageType.partyState:
      return describeMessage(type, reader.combat.partyState);
    case MessageType.combatCommand:
      return describeMessage(type, reader.combat.combatCommand);
    case MessageType.combatCommandResult:
      return describeMessage(type, reader.combat.combatCommandResult);
  }
}

/** Equal for names that people take for the same. Only as much as any name may have: a Hello may bring 40,000 characters. */
function nameKey(name: string): string {
  return name.slice(0, 200).normalize("NFKC").replace(/\s+/gu, " ").trim().toLocaleLowerCase("en");
}
