import { MessageDecoder } from "../../protocol/message-decoder.ts";
import { quotedText, readableText } from "../../protocol/message-log/readable-text.ts";
import { messageTypeName } from "../../protocol/metering/message-type-name.ts";
import type { InputSample } from "../input-sample.ts";
import { PacketDescriber } from "./describe-packet.ts";
import type { RecordedEvent, ZoneAnswer } from "./recorded-event.ts";
import { STATE_PARTS, type StateHash } from "./state-hash.ts";

const TEXT_CHARACTERS = 120;
const DEGREES_PER_RADIAN = 180 / Math.PI;

/** Says of recorded events what they are, each in one line that a person can read. */
export class EventDescriber {
  readonly #decoder = new MessageDecoder();
  readonly #packets = new PacketDescriber();

  /** What a packet is and says. */
  packet(bytes: Uint8Array): string {
    return this.#packets.describe(bytes);
  }

  /** Type of a packet by its name in the specification, such as "SnapshotDelta"; "unreadable" if it has none. */
  packetType(bytes: Uint8Array): string {
    const type = this.#decoder.decode(bytes);
    return type === 0 ? "unreadable" : messageTypeName(type);
  }

  /** Decodes a packet; valid until the next call of anything here. Nothing if it cannot be read. */
  decode(bytes: Uint8Array): MessageDecoder | undefined {
    return this.#decoder.decode(bytes) === 0 ? undefined : this.#decoder;
  }

  describe(event: RecordedEvent): string {
    switch (event.kind) {
      case "start":
        return `start: ${text(event.start.clientBuild)} on ${text(event.start.platform ?? "?")}, ${text(event.start.runtime)}, ${isoTime(event.start.recordedAtMs)}`;
      case "connect":
        return `connect to ${text(event.address)} as ${quotedText(event.name, 24)}`;
      case "intent":
        return `wants of the fight: ${text(JSON.stringify(event.intent))}`;
      case "disconnect":
      case "dispose":
        return event.kind;
      case "frame":
        return `frame at ${event.nowMs.toFixed(3)} ms: ${describeInput(event.input)}`;
      case "opened":
        return `connection ${event.connection} open to ${text(event.address)}`;
      case "received":
        return this.packet(event.bytes);
      case "closed":
        return `connection ${event.connection} closed: ${event.cause}, code ${event.code}, ${quotedText(event.detail, TEXT_CHARACTERS)}`;
      case "dialled":
        return `calls ${text(event.address)} as connection ${event.connection}`;
      case "sent":
        return `${event.taken ? "" : "not taken by the transport: "}${this.packet(event.bytes)}`;
      case "hungUp":
        return `closes connection ${event.connection}: code ${event.code}, ${quotedText(event.detail, TEXT_CHARACTERS)}`;
      case "statistics":
        return event.known ? `link: round trip ${event.rttMs.toFixed(1)} ms` : "link: nothing is known";
      case "random":
        return `random number ${event.value}`;
      case "zoneAsked":
        return `asks for zone "${text(event.zone)}": ${describeAnswer(event.answer)}`;
      case "zoneCame":
        return `zone of question ${event.asked}: ${describeAnswer(event.answer)}`;
      case "zonePart":
        return `zone file ${event.hash}: ${event.bytes.length} B at ${event.offset} of ${event.totalBytes}`;
      case "stateHash":
        return `state ${describeHash(event.hash)}`;
      case "end":
        return event.reason === "full" ? "end: the recording is full" : "end";
      case "unknown":
        return `unknown event ${event.number}, ${event.bytes.length} B`;
    }
  }
}

export function describeHash(hash: Readonly<StateHash>): string {
  return STATE_PARTS.map((part) => `${part} ${hash[part].toString(16).padStart(8, "0")}`).join(", ");
}

function describeInput({
  moveX,
  moveZ,
  yawRadians,
  pitchRadians,
  jump,
  sprint,
  strike,
}: Readonly<InputSample>): string {
  const degrees = (radians: number) => (radians * DEGREES_PER_RADIAN).toFixed(1);
  const view = `view ${degrees(yawRadians)}° ${degrees(pitchRadians)}°`;
  return `move ${moveX.toFixed(2)} ${moveZ.toFixed(2)}, ${view}${jump ? ", jump" : ""}${sprint ? ", sprint" : ""}${strike ? ", strike" : ""}`;
}

function describeAnswer(answer: ZoneAnswer): string {
  if (answer.how === "later") return "it comes later";
  if (answer.how === "failed") return `failed: ${text(answer.reason)}`;
  return `${answer.zone.bytes} B, hash ${answer.zone.hash}`;
}

function text(raw: string): string {
  return readableText(raw, TEXT_CHARACTERS);
}

function isoTime(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : "at no time";
}
