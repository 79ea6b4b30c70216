import { crc32 } from "node:zlib";
import { createInputSample, type InputSample } from "../../scripts/client/input-sample.ts";
import { EventDescriber } from "../../scripts/client/recording/describe-event.ts";
import { Recorder } from "../../scripts/client/recording/recorder.ts";
import { type OpenedRecording, openRecording } from "../../scripts/client/recording/recording.ts";
import { CHUNK_HEAD_BYTES, HEAD_BYTES } from "../../scripts/client/recording/recording-format.ts";
import { ZoneRecorder } from "../../scripts/client/recording/zone-recorder.ts";
import type { ConnectionId } from "../../scripts/transport/transport.ts";
import { FuzzRandom } from "./fuzz-random.ts";
import { type FuzzedDecoder, magnitude, shapeOf } from "./fuzzed-decoder.ts";
import { joinBytes, mutateBytes } from "./mutate-bytes.ts";

const MAX_INPUT_BYTES = 16_384;
const SEED_RECORDINGS = 8;
const MOST_EVENTS = 30;
const CAUSES = ["local", "remote", "refused", "unreachable", "timeout", "error"] as const;

/** The reader of recordings, and what says of their events what they are. `open`: a substitute, to see whether its faults are found. */
export function createFuzzedRecording(open: (bytes: Uint8Array) => OpenedRecording = openRecording): FuzzedDecoder {
  return {
    name: "recording",
    seeds: () => Array.from({ length: SEED_RECORDINGS }, (_, seed) => randomRecording(new FuzzRandom(seed + 1))),
    generate: randomRecording,
    mutate: mutateRecording,
    run: (bytes) => runRecording(bytes, open),
  };
}

/** A short recording of anything, in one to a few chunks. */
function randomRecording(random: FuzzRandom): Uint8Array {
  const parts: Uint8Array[] = [];
  const sink = { write: (bytes: Uint8Array) => void parts.push(bytes.slice()), close: () => {} };
  const recorder = new Recorder({ sink, recordedAtMs: random.word(), runtime: "fuzz", log: () => {} });
  recorder.start({
    transport: NO_TRANSPORT,
    loadZone: () => new Uint8Array(),
    random: () => 0,
    clientBuild: "fuzz",
    followsOthers: random.chance(0.5),
  });
  const zones = new ZoneRecorder(recorder.writer, () => noise(random, 600));
  const input = createInputSample();
  for (let left = random.whole(MOST_EVENTS); left > 0; left--) {
    recordAnything(recorder, zones, input, random);
    if (random.chance(0.1)) recorder.flush();
  }
  if (random.chance(0.8)) recorder.end();
  else recorder.flush();
  return joinBytes(...parts);
}

function recordAnything(recorder: Recorder, zones: ZoneRecorder, input: InputSample, random: FuzzRandom): void {
  // The one place where a number is made an id.
  const connection = random.whole(3) as ConnectionId;
  const text = random.pick(["", "127.0.0.1:7777", "Ada", "Hügel 漢"]);
  const choices: readonly (() => unknown)[] = [
    () => {
      input.moveX = random.pick([0, 1, -1, Number.NaN]);
      input.yawRadians = random.word();
      input.jump = random.chance(0.5);
      recorder.beginFrame(random.word(), input);
    },
    () => recorder.received(connection, noise(random, 80)),
    () => recorder.sent(connection, noise(random, 80), random.chance(0.5), random.chance(0.9)),
    () => recorder.connect(text, text),
    () => recorder.disconnect(),
    () => recorder.opened(connection, text),
    () => recorder.closed(connection, random.pick(CAUSES), random.whole(1000), text),
    () => recorder.dialled(connection, text),
    () => recorder.hungUp(connection, random.whole(1000), text),
    () => recorder.random(random.word()),
    () => zones.load(text),
  ];
  random.pick(choices)();
}

const NO_TRANSPORT = {
  listen: () => "",
  connect: () => 0 as ConnectionId,
  poll: () => {},
  send: () => false,
  flush: () => {},
  close: () => {},
  statistics: () => false,
  dispose: () => {},
};

function noise(random: FuzzRandom, most: number): Uint8Array {
  return Uint8Array.from({ length: random.whole(most) }, () => random.whole(256));
}

/** Damages events and makes the checksums right again: a wrong one ends the reading at once. */
function mutateRecording(bytes: Uint8Array, other: Uint8Array, random: FuzzRandom): Uint8Array {
  const from = HEAD_BYTES + CHUNK_HEAD_BYTES;
  if (bytes.length <= from || random.chance(0.1)) return mutateBytes(bytes, other, random, MAX_INPUT_BYTES);
  const payloadBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(HEAD_BYTES + 4, true);
  const end = Math.min(from + payloadBytes, bytes.length);
  const payload = mutateBytes(bytes.subarray(from, end), other.subarray(from), random, MAX_INPUT_BYTES);
  const whole = joinBytes(bytes.subarray(0, from), payload, bytes.subarray(end)).slice(0, MAX_INPUT_BYTES);
  if (random.chance(0.1) || whole.length < from + payload.length) return whole;
  const view = new DataView(whole.buffer);
  view.setUint32(HEAD_BYTES + 4, payload.length, true);
  view.setUint32(HEAD_BYTES + 12, crc32(payload), true);
  return whole;
}

function runRecording(bytes: Uint8Array, open: (bytes: Uint8Array) => OpenedRecording): string[] {
  const before = Buffer.from(bytes);
  const opened = open(bytes);
  if (!before.equals(bytes)) throw new Error("the input was changed");
  if (!opened.ok) {
    if (!/expected .*got |expected .*it has no events|expected .*after event/su.test(opened.problem)) {
      throw new Error(`refused without saying what was expected: ${opened.problem}`);
    }
    return [shapeOf(withoutChecksum(opened.problem))];
  }
  const { recording } = opened;
  const reader = recording.read();
  const describer = new EventDescriber();
  const signals = new Set<string>();
  let events = 0;
  for (let event = reader.next(); event !== undefined; event = reader.next()) {
    if (reader.number !== events) throw new Error(`expected event ${events}, got ${reader.number}`);
    events += 1;
    if (/\n/u.test(describer.describe(event))) throw new Error(`a "${event.kind}" event is described in two lines`);
    signals.add(event.kind);
  }
  if (events !== recording.events)
    throw new Error(`the second answer is another: ${events} events, not ${recording.events}`);
  const { end } = recording;
  signals.add(end.kind === "complete" ? "complete" : `${end.kind}: ${shapeOf(withoutChecksum(end.detail))}`);
  signals.add(`2^${magnitude(events)} events, 2^${magnitude(recording.zones.size)} zones`);
  return [...signals];
}

function withoutChecksum(detail: string): string {
  return detail.replace(/CRC-32 [0-9a-f]+/gu, "CRC-32");
}
