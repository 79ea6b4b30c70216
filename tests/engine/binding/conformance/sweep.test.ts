import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readApi } from "../../../../tools/conformance/api.ts";
import { type Exclusion, makePlan, nameOf } from "../../../../tools/conformance/plan.ts";
import { summarise } from "../../../../tools/conformance/summary.ts";
import { SweepProject } from "../../../../tools/conformance/sweep.ts";

/** `npm run conformance` does all of them, and the editor's. */
const EVERY_METHOD = 5;
const MOST_EXCLUDED = 0.03;

const plan = makePlan(readApi());
const exclusions: readonly Exclusion[] = JSON.parse(readFileSync("tools/conformance/exclusions.json", "utf8"));
const excluded = new Map(exclusions.map((entry) => [`${entry.class}.${entry.method}`, entry]));

it("each exclusion is a method of this engine with a reason, and they are few", () => {
  const methods = new Set(plan.jobs.filter((job) => job.kind === "method").map(nameOf));
  expect([...excluded.keys()].filter((name) => !methods.has(name))).toEqual([]);
  expect(exclusions.filter(({ reason }) => reason.length < 10)).toEqual([]);
  expect(exclusions.length).toBe(excluded.size);
  expect(excluded.size / methods.size).toBeLessThan(MOST_EXCLUDED);
});

it("every class of the engine is constructed or refused, and a sample of its methods answers with the right type", async () => {
  const due = plan.jobs.filter(
    (job) => !job.inEditor && !excluded.has(nameOf(job)) && (job.kind === "class" || job.index % EVERY_METHOD === 0),
  );
  const sweep = new SweepProject(process.cwd());
  try {
    const outcomes = await sweep.run(plan, due, () => undefined);
    const { summary, problems } = summarise(due, outcomes, excluded);
    expect(problems).toEqual([]);
    expect(summary.constructed + summary.refused).toBe(summary.classes);
    expect(summary.called).toBe(summary.methods);
    expect(summary.classes).toBeGreaterThan(900);
  } finally {
    sweep.remove();
  }
});
