import { describe, expect, test } from "vitest";
import { MessageDecoder } from "../../../../scripts/protocol/message-decoder.ts";
import { MessageType } from "../../../../scripts/protocol/messages.ts";
import { type Crash, FuzzRun } from "../../../../tools/fuzz/fuzz-run.ts";
import { createFuzzedMessages } from "../../../../tools/fuzz/fuzzed-messages.ts";
import { isInBothCodecs } from "../../../../tools/schemas/write-decoded.ts";

function firstCrash(create: () => MessageDecoder): Crash {
  const run = new FuzzRun({ decoders: [createFuzzedMessages(create)], seed: 1 });
  while (run.executions < 50_000 && run.crashes.length === 0) run.step();
  const crash = run.crashes[0];
  if (crash === undefined) throw new Error("the planted fault was not found");
  return crash;
}

describe("the decoder of both codecs", () => {
  test("takes all message types of protocol_v1, and refuses for all kinds of reasons", () => {
    const run = new FuzzRun({ decoders: [createFuzzedMessages()], seed: 1 });
    for (let step = 0; step < 6_000; step++) run.step();
    expect(run.crashes.map(({ message }) => message)).toEqual([]);
    const signals = [...run.signalTexts()];
    for (const type of Object.values(MessageType).filter(isInBothCodecs)) {
      expect(
        signals.some((signal) => signal.startsWith(`legacy ${type} taken`)),
        `type ${type}`,
      ).toBe(true);
    }
    const errors = ["bad_structure", "missing_field", "too_many", "bad_utf8", "out_of_range", "string_too_long"];
    for (const error of [...errors, "bad_type", "bad_version"]) {
      expect(
        signals.some((signal) => signal.startsWith("legacy") && signal.includes(` ${error} `)),
        error,
      ).toBe(true);
    }
  });
});

describe("a planted fault is found", () => {
  test("a decoder of protocol_v1 that throws where a field is missing", () => {
    class Throwing extends MessageDecoder {
      override decode(bytes: Uint8Array): MessageType | 0 {
        const type = super.decode(bytes);
        if (this.codec === "protocol_v1" && this.error === "missing_field") throw new Error("planted");
        return type;
      }
    }
    expect(firstCrash(() => new Throwing()).message).toBe("Error: planted");
  });

  test("a decoder of protocol_v1 that takes what no encoder writes", () => {
    class Lax extends MessageDecoder {
      override decode(bytes: Uint8Array): MessageType | 0 {
        const type = super.decode(bytes);
        return this.codec === "protocol_v1" && this.detail.startsWith("Command.pitch") ? MessageType.input : type;
      }
    }
    expect(firstCrash(() => new Lax()).message).toContain("taken with error");
  });

  test("a decoder of protocol_v1 that remembers the packet before", () => {
    class Remembering extends MessageDecoder {
      #before = 0;
      override decode(bytes: Uint8Array): MessageType | 0 {
        const type = super.decode(bytes);
        if (this.codec === "protocol_v1") this.ping.sentAtMs = this.#before;
        this.#before = bytes.length;
        return type;
      }
    }
    expect(firstCrash(() => new Remembering()).message).toContain("two decoders");
  });

  test("a decoder that reads the other codec otherwise than that codec's own does", () => {
    class Different extends MessageDecoder {
      override decode(bytes: Uint8Array): MessageType | 0 {
        const type = super.decode(bytes);
        if (this.codec === "protocol_v2_seq") this.snapshotDelta.inputBufferTicks ^= 1;
        return type;
      }
    }
    expect(firstCrash(() => new Different()).message).toContain("alone it is another message");
  });
});
