import type { ChildProcess } from "node:child_process";
import { join, resolve } from "node:path";
import type { VirtualDisplay } from "../display/virtual-display.ts";
import type { ChildProcesses } from "./child-processes.ts";
import type { StartOptions } from "./start-options.ts";

export interface GameRun extends StartOptions {
  address: string;
  /** Display to open the window on when it is a virtual one. */
  virtualDisplay: VirtualDisplay | undefined;
  /** Folder for the report and the screenshots of the autopilot. */
  outFolder: string;
}

/** Where the autopilot leaves its report. */
export function reportPath(outFolder: string): string {
  return resolve(outFolder, "report.json");
}

/** Starts Godot on the project in the current folder. */
export function startGameProcess(processes: ChildProcesses, run: GameRun): ChildProcess {
  const engineArgs = ["--path", "."];
  if (run.virtualDisplay !== undefined) {
    engineArgs.push("--rendering-method", "gl_compatibility", "--audio-driver", "Dummy", "--disable-vsync");
    engineArgs.push("--display-driver", "x11", "--resolution", "1280x720");
  }
  // A world of one's own waits behind the title; somebody else's was asked for by name.
  const joinsAtOnce = run.connectTo !== undefined || run.autopilotSeconds !== undefined;
  const gameArgs = [joinsAtOnce ? "--connect" : "--address", run.address];
  if (run.playerName !== undefined) gameArgs.push("--name", run.playerName);
  if (run.quality !== undefined) gameArgs.push("--quality", run.quality);
  if (run.link !== undefined) gameArgs.push("--link", run.link);
  if (run.recordFile !== undefined) gameArgs.push("--record", resolve(run.recordFile));
  if (run.autopilotSeconds !== undefined) {
    gameArgs.push("--autopilot", String(run.autopilotSeconds));
    gameArgs.push("--screenshots", join(resolve(run.outFolder), "screenshots"), "--report", reportPath(run.outFolder));
  }
  return processes.spawn(process.env.GODOT ?? "godot", [...engineArgs, "--", ...gameArgs], {
    stdio: "inherit",
    env: run.virtualDisplay?.env ?? process.env,
  });
}
