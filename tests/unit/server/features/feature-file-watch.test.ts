import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Capability } from "../../../../scripts/protocol/capability.ts";
import { FeatureFileWatch } from "../../../../server/features/feature-file-watch.ts";
import { FeatureFlags } from "../../../../server/features/feature-flags.ts";
import { readFeatureTable } from "../../../../server/features/read-feature-table.ts";

const V2 = Capability.sequenced;
const ADA = { playerKey: "ada", zone: "shore", platform: "" };
const file = (members: object): string => JSON.stringify({ [V2]: { enabled: true, ...members } });

/** A file in memory, watched from when it held `text`. */
function watched(text: string) {
  const reading = readFeatureTable(text);
  if (!reading.ok) throw new Error(reading.faults.join());
  const flags = new FeatureFlags(reading.table);
  const disk: { text: string | Error } = { text };
  const log: string[] = [];
  const read = async (): Promise<string> => {
    if (disk.text instanceof Error) throw disk.text;
    return disk.text;
  };
  const watch = new FeatureFileWatch({ path: "f.json", text, flags, read, log: (line) => log.push(line) });
  const put = async (next: string | Error): Promise<void> => {
    disk.text = next;
    await watch.poll();
  };
  return { watch, flags, log, put };
}

describe("a watched feature file", () => {
  it("is in force at the next look, and the log says what has changed", async () => {
    const { flags, log, put } = watched(file({ rolloutPercent: 0 }));
    await put(file({ rolloutPercent: 100 }));
    expect(flags.allows(V2, ADA)).toBe(true);
    expect(log).toEqual(["f.json: revision 2: protocol_v2_seq: rolloutPercent 0 -> 100"]);
  });

  it("changes nothing and says nothing while it is the same, or says the same in another way", async () => {
    const text = file({ rolloutPercent: 10 });
    const { flags, log, put } = watched(text);
    await put(text);
    await put(`${text}\n`);
    await put(file({ description: "words", rolloutPercent: 10.0, killSwitch: false }));
    expect(flags.revision).toBe(1);
    expect(log).toEqual([]);
  });

  it("stays in force as it was while it is broken, which is said once for each fault", async () => {
    const good = file({ rolloutPercent: 100 });
    const { flags, log, put } = watched(good);
    const broken = file({ rolloutPercent: "50%" });
    await put(broken);
    await put(broken);
    await put(`${broken} `);
    expect(flags.allows(V2, ADA)).toBe(true);
    expect(flags.revision).toBe(1);
    expect(log).toEqual([
      'f.json: protocol_v2_seq.rolloutPercent: expected a number from 0 to 100, got "50%". Revision 1 stays in force until this is corrected.',
    ]);
    await put(good.slice(0, 20));
    expect(log).toHaveLength(2);
    await put(good);
    expect(log[2]).toBe("f.json: in order again, and as in revision 1");
    await put(`${good}\n`);
    expect(log).toHaveLength(3);
    await put(good.slice(0, 20));
    expect(log[3]).toBe(log[1]);
  });

  it("stays in force as it was while it is away, and is looked at anew when it is back", async () => {
    const good = file({});
    const { flags, log, put } = watched(good);
    await put(new Error("there is no such file"));
    await put(new Error("there is no such file"));
    expect(flags.allows(V2, ADA)).toBe(true);
    expect(log).toEqual(["f.json: there is no such file. Revision 1 stays in force until this is corrected."]);
    await put(good);
    expect(log[1]).toBe("f.json: in order again, and as in revision 1");
    await put(file({ killSwitch: true }));
    expect(flags.allows(V2, ADA)).toBe(false);
  });

  it("names five faults and counts the others", async () => {
    const { log, put } = watched("{}");
    await put(JSON.stringify(Object.fromEntries([..."abcdefgh"].map((name) => [name, {}]))));
    expect(log[0]?.match(/there is no such feature/g)).toHaveLength(5);
    expect(log[0]).toContain("; and 3 more. Revision 1");
  });

  it("is not read twice at a time", async () => {
    let reads = 0;
    let finish: (text: string) => void = () => {};
    const read = (): Promise<string> => {
      reads += 1;
      return new Promise((resolve) => {
        finish = resolve;
      });
    };
    const flags = new FeatureFlags(new Map());
    const watch = new FeatureFileWatch({ path: "f.json", text: "{}", flags, read, log: () => {} });
    const first = watch.poll();
    await watch.poll();
    expect(reads).toBe(1);
    finish(file({}));
    await first;
    expect(flags.allows(V2, ADA)).toBe(true);
    void watch.poll();
    expect(reads).toBe(2);
  });

  it("is in force as last written in order, after any writing and breaking", async () => {
    const good = fc.integer({ min: 0, max: 100 }).map((rolloutPercent) => file({ rolloutPercent }));
    const bad = fc.oneof(
      fc.tuple(good, fc.integer({ min: 1, max: 20 })).map(([text, cut]) => text.slice(0, -cut)),
      fc.constantFrom("", "{", "[]", '{"x":{}}'),
      fc.constant(new Error("there is no such file")),
    );
    await fc.assert(
      fc.asyncProperty(good, fc.array(fc.oneof(good, bad)), fc.string(), async (start, written, playerKey) => {
        const { flags, put } = watched(start);
        let lastGood = start;
        for (const text of written) {
          const before = flags.revision;
          await put(text);
          const inOrder = typeof text === "string" && readFeatureTable(text).ok;
          if (inOrder) expect(flags.revision - before).toBe(text === lastGood ? 0 : 1);
          else expect(flags.revision).toBe(before);
          if (inOrder) lastGood = text;
          const subject = { ...ADA, playerKey };
          expect(flags.explain(V2, subject)).toEqual(watched(lastGood).flags.explain(V2, subject));
        }
      }),
    );
  });
});
