import { createInputSample } from "../input-sample.ts";
import { type ByteReader, BytesProblem } from "./byte-reader.ts";
import { CLOSE_CAUSES } from "./close-causes.ts";
import { InputBit } from "./input-bits.ts";
import { readIntent } from "./read-intent.ts";
import { readStart } from "./read-start.ts";
import type { EventOf, RecordedEvent, ZoneAnswer } from "./recorded-event.ts";
import { EventKind, MAX_TEXT_BYTES, MAX_ZONE_BYTES } from "./recording-format.ts";
import { ZONE_ANSWERS } from "./zone-recorder.ts";

const ZONE_HASH = /^[0-9a-f]{16}$/u;
const HASH_DIGITS = 16;

/** Reads the bodies of events one after the other: a frame says only what of the input changed. Throws `BytesProblem`. */
export class EventDecoder {
  readonly #input = createInputSample();

  /** `body`: one event's. A later minor version adds kinds, which are passed over; it adds nothing to a known one. */
  decode(kind: number, body: ByteReader): RecordedEvent {
    const event = this.#decode(kind, body);
    if (body.left > 0)
      throw new BytesProblem(`expected the end of a "${event.kind}" event, got ${body.left} bytes more`);
    return event;
  }

  #decode(kind: number, body: ByteReader): RecordedEvent {
    switch (kind) {
      case EventKind.start:
        return { kind: "start", start: readStart(body.text(MAX_TEXT_BYTES)) };
      case EventKind.connect:
        return { kind: "connect", address: body.text(MAX_TEXT_BYTES), name: body.text(MAX_TEXT_BYTES) };
      case EventKind.intent:
        return { kind: "intent", intent: readIntent(body.text(MAX_TEXT_BYTES)) };
      case EventKind.disconnect:
        return { kind: "disconnect" };
      case EventKind.dispose:
        return { kind: "dispose" };
      case EventKind.frame:
        return this.#frame(body);
      case EventKind.opened:
        return { kind: "opened", connection: body.varint(), address: body.text(MAX_TEXT_BYTES) };
      case EventKind.received:
        return { kind: "received", connection: body.varint(), bytes: body.bytes(body.left) };
      case EventKind.closed:
        return closed(body);
      case EventKind.dialled:
        return { kind: "dialled", connection: body.varint(), address: body.text(MAX_TEXT_BYTES) };
      case EventKind.sent:
        return sent(body);
      case EventKind.hungUp:
        return { kind: "hungUp", connection: body.varint(), code: body.varint(), detail: body.text(MAX_TEXT_BYTES) };
      case EventKind.statistics:
        return statistics(body);
      case EventKind.random:
        return { kind: "random", value: body.float64() };
      case EventKind.zoneAsked:
        return { kind: "zoneAsked", zone: body.text(MAX_TEXT_BYTES), answer: zoneAnswer(body) };
      case EventKind.zoneCame:
        return zoneCame(body);
      case EventKind.zonePart:
        return zonePart(body);
      case EventKind.stateHash:
        return stateHash(body);
      case EventKind.end:
        return { kind: "end", reason: choice(body, 2) === 1 ? "full" : "stopped" };
      default:
        return { kind: "unknown", number: kind, bytes: body.bytes(body.left) };
    }
  }

  #frame(body: ByteReader): RecordedEvent {
    const nowMs = body.float64();
    const bits = body.uint8();
    if (bits >= 2 * InputBit.strike)
      throw new BytesProblem(`expected inputs by bits up to ${InputBit.strike}, got ${bits}`);
    const input = this.#input;
    if (bits & InputBit.moveX) input.moveX = body.float64();
    if (bits & InputBit.moveZ) input.moveZ = body.float64();
    if (bits & InputBit.yawRadians) input.yawRadians = body.float64();
    if (bits & InputBit.pitchRadians) input.pitchRadians = body.float64();
    input.jump = (bits & InputBit.jump) !== 0;
    input.sprint = (bits & InputBit.sprint) !== 0;
    input.strike = (bits & InputBit.strike) !== 0;
    return { kind: "frame", nowMs, input: { ...input } };
  }
}

function choice(body: ByteReader, choices: number): number {
  const value = body.uint8();
  if (value >= choices) throw new BytesProblem(`expected a choice below ${choices}, got ${value}`);
  return value;
}

function closed(body: ByteReader): EventOf<"closed"> {
  const connection = body.varint();
  const cause = CLOSE_CAUSES[choice(body, CLOSE_CAUSES.length)] ?? "error";
  return { kind: "closed", connection, cause, code: body.varint(), detail: body.text(MAX_TEXT_BYTES) };
}

function sent(body: ByteReader): EventOf<"sent"> {
  const connection = body.varint();
  const bits = choice(body, 4);
  return {
    kind: "sent",
    connection,
    reliable: (bits & 1) !== 0,
    taken: (bits & 2) !== 0,
    bytes: body.bytes(body.left),
  };
}

function statistics(body: ByteReader): EventOf<"statistics"> {
  return {
    kind: "statistics",
    connection: body.varint(),
    known: choice(body, 2) === 1,
    rttMs: body.float64(),
    inBytesPerSecond: body.float64(),
    outBytesPerSecond: body.float64(),
    pendingBytes: body.float64(),
  };
}

function zoneHash(body: ByteReader): string {
  const hash = body.text(HASH_DIGITS);
  if (!ZONE_HASH.test(hash))
    throw new BytesProblem("expected the hash of a zone, 16 hexadecimal digits, got something else");
  return hash;
}

function zoneAnswer(body: ByteReader): ZoneAnswer {
  const how = choice(body, 3);
  if (how === ZONE_ANSWERS.later) return { how: "later" };
  if (how === ZONE_ANSWERS.failed) return { how: "failed", reason: body.text(MAX_TEXT_BYTES) };
  return { how: "there", zone: { hash: zoneHash(body), bytes: body.varint() } };
}

function zoneCame(body: ByteReader): EventOf<"zoneCame"> {
  const asked = body.varint();
  const answer = zoneAnswer(body);
  if (answer.how === "later") throw new BytesProblem("expected a zone that came or failed, got one that comes later");
  return { kind: "zoneCame", asked, answer };
}

function zonePart(body: ByteReader): EventOf<"zonePart"> {
  const hash = zoneHash(body);
  const totalBytes = body.varint();
  const offset = body.varint();
  if (totalBytes > MAX_ZONE_BYTES) {
    throw new BytesProblem(`expected a zone of at most ${MAX_ZONE_BYTES} bytes, got ${totalBytes}`);
  }
  if (offset + body.left > totalBytes) {
    throw new BytesProblem(`expected a part within ${totalBytes} bytes of a zone, got ${body.left} at ${offset}`);
  }
  return { kind: "zonePart", hash, totalBytes, offset, bytes: body.bytes(body.left) };
}

function stateHash(body: ByteReader): EventOf<"stateHash"> {
  return {
    kind: "stateHash",
    hash: { connection: body.uint32(), own: body.uint32(), remotes: body.uint32(), counters: body.uint32() },
  };
}
