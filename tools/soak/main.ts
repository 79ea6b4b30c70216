import { readCommandLine } from "../command-line/read-command-line.ts";
import { runBindingSoak } from "./engine/binding-soak.ts";
import { runClientSoak } from "./engine/client-soak.ts";
import { runSimulatedSoak } from "./simulated/simulated-soak.ts";
import { parseSoakOptions, SOAK_USAGE, type SoakOptions } from "./soak-options.ts";

const RESIDENTS = 4;
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

const stop = new AbortController();

function run(options: SoakOptions): { ok: boolean } | Promise<{ ok: boolean }> {
  if (options.name === "simulated") return runSimulatedSoak({ ...options, residents: RESIDENTS, tell });
  const kind = options.name === "client" && options.display ? "client-display" : options.name;
  const outFolder = `out/soak/${kind}`;
  // What runs in processes of its own is stopped with them; the one above runs in this one and ends with it.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
  const parts = { outFolder, tell, stopped: stop.signal };
  return options.name === "client" ? runClientSoak({ ...options, ...parts }) : runBindingSoak({ ...options, ...parts });
}

async function soak(options: SoakOptions): Promise<void> {
  try {
    const report = await run(options);
    process.stdout.write(`${JSON.stringify(report)}\n`);
    if (!report.ok) process.exitCode = 1;
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    process.exitCode = stop.signal.aborted ? 130 : 1;
  }
}

const options = readCommandLine(SOAK_USAGE, parseSoakOptions);
if (options !== undefined) await soak(options);
