import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { readCommandLine } from "../command-line/read-command-line.ts";
import { parseCombatOptions } from "./combat/combat-options.ts";
import { type CombatScenarioOptions, runCombatScenario } from "./combat/run-combat.ts";
import { runScenario } from "./run-scenario.ts";
import { missedGoals } from "./scenario-goals.ts";
import { parseScenarioOptions, SCENARIO_USAGE, type ScenarioOptions } from "./scenario-options.ts";
import { formatReport } from "./scenario-report.ts";

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

function runAll(options: ScenarioOptions): void {
  for (const profile of options.profiles) {
    const startedMs = performance.now();
    const report = runScenario(profile, options, options.verbose ? tell : undefined);
    process.stdout.write(`${formatReport(report)}\n`);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    if (!options.json) tell(`${profile.name}: ${options.seconds} s of play in ${seconds} s`);
    if (!options.check) continue;
    for (const missed of missedGoals(report)) {
      if (!options.json) tell(`${profile.name} misses ${missed}`);
      process.exitCode = 1;
    }
  }
}

function runFight(options: CombatScenarioOptions): void {
  const startedMs = performance.now();
  const { report, healthChanges, cooldowns, ticksCompared, deaths, memory } = runCombatScenario(
    loadCombatData(),
    options,
  );
  process.stdout.write(`${JSON.stringify(report)}\n`);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  tell(
    `combat: ${options.seconds} s of play in ${seconds} s: ${healthChanges} changes of health that were shown, ${cooldowns} cooldowns, ` +
      `${deaths} deaths among ${options.fighters}, ${ticksCompared} ticks compared`,
  );
  if (Number.isNaN(memory.grownMb)) return;
  const [minute, end, grown] = [memory.minuteMb, memory.endMb, memory.grownMb].map((mb) => mb.toFixed(2));
  tell(`combat: ${minute} MB in use after the first minute of the fight of many, ${end} at its end: ${grown} more`);
}

if (process.argv[2] === "combat") {
  const options = readCommandLine(SCENARIO_USAGE, (args) => parseCombatOptions(args.slice(1)));
  if (options !== undefined) runFight(options);
} else {
  const options = readCommandLine(SCENARIO_USAGE, parseScenarioOptions);
  if (options !== undefined) runAll(options);
}
