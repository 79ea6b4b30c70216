import { inflateRawSync } from "node:zlib";
import { hashBytes } from "../../simulation/zone-hash.ts";
import { EventClock } from "./event-clock.ts";
import type { EventOf, RecordedStart } from "./recorded-event.ts";
import { MAX_RECORDING_BYTES, MAX_ZONE_BYTES, MAX_ZONES } from "./recording-format.ts";
import { headProblem, type RecordingEnd, RecordingReader } from "./recording-reader.ts";

/** A recording that was read once from start to end: what it is, and a reader of its events for whoever wants them. */
export interface Recording {
  readonly start: RecordedStart;
  readonly end: RecordingEnd;
  readonly bytes: number;
  readonly events: number;
  readonly frames: number;
  /** Length by the clock of the frames. */
  readonly seconds: number;
  /** Zone files that are in the recording, by hash. */
  readonly zones: ReadonlyMap<string, Uint8Array>;
  /** A new reader, at the first event. */
  read(): RecordingReader;
}

export type OpenedRecording =
  | { readonly ok: true; readonly recording: Recording }
  | { readonly ok: false; readonly problem: string };

/** Looks through all of a file. Whatever the bytes, an answer: a recording as far as it can be read, or why there is none. */
export function openRecording(bytes: Uint8Array): OpenedRecording {
  if (bytes.length > MAX_RECORDING_BYTES) {
    return { ok: false, problem: `expected a recording of at most ${MAX_RECORDING_BYTES} bytes, got ${bytes.length}` };
  }
  const problem = headProblem(bytes);
  if (problem !== "") return { ok: false, problem };
  const reader = new RecordingReader(bytes);
  const clock = new EventClock();
  const zones = new ZoneCollector();
  let start: RecordedStart | undefined;
  let frames = 0;
  for (let event = reader.next(); event !== undefined; event = reader.next()) {
    if (event.kind === "start") start ??= event.start;
    else if (event.kind === "zonePart") zones.add(event);
    else if (event.kind === "frame") {
      frames += 1;
      clock.advance(event.nowMs);
    }
  }
  const { end, number } = reader;
  if (start === undefined || end === undefined) {
    const why = end !== undefined && "detail" in end ? end.detail : "it has no events";
    return { ok: false, problem: `expected a recording with at least its first event: ${why}` };
  }
  const { seconds } = clock;
  const read = () => new RecordingReader(bytes);
  const recording = {
    start,
    end,
    bytes: bytes.length,
    events: number + 1,
    frames,
    seconds,
    zones: zones.unpack(),
    read,
  };
  return { ok: true, recording };
}

/** Puts zone files together from their parts, which come in order. What does not add up is left out: it is missed when it is needed. */
class ZoneCollector {
  readonly #packed = new Map<string, { bytes: Uint8Array; filled: number }>();

  add({ hash, totalBytes, offset, bytes }: EventOf<"zonePart">): void {
    let zone = this.#packed.get(hash);
    if (zone === undefined) {
      // Memory is taken for what is there, not for what is announced.
      if (offset !== 0 || this.#packed.size === MAX_ZONES) return;
      zone = { bytes: new Uint8Array(bytes.length), filled: 0 };
      this.#packed.set(hash, zone);
    }
    if (offset !== zone.filled) return;
    if (offset + bytes.length > zone.bytes.length) zone.bytes = grown(zone.bytes, offset + bytes.length, totalBytes);
    zone.bytes.set(bytes, offset);
    zone.filled += bytes.length;
  }

  unpack(): Map<string, Uint8Array> {
    const zones = new Map<string, Uint8Array>();
    for (const [hash, { bytes, filled }] of this.#packed) {
      try {
        const zone = inflateRawSync(bytes.subarray(0, filled), { maxOutputLength: MAX_ZONE_BYTES });
        if (hashBytes(zone) === hash) zones.set(hash, zone);
      } catch {
        // Cut off within, or not what it says it is.
      }
    }
    return zones;
  }
}

function grown(bytes: Uint8Array, needed: number, most: number): Uint8Array {
  const larger = new Uint8Array(Math.min(Math.max(needed, bytes.length * 2), Math.max(most, needed)));
  larger.set(bytes);
  return larger;
}
