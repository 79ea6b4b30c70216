import type { Exclusion, Job } from "./plan.ts";
import { nameOf } from "./plan.ts";
import type { Outcomes } from "./sweep.ts";

/** The sweep in numbers; its one line of JSON. */
export interface Summary {
  readonly classes: number;
  readonly constructed: number;
  readonly refused: number;
  readonly methods: number;
  readonly called: number;
  readonly excluded: number;
  readonly crashed: number;
}

export interface Report {
  readonly summary: Summary;
  /** What went wrong, one line each: `Class.method: what`. */
  readonly problems: readonly string[];
}

/** Counts outcomes; every job that was neither done well nor excluded is a problem. */
export function summarise(jobs: readonly Job[], outcomes: Outcomes, excluded: ReadonlyMap<string, Exclusion>): Report {
  const problems: string[] = [];
  const counts = { classes: 0, constructed: 0, refused: 0, methods: 0, called: 0, excluded: 0, crashed: 0 };
  for (const job of jobs) {
    const outcome = outcomes.get(job.index) ?? "not reached";
    counts[job.kind === "class" ? "classes" : "methods"] += 1;
    if (excluded.has(nameOf(job))) counts.excluded += 1;
    else if (outcome === "ok") counts.called += 1;
    else if (outcome === "constructed") counts.constructed += 1;
    else if (outcome.startsWith("refused")) counts.refused += 1;
    else {
      if (/^(crashed|hung)/.test(outcome)) counts.crashed += 1;
      problems.push(`${nameOf(job)}: ${outcome}`);
    }
  }
  return { summary: counts, problems };
}
