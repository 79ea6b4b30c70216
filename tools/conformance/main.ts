// Constructs every class of the engine and calls every non-virtual method, through the binding. See addons/godot-ts/docs/internals.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readCommandLine } from "../command-line/read-command-line.ts";
import { readApi } from "./api.ts";
import { type Exclusion, makePlan, nameOf } from "./plan.ts";
import { summarise } from "./summary.ts";
import { SweepProject } from "./sweep.ts";

const project = process.cwd();
const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const USAGE = `npm run conformance -- [--only PATTERN] [--every N] [--core] [--gdscript]

Constructs every class of the engine and calls every method that is not virtual, through the binding, in engines of its own; what did
not work is said line by line, the sums are one JSON line. Exit code 1 when something did not work.

  --only PATTERN   only what matches this regular expression, as "Node.add_child"
  --every N        only every Nth (1)
  --core           without the classes that are in the editor only
  --gdscript       the same calls from GDScript, those that are excluded, too: to see whose fault it is
`;

interface ConformanceOptions {
  only: RegExp;
  every: number;
  core: boolean;
  gdscript: boolean;
}

/** Throws an error for people on what it does not understand. */
function parseOptions(args: readonly string[]): ConformanceOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", default: "" },
      every: { type: "string", default: "1" },
      core: { type: "boolean", default: false },
      gdscript: { type: "boolean", default: false },
    },
  });
  const every = Number(values.every);
  if (!(Number.isInteger(every) && every >= 1))
    throw new Error(`--every: expected a whole number from 1, got "${values.every}"`);
  return { only: new RegExp(values.only), every, core: values.core, gdscript: values.gdscript };
}

async function conform(options: ConformanceOptions): Promise<void> {
  const exclusions: readonly Exclusion[] = JSON.parse(
    readFileSync(join(project, "tools/conformance/exclusions.json"), "utf8"),
  );
  const excluded = new Map(exclusions.map((entry) => [`${entry.class}.${entry.method}`, entry]));
  const plan = makePlan(readApi());
  const chosen = plan.jobs.filter(
    (job) => job.index % options.every === 0 && options.only.test(nameOf(job)) && !(options.core && job.inEditor),
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
}

const options = readCommandLine(USAGE, parseOptions);
if (options !== undefined) await conform(options);
