import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../../../scripts/client/recording/recorded-event.ts";
import { Recorder } from "../../../../scripts/client/recording/recorder.ts";
import { openRecording } from "../../../../scripts/client/recording/recording.ts";
import { anyEntry, type Entry } from "../../../fixtures/arbitrary-events.ts";
import { idleClientOptions } from "../../../fixtures/idle-client.ts";
import { MemorySink } from "../../../fixtures/memory-sink.ts";
import { mustOpen } from "../../../fixtures/recorded-play.ts";

const HEAD_BYTES = 16;
const CHUNK_HEAD_BYTES = 16;

/** A recording of these entries, with a flush after each that is said to have one. */
function record(entries: readonly Entry[], flushes: readonly boolean[] = []): Uint8Array {
  const sink = new MemorySink();
  const recorder = new Recorder({ sink, recordedAtMs: 5, runtime: "test", log: (line) => expect.fail(line) });
  recorder.start(idleClientOptions());
  for (const [i, entry] of entries.entries()) {
    entry.write(recorder);
    if (flushes[i]) recorder.flush();
  }
  recorder.end();
  return sink.bytes;
}

function eventsOf(bytes: Uint8Array): RecordedEvent[] {
  const reader = mustOpen(bytes).read();
  const events: RecordedEvent[] = [];
  for (let event = reader.next(); event !== undefined; event = reader.next()) events.push(structuredClone(event));
  return events;
}

describe("a recording", () => {
  it("says what was recorded, whatever that was and however it was written", () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 40 }), fc.array(fc.boolean()), (entries, flushes) => {
        const events = eventsOf(record(entries, flushes));
        expect(events.slice(1, -1)).toEqual(entries.map(({ read }) => read));
        expect(events.at(-1)).toEqual({ kind: "end", reason: "stopped" });
      }),
    );
  });

  it("that ends anywhere is readable up to its last whole chunk, and says that it was cut off", () => {
    fc.assert(
      fc.property(
        fc.array(anyEntry, { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (entries, share) => {
          const whole = record(
            entries,
            entries.map(() => true),
          );
          const all = eventsOf(whole);
          const cut = whole.subarray(0, Math.floor(whole.length * share));
          const opened = openRecording(cut);
          if (!opened.ok) {
            expect(opened.problem).toMatch(/^expected a recording/u);
            return;
          }
          if (cut.length < whole.length) expect(opened.recording.end).toMatchObject({ kind: "cut" });
          expect(eventsOf(cut)).toEqual(all.slice(0, opened.recording.events));
          // No more than the chunk that was cut, one event here, is lost.
          expect(opened.recording.events).toBeGreaterThan(0);
        },
      ),
    );
  });

  it("with any byte of a chunk changed ends before that chunk, and says what was expected and what came", () => {
    const entry: Entry = { write: (recorder) => recorder.random(0.5), read: {} };
    const whole = record([entry, entry, entry], [true, true, true]);
    fc.assert(
      fc.property(
        fc.integer({ min: HEAD_BYTES, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, change) => {
          const damaged = whole.slice();
          damaged[at] = (damaged[at] ?? 0) ^ change;
          const opened = openRecording(damaged);
          if (!opened.ok) {
            expect(opened.problem).toMatch(/expected .*, got /u);
            return;
          }
          const { end, events } = opened.recording;
          expect(end.kind).not.toBe("complete");
          expect(end).toMatchObject({ detail: expect.stringMatching(/expected .*, got /u) });
          expect(eventsOf(damaged)).toEqual(eventsOf(whole).slice(0, events));
        },
      ),
    );
  });

  const good = record([]);
  const changed = (at: number, value: number, bytes = good) => {
    const copy = bytes.slice();
    new DataView(copy.buffer).setUint32(at, value, true);
    return copy;
  };

  it.each([
    ["nothing", new Uint8Array(), /^expected a recording, .*got 0 bytes: record one with --record FILE$/u],
    ["another file", new TextEncoder().encode("GIF89a, and more of it"), /got 22 bytes that start with 47 49 46 38/u],
    [
      "a copy made as text",
      Uint8Array.from([...good.subarray(0, 6), 0x0a, ...good.subarray(8)]),
      /expected a recording/u,
    ],
    [
      "a later version",
      changed(8, 2),
      /expected a recording in version 1 of the format, got version 2\.0: replay it with/u,
    ],
    ["no events", good.subarray(0, HEAD_BYTES), /at least its first event: .*no end event/u],
    ["a chunk without its mark", changed(HEAD_BYTES, 7), /expected the mark "CHNK", got 0x7/u],
    ["an endless chunk", changed(HEAD_BYTES + 4, 0xffff_ffff), /a chunk of 1 to 1048576 bytes, got 4294967295/u],
    ["an empty chunk", changed(HEAD_BYTES + 4, 0), /a chunk of 1 to 1048576 bytes, got 0/u],
    ["a chunk out of its order", changed(HEAD_BYTES + 8, 9), /expected event 0 to come next, got 9/u],
    ["a wrong checksum", changed(HEAD_BYTES + 12, 0), /expected a payload with CRC-32 0, got [0-9a-f]+/u],
    [
      "half a chunk",
      good.subarray(0, HEAD_BYTES + CHUNK_HEAD_BYTES + 5),
      /expected a chunk of \d+ bytes after event -1, got 5/u,
    ],
  ])("is not read from %s", (_, bytes, problem) => {
    const opened = openRecording(bytes);
    expect(opened.ok ? "" : opened.problem).toMatch(problem);
  });
});

describe("a recorder", () => {
  it("cuts what is longer than a text may be, between two characters", () => {
    const bytes = record([{ write: (recorder) => recorder.connect("a", "é".repeat(40_000)), read: {} }]);
    expect(eventsOf(bytes)[1]).toEqual({ kind: "connect", address: "a", name: "é".repeat(32_767) });
  });

  it("writes what is older than half a second, and hardly more often", () => {
    const sink = new MemorySink();
    const recorder = new Recorder({ sink, recordedAtMs: 5, runtime: "test", log: () => {} });
    recorder.start(idleClientOptions());
    const before = sink.writes;
    for (let frame = 0; frame < 600; frame += 1) {
      recorder.random(frame);
      recorder.writer.tick((frame * 1000) / 60);
    }
    expect(sink.writes - before).toBeGreaterThanOrEqual(20);
    expect(sink.writes - before).toBeLessThanOrEqual(21);
    // Nobody closed it, as when the process dies: no more than the last half second is missing.
    const opened = mustOpen(sink.bytes);
    expect(opened.end.kind).toBe("cut");
    expect(opened.events).toBeGreaterThan(600 - 31);
  });

  it("ends in good order when it may not become longer, and says so once", () => {
    const sink = new MemorySink();
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const recorder = new Recorder({ sink, recordedAtMs: 5, runtime: "test", maxBytes: 5000, log });
    recorder.start(idleClientOptions());
    for (let i = 0; i < 5000; i += 1) {
      recorder.random(i);
      if (i % 10 === 0) recorder.flush();
    }
    recorder.end();
    expect(sink.closed).toBe(true);
    expect(sink.bytes.length).toBeLessThanOrEqual(5000);
    expect(sink.bytes.length).toBeGreaterThan(4900);
    expect(eventsOf(sink.bytes).at(-1)).toEqual({ kind: "end", reason: "full" });
    expect(lines).toEqual([expect.stringContaining("full 5000 bytes")]);
  });

  it("stops when the disk is full, says so once, and lets the game go on", () => {
    const lines: string[] = [];
    let writes = 0;
    const sink = {
      write: () => {
        writes += 1;
        if (writes > 2) throw new Error("ENOSPC: no space left on device");
      },
      close: () => {},
    };
    const recorder = new Recorder({ sink, recordedAtMs: 5, runtime: "test", log: (line) => lines.push(line) });
    recorder.start(idleClientOptions());
    for (let i = 0; i < 100; i += 1) {
      recorder.random(i);
      recorder.flush();
    }
    recorder.end();
    expect(writes).toBe(3);
    expect(lines).toEqual(["nothing more can be recorded: ENOSPC: no space left on device"]);
  });
});
