import { crc32 } from "node:zlib";
import { ByteWriter } from "./byte-writer.ts";
import type { EndReason } from "./recorded-event.ts";
import {
  CHUNK_HEAD_BYTES,
  CHUNK_MARK,
  EventKind,
  FORMAT_MAJOR,
  FORMAT_MINOR,
  HEAD_BYTES,
  MAGIC,
  MAX_CHUNK_BYTES,
  MAX_EVENT_BYTES,
  MAX_RECORDING_BYTES,
} from "./recording-format.ts";

/** Where a recording goes, such as a file. Throws when it cannot take more. */
export interface RecordingSink {
  /** Bytes to append; reused after the call. */
  write(bytes: Uint8Array): void;
  close(): void;
}

/** What happened in so long is lost at most when the process dies, milliseconds. */
const FLUSH_AFTER_MS = 500;
/** An event's kind and the longest varint of its length. */
const EVENT_HEAD_BYTES = 4;
/** The last event, in a chunk of its own. */
const LAST_CHUNK_BYTES = CHUNK_HEAD_BYTES + 3;

/** Writes events into chunks and chunks to a sink, out of memory of fixed size. Allocates nothing per event. */
export class RecordingWriter {
  readonly #sink: RecordingSink;
  readonly #maxBytes: number;
  readonly #chunk = new ByteWriter(CHUNK_HEAD_BYTES + MAX_CHUNK_BYTES);
  readonly #body = new ByteWriter(MAX_EVENT_BYTES);
  #kind: EventKind = EventKind.end;
  #firstEvent = 0;
  #flushedAtMs = Number.NaN;
  #ended = false;
  /** Events so far. */
  events = 0;
  /** Bytes handed to the sink. */
  bytes = 0;
  /** Why nothing more is recorded although nobody stopped it; "" while there is no such reason. */
  problem = "";

  /** `maxBytes`: the recording ends before it is longer. */
  constructor(sink: RecordingSink, maxBytes = MAX_RECORDING_BYTES) {
    this.#sink = sink;
    this.#maxBytes = Math.min(maxBytes, MAX_RECORDING_BYTES);
    const head = new ByteWriter(HEAD_BYTES);
    head.bytes(MAGIC);
    head.uint16(FORMAT_MAJOR);
    head.uint16(FORMAT_MINOR);
    head.uint32(0);
    this.#hand(head.written());
    this.#beginChunk();
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Body of the event that was started. */
  get body(): ByteWriter {
    return this.#body;
  }

  /** Starts an event; its body is to be written to what is returned, up to `MAX_EVENT_BYTES`. */
  begin(kind: EventKind): ByteWriter {
    this.#kind = kind;
    this.#body.clear();
    return this.#body;
  }

  /** Ends the event that was started. */
  commit(): void {
    if (this.#ended) return;
    this.#makeRoom(EVENT_HEAD_BYTES + this.#body.length);
    if (this.#ended) return;
    this.#append();
  }

  /** Call once per frame: hands on what is older than half a second. */
  tick(nowMs: number): void {
    if (this.#ended) return;
    if (!(Math.abs(nowMs - this.#flushedAtMs) < FLUSH_AFTER_MS)) {
      this.#flushedAtMs = nowMs;
      this.flush();
    }
  }

  /** Hands on everything. */
  flush(): void {
    const payloadBytes = this.#chunk.length - CHUNK_HEAD_BYTES;
    if (payloadBytes === 0 || this.#ended) return;
    const bytes = this.#chunk.written();
    this.#chunk.setUint32(4, payloadBytes);
    this.#chunk.setUint32(8, this.#firstEvent);
    this.#chunk.setUint32(12, crc32(bytes.subarray(CHUNK_HEAD_BYTES)));
    this.#hand(bytes);
    this.#beginChunk();
  }

  /** Writes the last event and lets go of the sink. Does nothing the second time. */
  end(reason: EndReason): void {
    if (this.#ended) return;
    this.begin(EventKind.end).uint8(reason === "full" ? 1 : 0);
    if (this.#chunk.length + EVENT_HEAD_BYTES + 1 > this.#chunk.capacity) this.flush();
    this.#append();
    this.flush();
    if (!this.#ended) this.#close();
    if (reason === "full") this.problem = `the recording has its full ${this.#maxBytes} bytes and ends here`;
  }

  #append(): void {
    this.#chunk.uint8(this.#kind);
    this.#chunk.varint(this.#body.length);
    this.#chunk.bytes(this.#body.written());
    this.events += 1;
  }

  /** Room for the last event is always left. */
  #makeRoom(bytes: number): void {
    if (this.bytes + this.#chunk.length + bytes + LAST_CHUNK_BYTES > this.#maxBytes) this.end("full");
    else if (this.#chunk.length + bytes > this.#chunk.capacity) this.flush();
  }

  #beginChunk(): void {
    this.#firstEvent = this.events;
    this.#chunk.clear();
    this.#chunk.uint32(CHUNK_MARK);
    this.#chunk.uint32(0);
    this.#chunk.uint32(0);
    this.#chunk.uint32(0);
  }

  #hand(bytes: Uint8Array): void {
    try {
      this.#sink.write(bytes);
      this.bytes += bytes.length;
    } catch (error) {
      this.problem = `nothing more can be recorded: ${error instanceof Error ? error.message : String(error)}`;
      this.#close();
    }
  }

  #close(): void {
    this.#ended = true;
    try {
      this.#sink.close();
    } catch (error) {
      if (this.problem === "") this.problem = error instanceof Error ? error.message : String(error);
    }
  }
}
