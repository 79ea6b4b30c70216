import { describe, expect, it } from "vitest";
import { type EngineSample, readSample } from "../../../../../tools/soak/engine/engine-sample.ts";
import { judgeSamples } from "../../../../../tools/soak/engine/engine-verdict.ts";

const LIMITS = { warmUpSeconds: 60, rssGrowth: 0.03, objectGrowth: 0.05 };
const SAMPLE: EngineSample = {
  ...{ seconds: 0, rssMb: 300, ownMb: 140, heapUsedMb: 30, youngMb: 16, staticMb: 50 },
  ...{ objects: 4000, nodes: 1400, orphans: 0, resources: 260 },
};

/** Ten minutes of samples, `change` of each by the share of the run that is over. */
function run(change: (share: number) => Partial<EngineSample>): EngineSample[] {
  return Array.from({ length: 60 }, (_, i) => ({ ...SAMPLE, seconds: (i + 1) * 10, ...change((i + 1) / 60) }));
}

describe("the verdict on an engine's samples", () => {
  it("is good where everything stays, whatever the first minute was like", () => {
    const samples = run((share) => (share < 0.09 ? { rssMb: 100, nodes: 10, orphans: 5, objects: 90 } : {}));
    expect(judgeSamples(samples, LIMITS)).toMatchObject({ problems: [], rssStartMb: 300, rssEndMb: 300, orphans: 0 });
  });

  it.each([
    ["memory", (share: number) => ({ rssMb: 300 + 14 * share }), /resident memory grew from .* at most 9\.\d MB/],
    [
      "own memory",
      (share: number) => ({ rssMb: 250, ownMb: 140 + 14 * share }),
      /memory of its own grows by 1\d\.\d MB/,
    ],
    [
      "own memory behind what was let go of",
      (share: number) => ({ rssMb: share < 0.2 ? 300 : 260 + 14 * share, ownMb: share < 0.2 ? 140 : 100 + 14 * share }),
      /memory of its own grows by 1\d\.\d MB/,
    ],
    ["nodes", (share: number) => ({ nodes: 1400 + Math.floor(share * 10) }), /nodes grew/],
    ["objects", (share: number) => ({ objects: 4000 + 400 * share }), /objects grew/],
    ["orphans", (share: number) => ({ orphans: share > 0.5 && share < 0.52 ? 1 : 0 }), /1 nodes are in no tree/],
  ])("finds %s that grow", (_, change, words) => {
    const { problems } = judgeSamples(run(change), LIMITS);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(words);
  });

  it("is bad where there was nothing to look at", () => {
    expect(judgeSamples([], LIMITS).problems.join()).toContain("expected at least 3 samples after 60 s, got 0");
  });
});

describe("a line of the engine", () => {
  it("is a sample when it is whole", () => {
    expect(readSample(`soak ${JSON.stringify(SAMPLE)}`)).toEqual(SAMPLE);
    for (const line of ["", "soak cycles 3", "soak {", 'soak {"seconds":1}', `x soak ${JSON.stringify(SAMPLE)}`]) {
      expect(readSample(line), line).toBeUndefined();
    }
  });
});
