import { describe, expect, test } from "vitest";
import { openRecording } from "../../../../scripts/client/recording/recording.ts";
import { MessageType } from "../../../../scripts/protocol/messages.ts";
import { PacketDecoder } from "../../../../scripts/protocol/packet-decoder.ts";
import { SnapshotReceiver } from "../../../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import { decodeZone } from "../../../../scripts/simulation/zone-file.ts";
import { readCorpus } from "../../../../tools/fuzz/corpus-files.ts";
import { type Crash, FuzzRun } from "../../../../tools/fuzz/fuzz-run.ts";
import type { FuzzedDecoder } from "../../../../tools/fuzz/fuzzed-decoder.ts";
import { createFuzzedPackets } from "../../../../tools/fuzz/fuzzed-packets.ts";
import { createFuzzedRecording } from "../../../../tools/fuzz/fuzzed-recording.ts";
import { createFuzzedSnapshots } from "../../../../tools/fuzz/fuzzed-snapshots.ts";
import { createFuzzedZone } from "../../../../tools/fuzz/fuzzed-zone.ts";
import { FUZZED_SLOTS } from "../../../../tools/fuzz/snapshot-session.ts";
import { createDecoders, TARGETS } from "../../../../tools/fuzz/targets.ts";

const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const EXECUTIONS = 4_000;

function fuzz(decoders: FuzzedDecoder[], executions: number, seed: number, corpus: Uint8Array[] = []): FuzzRun {
  const run = new FuzzRun({ decoders, seed, corpus });
  while (run.executions < executions && run.crashes.length === 0) run.step();
  return run;
}

function describeCrashes(crashes: readonly Crash[]): string[] {
  return crashes.map(({ decoder, message, input }) => `${decoder}: ${message}: ${Buffer.from(input).toString("hex")}`);
}

function firstCrash(decoder: FuzzedDecoder): Crash {
  const crash = fuzz([decoder], 50_000, 1).crashes[0];
  if (crash === undefined) throw new Error("the planted fault was not found");
  return crash;
}

describe("the decoders", () => {
  for (const target of Object.keys(TARGETS)) {
    test(`${target}: ${EXECUTIONS} inputs and the corpus break no promise, FUZZ_SEED=${SEED}`, () => {
      const corpus = readCorpus(target);
      expect(corpus.length).toBeGreaterThan(0);
      const run = fuzz(createDecoders(target), EXECUTIONS, SEED, corpus);
      expect(describeCrashes(run.crashes)).toEqual([]);
      expect(run.executions).toBeGreaterThanOrEqual(EXECUTIONS);
    });
  }

  test("inputs with a new signal join the corpus, and their small forms still give one", () => {
    const run = fuzz([createFuzzedZone()], 2_000, 1);
    const before = fuzz([createFuzzedZone()], 0, 1);
    expect(run.corpus).toBeGreaterThan(before.corpus);
    expect(run.signals).toBeGreaterThan(before.signals);
    const finds = run.smallFinds();
    expect(finds.length).toBeGreaterThan(10);
    const replayed = fuzz(
      [createFuzzedZone()],
      0,
      1,
      finds.map(({ input }) => input),
    );
    expect(replayed.signals).toBeGreaterThan(before.signals);
  });

  test("the same seed makes the same run", () => {
    const [first, second, other] = [7, 7, 8].map((seed) => {
      const inputs: string[] = [];
      const onInput = (_: number, input: Uint8Array) => void inputs.push(Buffer.from(input).toString("hex"));
      const run = new FuzzRun({ decoders: createDecoders("protocol"), seed, onInput });
      for (let step = 0; step < 300; step++) run.step();
      return inputs;
    });
    expect(first).toEqual(second);
    expect(first).not.toEqual(other);
  });

  test("all message types are taken, and refused for all kinds of reasons", () => {
    const run = new FuzzRun({ decoders: [createFuzzedPackets()], seed: 1 });
    for (let step = 0; step < 3_000; step++) run.step();
    const signals = [...run.signalTexts()];
    for (const type of Object.values(MessageType)) {
      expect(
        signals.some((signal) => signal.startsWith(`${type} taken`)),
        `type ${type}`,
      ).toBe(true);
    }
    for (const error of ["bad_structure", "missing_field", "too_many", "bad_utf8", "out_of_range", "bad_length"]) {
      expect(
        signals.some((signal) => signal.includes(` ${error} `)),
        error,
      ).toBe(true);
    }
  });
});

describe("a planted fault is found", () => {
  test("a packet decoder that throws on some length, with the smallest packet that shows it", () => {
    class Throwing extends PacketDecoder {
      override decode(bytes: Uint8Array): MessageType | 0 {
        if (bytes.length % 32 === 17) throw new Error("planted");
        return super.decode(bytes);
      }
    }
    const { message, input } = firstCrash(createFuzzedPackets(() => new Throwing()));
    expect(message).toBe("Error: planted");
    expect(input.length).toBe(17);
    expect([...input]).toEqual(Array.from({ length: 17 }, () => 0));
  });

  test("a packet decoder that takes what cannot be said again", () => {
    class Stretching extends PacketDecoder {
      override decode(bytes: Uint8Array): MessageType | 0 {
        const type = super.decode(bytes);
        if (this.input.commandCount === 5) this.input.ackServerTick = (this.input.ackServerTick ^ 1) >>> 0;
        return type;
      }
    }
    expect(firstCrash(createFuzzedPackets(() => new Stretching())).message).toContain("encoded again");
  });

  test("a packet decoder that takes a value which no encoder writes", () => {
    class Lax extends PacketDecoder {
      override decode(bytes: Uint8Array): MessageType | 0 {
        const type = super.decode(bytes);
        if (this.input.commandCount === 3) this.input.commandCount = 17;
        return type;
      }
    }
    firstCrash(createFuzzedPackets(() => new Lax()));
  });

  test("a packet decoder that remembers the packet before", () => {
    class Remembering extends PacketDecoder {
      #before = 0;
      override decode(bytes: Uint8Array): MessageType | 0 {
        const type = super.decode(bytes);
        if (type !== 0) this.ping.sentAtMs = this.#before;
        this.#before = bytes.at(-1) ?? 0;
        return type;
      }
    }
    expect(firstCrash(createFuzzedPackets(() => new Remembering())).message).toContain("two decoders");
  });

  test("a packet decoder that refuses without saying why", () => {
    class Silent extends PacketDecoder {
      override get detail(): string {
        return this.error === "too_many" ? "" : super.detail;
      }
    }
    expect(firstCrash(createFuzzedPackets(() => new Silent())).message).toContain("no detail");
  });

  test("a snapshot receiver that a refused packet changes", () => {
    class Leaky extends SnapshotReceiver {
      override decode(bytes: Uint8Array): boolean {
        const taken = super.decode(bytes);
        if (this.error === "bad_length") this.entities.planes.clear();
        return taken;
      }
    }
    const { message } = firstCrash(createFuzzedSnapshots(() => new Leaky(FUZZED_SLOTS)));
    expect(message).toMatch(/^Error: (a refused packet changed what is remembered)/);
  });

  test("a snapshot receiver that takes a place outside of the world", () => {
    class Far extends SnapshotReceiver {
      override decode(bytes: Uint8Array): boolean {
        const taken = super.decode(bytes);
        if (taken && this.update.leftCount > 0 && this.update.count > 0) this.update.x[0] = 2 ** 25;
        return taken;
      }
    }
    const { message } = firstCrash(createFuzzedSnapshots(() => new Far(FUZZED_SLOTS)));
    expect(message).toContain("took an entity at 33554432");
  });

  test("a reader of recordings that throws, and one that refuses without saying what it expected", () => {
    const throwing = createFuzzedRecording((bytes) => {
      const opened = openRecording(bytes);
      if (opened.ok && opened.recording.end.kind === "damaged") throw new RangeError("planted");
      return opened;
    });
    expect(firstCrash(throwing).message).toBe("RangeError: planted");
    const sullen = createFuzzedRecording((bytes) => {
      const opened = openRecording(bytes);
      return opened.ok && opened.recording.frames > 3 ? { ok: false, problem: "no" } : opened;
    });
    expect(firstCrash(sullen).message).toContain("refused without saying");
  });

  test("a zone decoder that throws, or reads another zone the second time", () => {
    const throwing = createFuzzedZone((bytes) => {
      const decoded = decodeZone(bytes);
      if (!decoded.ok && decoded.reason.includes("heightfield covers")) throw new RangeError("planted");
      return decoded;
    });
    expect(firstCrash(throwing).message).toBe("RangeError: planted");
    let calls = 0;
    const wavering = createFuzzedZone((bytes) => {
      const decoded = decodeZone(bytes);
      calls += 1;
      if (!decoded.ok || calls % 2 === 0) return decoded;
      return { ok: true, zone: { ...decoded.zone, name: "other" } };
    });
    expect(firstCrash(wavering).message).toContain("another");
  });
});
