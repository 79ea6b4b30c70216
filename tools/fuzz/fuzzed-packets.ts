import { combatName } from "../../scripts/protocol/combat/combat-types.ts";
import type { DecodeError } from "../../scripts/protocol/decode-error.ts";
import { type Input, MessageType } from "../../scripts/protocol/messages.ts";
import { PacketDecoder } from "../../scripts/protocol/packet-decoder.ts";
import { PacketEncoder } from "../../scripts/protocol/packet-encoder.ts";
import { HEADER_BYTES } from "../../scripts/protocol/packet-header.ts";
import { MAX_PACKET_BYTES, MAX_REJECT_DETAIL_LENGTH } from "../../scripts/protocol/wire-limits.ts";
import { decodedMessage, encodeDecoded } from "../schemas/decoded-message.ts";
import type { FuzzRandom } from "./fuzz-random.ts";
import { type FuzzedDecoder, magnitude, shapeOf } from "./fuzzed-decoder.ts";
import { generateInputDelta } from "./fuzzed-inputs.ts";
import { readGoldenFiles } from "./golden-files.ts";
import { correctLength, mutatePacket } from "./mutate-packet.ts";
import { varyMessage } from "./vary-message.ts";

/** The closed set; the compiler says so when it and this list differ. */
export const DECODE_ERRORS = {
  too_short: true,
  too_long: true,
  bad_magic: true,
  bad_version: true,
  bad_flags: true,
  bad_type: true,
  bad_length: true,
  bad_structure: true,
  missing_field: true,
  too_many: true,
  string_too_long: true,
  bad_utf8: true,
  out_of_range: true,
} satisfies Record<DecodeError, true>;

const MESSAGE_NAMES = Object.keys(MessageType) as (keyof typeof MessageType)[];
const TYPE_AT = 6;

/** `PacketDecoder` with every message type there is. `create`: a substitute, to see whether its faults are found. */
export function createFuzzedPackets(create: () => PacketDecoder = () => new PacketDecoder()): FuzzedDecoder {
  return new FuzzedPackets(create);
}

/** Ticks of commands are consecutive: without this hardly any other number of commands than the golden packets' could be encoded. */
export function numberCommands({ commands, commandCount }: Input): void {
  const first = commands[0]?.tick ?? 0;
  for (const [index, command] of commands.entries()) if (index < commandCount) command.tick = first + index;
}

class FuzzedPackets implements FuzzedDecoder {
  readonly name = "packets";
  readonly #encoder = new PacketEncoder();
  readonly #golden: Uint8Array[];
  readonly #first: PacketDecoder;
  readonly #second: PacketDecoder;
  readonly #zeros: Uint8Array;
  readonly #ones: Uint8Array;

  constructor(create: () => PacketDecoder) {
    this.#golden = readGoldenFiles().sequenced;
    const header = this.#golden[0] ?? new Uint8Array(HEADER_BYTES);
    this.#first = create();
    this.#second = create();
    this.#zeros = fullPacket(header, 0);
    this.#ones = fullPacket(header, 0xff);
  }

  seeds(): Uint8Array[] {
    return this.#golden;
  }

  generate(random: FuzzRandom): Uint8Array {
    for (let attempt = 0; attempt < 8; attempt++) {
      const decoder = new PacketDecoder();
      const wanted = random.pick(Object.values(MessageType));
      if (wanted === MessageType.inputDelta && random.chance(0.8)) return generateInputDelta(this.#encoder, random);
      const golden = this.#golden.filter((packet) => packet[TYPE_AT] === wanted);
      if (golden.length === 0) continue;
      const type = decoder.decode(random.pick(golden));
      const name = MESSAGE_NAMES.find((each) => MessageType[each] === type);
      if (type === 0 || name === undefined) continue;
      const combat = combatName(type);
      const message = combat === undefined ? Reflect.get(decoder, name) : decoder.combat[combat];
      varyMessage(name === "inputDelta" ? decoder.input : Object(message), random);
      if (random.chance(0.9)) numberCommands(decoder.input);
      try {
        return encodeDecoded(this.#encoder, decoder, type).slice();
      } catch {
        // The encoder refuses what the wire cannot carry: not what is looked for here.
      }
    }
    return random.pick(this.#golden);
  }

  mutate(bytes: Uint8Array, other: Uint8Array, random: FuzzRandom): Uint8Array {
    return mutatePacket(bytes, other, random);
  }

  run(bytes: Uint8Array): string[] {
    const decoder = this.#first;
    this.#fillLeftovers(bytes[TYPE_AT] ?? 0);
    const type = decoder.decode(bytes);
    const otherType = this.#second.decode(bytes);
    if (otherType !== type || this.#second.error !== decoder.error || this.#second.detail !== decoder.detail) {
      throw new Error(`two decoders differ: ${type} "${decoder.detail}" and ${otherType} "${this.#second.detail}"`);
    }
    if (type === 0) {
      if (!(decoder.error in DECODE_ERRORS)) throw new Error(`refused without a known reason: "${decoder.error}"`);
      if (decoder.detail === "") throw new Error(`refused with ${decoder.error} and no detail`);
      return [`${decoder.header.type} ${decoder.error} ${shapeOf(decoder.detail)}`];
    }
    if (decoder.error !== "" || decoder.detail !== "") throw new Error(`taken with error ${decoder.error}`);
    return this.#saysItAgain(type, bytes.length);
  }

  #saysItAgain(type: MessageType, length: number): string[] {
    const decoder = this.#first;
    const message = JSON.stringify(cutToSend(decodedMessage(decoder, type)));
    if (JSON.stringify(cutToSend(decodedMessage(this.#second, type))) !== message) {
      throw new Error(`two decoders read different messages of type ${type}`);
    }
    const { sessionEpoch, sequence, ack, ackBits } = decoder.header;
    const again = encodeDecoded(this.#encoder, decoder, type);
    if (this.#second.decode(again) !== type) {
      throw new Error(`taken, yet encoded again it is refused: ${this.#second.detail}`);
    }
    if (JSON.stringify(cutToSend(decodedMessage(this.#second, type))) !== message) {
      throw new Error(`encoded again, a message of type ${type} is another`);
    }
    const copy = this.#second.header;
    if (
      copy.sessionEpoch !== sessionEpoch ||
      copy.sequence !== sequence ||
      copy.ack !== ack ||
      copy.ackBits !== ackBits
    ) {
      throw new Error("encoded again, the header is another");
    }
    return [`${type} taken, message of 2^${magnitude(message.length)}, packet of 2^${magnitude(length)}`];
  }

  /** Before each input both decoders read different things, so that whoever reads what is left over differs from the other. */
  #fillLeftovers(type: number): void {
    const filledType = type === MessageType.inputDelta ? MessageType.input : type;
    const sameType = this.#golden.filter((packet) => packet[TYPE_AT] === filledType);
    const [oldest] = sameType;
    const newest = sameType.at(-1);
    if (oldest !== undefined) this.#first.decode(oldest);
    if (newest !== undefined) this.#second.decode(newest);
    this.#first.decode(this.#zeros);
    this.#second.decode(this.#ones);
  }
}

function fullPacket(header: Uint8Array, fill: number): Uint8Array {
  const packet = new Uint8Array(MAX_PACKET_BYTES).fill(fill);
  packet.set(header.subarray(0, HEADER_BYTES));
  correctLength(packet);
  return packet;
}

/** Writers cut details, as the encoder says: compare what is left of them. */
export function cutToSend(message: unknown): unknown {
  if (typeof message !== "object" || message === null || !("detail" in message)) return message;
  return { ...message, detail: String(message.detail).slice(0, MAX_REJECT_DETAIL_LENGTH - 1) };
}
