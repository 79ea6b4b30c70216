// Constructs every class of the engine and calls every non-virtual method, through the binding. See addons/godot-ts/docs/internals.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readApi } from "./api.ts";
import { type Exclusion, makePlan, nameOf } from "./plan.ts";
import { summarise } from "./summary.ts";
import { SweepProject } from "./sweep.ts";

const project = process.cwd();
const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const { values: options } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    every: { type: "string", default: "1" },
    core: { type: "boolean", default: false },
    gdscript: { type: "boolean", default: false },
  },
});
const only = new RegExp(options.only);
const every = Number(options.every);

const exclusions: readonly Exclusion[] = JSON.parse(
  readFileSync(join(project, "tools/conformance/exclusions.json"), "utf8"),
);
const excluded = new Map(exclusions.map((entry) => [`${entry.class}.${entry.method}`, entry]));
const plan = makePlan(readApi());
const chosen = plan.jobs.filter(
  (job) => job.index % every === 0 && only.test(nameOf(job)) && !(options.core && job.inEditor),
);
// GDScript is to try the excluded ones, too: to see whose fault they are.
const due = chosen.filter((job) => options.gdscript || !excluded.has(nameOf(job)));
const sweep = new SweepProject(project, options.gdscript);
try {
  const outcomes = await sweep.run(
    plan,
    due.filter((job) => !job.inEditor),
    tell,
  );
  for (const [index, outcome] of await sweep.run(
    plan,
    due.filter((job) => job.inEditor),
    tell,
  ))
    outcomes.set(index, outcome);
  const { summary, problems } = summarise(chosen, outcomes, excluded);
  for (const problem of problems) tell(problem);
  writeFileSync(join(project, "out/conformance.json"), `${JSON.stringify({ summary, problems }, null, 1)}\n`);
  process.stdout.write(`${JSON.stringify(summary)}\n`);
  if (problems.length > 0) process.exitCode = 1;
} finally {
  sweep.remove();
}
