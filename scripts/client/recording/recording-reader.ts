import { crc32 } from "node:zlib";
import { ByteReader, BytesProblem } from "./byte-reader.ts";
import { EventDecoder } from "./event-decoder.ts";
import type { RecordedEvent } from "./recorded-event.ts";
import {
  CHUNK_HEAD_BYTES,
  CHUNK_MARK,
  FORMAT_MAJOR,
  HEAD_BYTES,
  MAGIC,
  MAX_CHUNK_BYTES,
  MAX_EVENT_BYTES,
} from "./recording-format.ts";

/**
 * How far a file could be read: to its `end` event, to where it was `cut` off in or after a chunk, or to a chunk that is `damaged`,
 * with what was expected and what came.
 */
export type RecordingEnd =
  | { readonly kind: "complete" }
  | { readonly kind: "cut"; readonly detail: string }
  | { readonly kind: "damaged"; readonly detail: string };

/** Reads the events of a recording one after the other. Never throws because of the bytes. */
export class RecordingReader {
  readonly #bytes: Uint8Array;
  readonly #decoder = new EventDecoder();
  #chunk: ByteReader | undefined;
  #at = HEAD_BYTES;
  #chunks = 0;
  /** Number of the event that `next` returned last; -1 before the first. */
  number = -1;
  /** Known as soon as `next` has returned nothing. */
  end: RecordingEnd | undefined;

  /** `bytes`: a whole file whose head has been checked. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  next(): RecordedEvent | undefined {
    if (this.end !== undefined) return undefined;
    try {
      while (this.#chunk === undefined || this.#chunk.left === 0) {
        this.#chunk = this.#openChunk();
        if (this.#chunk === undefined) return undefined;
      }
      const event = this.#readEvent(this.#chunk);
      this.number += 1;
      if (this.number === 0 && event.kind !== "start") {
        throw new BytesProblem(`expected "start" as the first event, got "${event.kind}"`);
      }
      if (event.kind === "end") this.end = { kind: "complete" };
      return event;
    } catch (error) {
      if (!(error instanceof BytesProblem)) throw error;
      this.#damaged(error.message);
      return undefined;
    }
  }

  #readEvent(chunk: ByteReader): RecordedEvent {
    const kind = chunk.uint8();
    const length = chunk.varint();
    if (length > MAX_EVENT_BYTES)
      throw new BytesProblem(`expected an event of at most ${MAX_EVENT_BYTES} bytes, got ${length}`);
    return this.#decoder.decode(kind, new ByteReader(chunk.bytes(length)));
  }

  /** Nothing where the file ends. Throws `BytesProblem`. */
  #openChunk(): ByteReader | undefined {
    const left = this.#bytes.length - this.#at;
    if (left < CHUNK_HEAD_BYTES) {
      const what = left === 0 ? "no end event" : `${left} bytes of a chunk's head`;
      this.end = {
        kind: "cut",
        detail: `expected more after event ${this.number}, got ${what}: the recording was cut off`,
      };
      return undefined;
    }
    const head = new ByteReader(this.#bytes.subarray(this.#at, this.#at + CHUNK_HEAD_BYTES));
    const mark = head.uint32();
    if (mark !== CHUNK_MARK) throw new BytesProblem(`expected the mark "CHNK", got 0x${mark.toString(16)}`);
    const length = head.uint32();
    if (length === 0 || length > MAX_CHUNK_BYTES) {
      throw new BytesProblem(`expected a chunk of 1 to ${MAX_CHUNK_BYTES} bytes, got ${length}`);
    }
    const firstEvent = head.uint32();
    const expectedCrc = head.uint32();
    if (firstEvent !== this.number + 1) {
      throw new BytesProblem(`expected event ${this.number + 1} to come next, got ${firstEvent}`);
    }
    if (left - CHUNK_HEAD_BYTES < length) {
      const got = left - CHUNK_HEAD_BYTES;
      this.end = { kind: "cut", detail: `expected a chunk of ${length} bytes after event ${this.number}, got ${got}` };
      return undefined;
    }
    const from = this.#at + CHUNK_HEAD_BYTES;
    const payload = this.#bytes.subarray(from, from + length);
    const crc = crc32(payload);
    if (crc !== expectedCrc) {
      throw new BytesProblem(`expected a payload with CRC-32 ${expectedCrc.toString(16)}, got ${crc.toString(16)}`);
    }
    this.#at = from + length;
    this.#chunks += 1;
    return new ByteReader(payload);
  }

  #damaged(detail: string): void {
    this.end = { kind: "damaged", detail: `after event ${this.number}, chunk ${this.#chunks}: ${detail}` };
  }
}

/** Why bytes are no recording that can be read, as a sentence; "" if they may be one. */
export function headProblem(bytes: Uint8Array): string {
  if (bytes.length < HEAD_BYTES || !MAGIC.every((byte, i) => bytes[i] === byte)) {
    const start = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const expected = "expected a recording, which starts with 89 44 41 52 45 43 0d 0a";
    return `${expected}, got ${bytes.length} bytes${start && ` that start with ${start}`}: record one with --record FILE`;
  }
  const head = new ByteReader(bytes.subarray(MAGIC.length, HEAD_BYTES));
  const major = head.uint16();
  if (major === FORMAT_MAJOR) return "";
  const expected = `expected a recording in version ${FORMAT_MAJOR} of the format`;
  return `${expected}, got version ${major}.${head.uint16()}: replay it with the code that it was recorded with`;
}
