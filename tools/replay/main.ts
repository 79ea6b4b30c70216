import type { CombatData } from "../../scripts/simulation/combat/data/combat-data.ts";
import { CombatDataProblem, loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { readCommandLine } from "../command-line/read-command-line.ts";
import { compareReplay } from "./compare-replay.ts";
import { playInGame } from "./play-in-game.ts";
import { openRecordingFile, zoneFinder } from "./recording-file.ts";
import { parseReplayOptions, REPLAY_USAGE, type ReplayToolOptions } from "./replay-options.ts";
import { printEvents, stepThroughEvents } from "./show-events.ts";

/** Those of the folder that this is started in; recorded with others, a fight is not the same again, and a line says so. */
function rulesOfFighting(): CombatData | undefined {
  try {
    return loadCombatData();
  } catch (error) {
    if (!(error instanceof CombatDataProblem)) throw error;
    tell(`fights are not played again: ${error.message}`);
    return undefined;
  }
}

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** Exit code: 0: all as it was; 1: not; 2: it cannot be found out. */
async function run(options: ReplayToolOptions): Promise<number> {
  const recording = openRecordingFile(options.file);
  const { end } = recording;
  if (end.kind !== "complete") tell(`${options.file}: ${end.kind}: ${end.detail}; what is before is used`);
  switch (options.what) {
    case "compare": {
      const combat = rulesOfFighting();
      const report = await compareReplay(options.file, recording, {
        findZone: zoneFinder(options.zoneFile),
        ...(combat && { combat }),
        log: tell,
      });
      process.stdout.write(`${JSON.stringify(report)}\n`);
      return report.identical && end.kind !== "damaged" ? 0 : 1;
    }
    case "list":
      if ((await printEvents(recording, options)) === 0) tell("there are no such events");
      return 0;
    case "step":
      await stepThroughEvents(recording, options);
      return 0;
    case "window":
    case "clip":
      return playInGame(options);
  }
}

const options = readCommandLine(REPLAY_USAGE, parseReplayOptions);
if (options !== undefined) {
  try {
    process.exitCode = await run(options);
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}
