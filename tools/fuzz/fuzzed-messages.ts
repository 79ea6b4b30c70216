import { combatName } from "../../scripts/protocol/combat/combat-types.ts";
import { isLegacyPacket } from "../../scripts/protocol/legacy/legacy-decoder.ts";
import type { LegacyMessageType } from "../../scripts/protocol/legacy/legacy-names.ts";
import { MessageDecoder } from "../../scripts/protocol/message-decoder.ts";
import { MessageEncoder } from "../../scripts/protocol/message-encoder.ts";
import { MessageType } from "../../scripts/protocol/messages.ts";
import { PacketDecoder } from "../../scripts/protocol/packet-decoder.ts";
import { createPacketHeader } from "../../scripts/protocol/packet-header.ts";
import { decodedMessage } from "../schemas/decoded-message.ts";
import { isInBothCodecs, writeDecoded } from "../schemas/write-decoded.ts";
import type { FuzzRandom } from "./fuzz-random.ts";
import { type FuzzedDecoder, magnitude, shapeOf } from "./fuzzed-decoder.ts";
import { cutToSend, DECODE_ERRORS, numberCommands } from "./fuzzed-packets.ts";
import { readGoldenFiles } from "./golden-files.ts";
import { mutateMessagePack } from "./mutate-message-pack.ts";
import { mutatePacket } from "./mutate-packet.ts";
import { varyMessage } from "./vary-message.ts";

const HEADER = { ...createPacketHeader(), sessionEpoch: 4_711 };

/** `MessageDecoder`, which reads both codecs. `create`: a substitute, to see whether its faults are found. */
export function createFuzzedMessages(create: () => MessageDecoder = () => new MessageDecoder()): FuzzedDecoder {
  return new FuzzedMessages(create);
}

class FuzzedMessages implements FuzzedDecoder {
  readonly name = "messages";
  readonly #encoder = new MessageEncoder();
  readonly #packets = new PacketDecoder();
  readonly #sequenced: Uint8Array[];
  readonly #legacy: Uint8Array[];
  readonly #first: MessageDecoder;
  readonly #second: MessageDecoder;

  constructor(create: () => MessageDecoder) {
    const golden = readGoldenFiles();
    this.#sequenced = golden.sequenced;
    this.#legacy = golden.legacy;
    this.#first = create();
    this.#second = create();
  }

  seeds(): Uint8Array[] {
    return [...this.#legacy, ...this.#sequenced];
  }

  generate(random: FuzzRandom): Uint8Array {
    for (let attempt = 0; attempt < 8; attempt++) {
      const decoder = new MessageDecoder();
      const type = decoder.decode(random.pick(this.#legacy));
      if (type === 0 || !isInBothCodecs(type)) continue;
      varyMessage(messageOf(decoder, type), random);
      if (random.chance(0.9)) numberCommands(decoder.input);
      try {
        return this.#writeLegacy(decoder, type);
      } catch {
        // The encoder refuses what the wire cannot carry: not what is looked for here.
      }
    }
    return random.pick(this.#legacy);
  }

  mutate(bytes: Uint8Array, other: Uint8Array, random: FuzzRandom): Uint8Array {
    return isLegacyPacket(bytes) ? mutateMessagePack(bytes, other, random) : mutatePacket(bytes, other, random);
  }

  run(bytes: Uint8Array): string[] {
    const decoder = this.#first;
    this.#leaveOver(bytes.length);
    const type = decoder.decode(bytes);
    const otherType = this.#second.decode(bytes);
    if (otherType !== type || this.#second.error !== decoder.error || this.#second.detail !== decoder.detail) {
      throw new Error(`two decoders differ: ${type} "${decoder.detail}" and ${otherType} "${this.#second.detail}"`);
    }
    if ((decoder.codec === "protocol_v1") !== isLegacyPacket(bytes)) throw new Error(`said to be ${decoder.codec}`);
    if (!isLegacyPacket(bytes)) return this.#readsAsBefore(bytes, type);
    if (type === 0) {
      if (!(decoder.error in DECODE_ERRORS)) throw new Error(`refused without a known reason: "${decoder.error}"`);
      if (decoder.detail === "") throw new Error(`refused with ${decoder.error} and no detail`);
      return [`legacy ${decoder.header.type} ${decoder.error} ${shapeOf(decoder.detail)}`];
    }
    if (decoder.error !== "" || decoder.detail !== "") throw new Error(`taken with error ${decoder.error}`);
    if (!isInBothCodecs(type)) throw new Error(`took a message of type ${type}, which only the other codec has`);
    return this.#saysItAgain(type, bytes.length);
  }

  /** What was written in one codec can be written in either, and reads the same. */
  #saysItAgain(type: LegacyMessageType, length: number): string[] {
    const message = textOf(this.#first, type);
    if (textOf(this.#second, type) !== message) throw new Error(`two decoders read different messages of type ${type}`);
    const { sessionEpoch } = this.#first.header;
    for (const codec of ["protocol_v1", "protocol_v2_seq"] as const) {
      const again = writeDecoded(this.#encoder.for(codec), this.#first, type, this.#first.header);
      if (this.#second.decode(again) !== type) {
        throw new Error(`taken, yet encoded again as ${codec} it is refused: ${this.#second.detail}`);
      }
      if (textOf(this.#second, type) !== message || this.#second.header.sessionEpoch !== sessionEpoch) {
        throw new Error(`encoded again as ${codec}, a message of type ${type} is another`);
      }
    }
    return [`legacy ${type} taken, message of 2^${magnitude(message.length)}, packet of 2^${magnitude(length)}`];
  }

  /** Packets of the other codec are read as its decoder alone reads them. What that may do is held against it by itself. */
  #readsAsBefore(bytes: Uint8Array, type: MessageType | 0): string[] {
    if (this.#packets.decode(bytes) !== type || this.#packets.detail !== this.#first.detail) {
      throw new Error(`alone it is ${this.#packets.detail}, and here ${this.#first.detail}`);
    }
    if (type === 0) return [];
    if (textOf(this.#first, type) !== textOf(this.#packets, type)) throw new Error("alone it is another message");
    return [`sequenced ${type}`];
  }

  /** Before each input both decoders read different things, so that whoever reads what is left over differs from the other. */
  #leaveOver(seed: number): void {
    const { length } = this.#legacy;
    this.#first.decode(this.#legacy[seed % length] ?? new Uint8Array(0));
    this.#second.decode(this.#sequenced[seed % this.#sequenced.length] ?? new Uint8Array(0));
    this.#second.decode(this.#legacy[(seed + 1) % length] ?? new Uint8Array(0));
  }

  #writeLegacy(decoder: PacketDecoder, type: LegacyMessageType): Uint8Array {
    return writeDecoded(this.#encoder.legacy, decoder, type, HEADER).slice();
  }
}

function textOf(decoder: PacketDecoder, type: MessageType): string {
  return JSON.stringify(cutToSend(decodedMessage(decoder, type)));
}

const MESSAGE_NAMES = Object.keys(MessageType) as (keyof typeof MessageType)[];

function messageOf(decoder: PacketDecoder, type: LegacyMessageType): object {
  const combat = combatName(type);
  if (combat !== undefined) return decoder.combat[combat];
  const name = MESSAGE_NAMES.find((each) => MessageType[each] === type);
  return name === undefined || name === "inputDelta" ? decoder.input : Object(Reflect.get(decoder, name));
}
