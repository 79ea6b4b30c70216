import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Terrain } from "../../../../scripts/protocol/snapshot-codec/motion-prediction.ts";
import { SPECIFICATION_TABLES, specificationTables } from "../../../../tools/snapshot-tables/specification-tables.ts";
import { createSeededRandom } from "../../../fixtures/seeded-random.ts";
import { ChosenPacket } from "../../../reference/chosen-packet.ts";
import { CodedStream } from "../../../reference/coded-stream.ts";
import { type OwnReport, readOwnReport } from "../../../reference/own-report.ts";
import { RewrittenPacket } from "../../../reference/rewritten-packet.ts";
import { ReferenceReader } from "../../../reference/snapshot-reader.ts";
import { readGoldenPackets } from "../frozen-packets.ts";
import { BothReaders } from "./both-readers.ts";
import { LINK_SLOTS, ReferenceLink } from "./reference-link.ts";

// docs/snapshot-codec.md, S1 to S35, against the codec: whatever one of the two does and the other does not is a mistake in one.

const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
/** Steep enough to matter, and an integer everywhere, as the codec wants it. */
const hills: Terrain = { heightSteps: (x, z) => Math.floor(x / 7) - Math.floor(z / 5) + (x & 255) };
const grounds = [undefined, hills];

function goldenDeltas(): { name: string; bytes: Uint8Array; message: unknown; report: OwnReport }[] {
  const deltas = readGoldenPackets("1.1").filter(({ name }) => name.startsWith("snapshot-delta-"));
  return deltas.map(({ name, bytes, message }) => {
    const report = readOwnReport(bytes);
    return { name, bytes: report.codec, message, report };
  });
}

/** Damages a packet in a way that it may survive. */
function mutate(packet: Uint8Array, random: () => number): Uint8Array {
  const whole = (below: number) => Math.floor(random() * below);
  const kind = random();
  if (kind < 0.05) return Uint8Array.from({ length: whole(40) }, () => whole(256));
  if (kind < 0.1) return packet.slice(0, whole(packet.length));
  const bytes = packet.slice();
  if (kind < 0.2) {
    const number = random() < 0.5 ? (bytes[0] ?? 0) + (bytes[1] ?? 0) * 256 + whole(100) - 50 : whole(65_536);
    bytes[0] = number;
    bytes[1] = number >> 8;
    return bytes;
  }
  for (let changes = 1 + whole(3); changes > 0; changes--) {
    const at = random() < 0.1 ? whole(6) : 6 + whole(bytes.length - 6);
    bytes[at] = random() < 0.5 ? whole(256) : (bytes[at] ?? 0) ^ (1 << whole(8));
  }
  return bytes;
}

/** Sound bits that say anything, as of a snapshot near the one of `like`. */
function choosePacket({ reference }: BothReaders, like: Uint8Array, random: () => number): Uint8Array {
  const header = like.slice(0, 6);
  const later = random() < 0.5 ? 0 : Math.floor(random() * 4);
  new DataView(header.buffer).setUint16(0, ((header[0] ?? 0) + (header[1] ?? 0) * 256 + later) & 0xffff, true);
  header[2] = (header[2] ?? 0) + 3 * later;
  const packet = new ChosenPacket(random, LINK_SLOTS);
  reference.copy().read(Uint8Array.from([...header, 0]), packet);
  return packet.finish(header);
}

describe("a reader written from the specification alone", () => {
  test("its tables are those of the codec", () => {
    expect(readFileSync(SPECIFICATION_TABLES, "utf8")).toBe(specificationTables());
  });

  test("reads the golden packets as the real one does", () => {
    const both = new BothReaders(1024);
    const deltas = goldenDeltas();
    expect(deltas).toHaveLength(5);
    for (const { name, bytes, message, report } of deltas) {
      const { codec, ...own } = report;
      // [P80] [P81] and what it says about the receiver itself.
      expect({ ...own, entities: [...codec] }, name).toEqual(message);
      both.read(bytes, name);
    }
    // The fifth shows the own state at its limits and has only a codec's header.
    expect(Object.fromEntries(both.verdicts)).toEqual({ "": 4, too_short: 1 });
    expect(both.reference.visible.size).toBe(11);
  });

  test("reads the example of the page step by step as the page does", () => {
    const reader = new ReferenceReader();
    const steps: string[] = [];
    for (const { name, bytes } of goldenDeltas().slice(0, 4)) {
      const note = (what: string, result: number, registers: string) => {
        if (name === "snapshot-delta-3") steps.push(`${what} ${result} ${registers}`.trim());
      };
      expect(reader.read(bytes, new CodedStream(bytes, note)).taken).toBe(true);
    }
    const page = readFileSync("docs/snapshot-codec.md", "utf8");
    const block = /```text\n(.*?)```/s.exec(page)?.[1] ?? "";
    const [head = [], tail = []] = block.split("...\n").map((part) => {
      const lines = part.trim().split("\n");
      return lines.map((line) => (line.split(";")[0] ?? "").trim().replace(/ +/g, " "));
    });
    expect(head.length).toBeGreaterThan(20);
    expect(steps.slice(0, head.length)).toEqual(head);
    expect(steps.slice(-tail.length)).toEqual(tail);
  });

  for (const terrain of grounds) {
    test(`finds the same states in random worlds over bad links, ${terrain ? "with" : "without"} a ground`, () => {
      for (let seed = 1; seed <= 6; seed++) {
        const link = new ReferenceLink(createSeededRandom(seed), terrain);
        let packets = 0;
        for (let snapshot = 0; snapshot < 100; snapshot++) {
          link.step((bytes) => link.both.read(bytes, `seed ${seed}, packet ${packets++}`));
        }
        expect(link.both.verdicts.get(""), `seed ${seed}`).toBeGreaterThan(packets * 0.8);
      }
    });
  }

  test("[S35] a writer of the specification gives the bytes of the real one", () => {
    const link = new ReferenceLink(createSeededRandom(7), hills);
    let rewritten = 0;
    const rewrite = (bytes: Uint8Array) => {
      const again = new RewrittenPacket(bytes);
      if (link.both.reference.copy().read(bytes, again).taken) {
        expect(again.finish(bytes)).toEqual(bytes);
        rewritten += 1;
      }
      link.both.read(bytes, "rewritten");
    };
    for (let snapshot = 0; snapshot < 60; snapshot++) link.step(rewrite);
    expect(rewritten).toBeGreaterThan(50);
  });

  test(`gives damaged packets the same verdict, FUZZ_SEED=${SEED}`, () => {
    console.log(`FUZZ_SEED=${SEED}`);
    const verdicts = new Map<string, number>();
    let chosenTaken = 0;
    for (let round = 0; round < 12; round++) {
      const random = createSeededRandom(SEED + round);
      const link = new ReferenceLink(random, grounds[round % 2]);
      const { both } = link;
      let count = 0;
      const arrive = (bytes: Uint8Array) => {
        const hint = `FUZZ_SEED=${SEED}, round ${round}, packet ${count++}`;
        both.read(bytes, hint);
        both.read(mutate(bytes, random), hint);
        both.read(mutate(bytes, random), hint);
        if (random() < 0.5 && both.read(choosePacket(both, bytes, random), hint)) chosenTaken += 1;
      };
      for (let snapshot = 0; snapshot < 80; snapshot++) link.step(arrive);
      for (const [verdict, times] of both.verdicts) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + times);
    }
    console.log({ chosenTaken, ...Object.fromEntries(verdicts) });
    const expected = ["", "bad_length", "bad_number", "out_of_range", "stale", "too_short", "unknown_baseline"];
    expect([...verdicts.keys()].sort()).toEqual(expected);
    expect(chosenTaken).toBeGreaterThan(50);
  });

  test("[S22] [S23] takes up again in the same way after packets that were far too late, and after a number far ahead", () => {
    const random = createSeededRandom(11);
    const link = new ReferenceLink(random);
    const { both } = link;
    const count = (verdict: string) => both.verdicts.get(verdict) ?? 0;
    let newest: Uint8Array = new Uint8Array();
    const step = (snapshots: number) => {
      const taken = count("");
      for (let snapshot = 0; snapshot < snapshots; snapshot++) {
        link.step((bytes) => {
          if (both.read(bytes, "from the sender")) newest = bytes;
        });
      }
      return count("") - taken;
    };
    step(1);
    const first = newest;
    step(60);
    for (let late = 0; late < 31; late++) both.read(first, "late");
    expect(both.reference.keyframeNeeded).toBe(false);
    both.read(first, "one too many");
    expect(both.reference.keyframeNeeded).toBe(true);
    step(20);
    expect(both.reference.keyframeNeeded).toBe(false);

    // A number far ahead that is believed makes all that follow late, until a census starts anew.
    const ahead = newest.slice();
    const number = new DataView(ahead.buffer).getUint16(0, true);
    new DataView(ahead.buffer).setUint16(0, (number + 900) & 0xffff, true);
    let believed = choosePacket(both, ahead, random);
    while (!both.reference.copy().read(believed).taken) believed = choosePacket(both, ahead, random);
    both.read(believed, "far ahead");
    const stale = count("stale");
    expect(step(100)).toBeGreaterThan(30);
    expect(count("stale")).toBeGreaterThanOrEqual(stale + 32);
    expect(step(20)).toBeGreaterThan(15);
  });
});
