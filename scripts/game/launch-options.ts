import type { LinkConditions } from "../transport/conditioner/link-conditions.ts";
import { LINK_PROFILE_NAMES, parseLinkProfile } from "../transport/conditioner/link-profiles.ts";
import { isQuality, QUALITIES, type Quality } from "./settings/quality.ts";

/** What the command line asks of the game: everything after `--`. */
export interface LaunchOptions {
  /** Address to join at once, without the title menu. */
  connect: string | undefined;
  /** Address that the title menu offers, without joining. */
  address: string | undefined;
  name: string | undefined;
  quality: Quality | undefined;
  /** Seconds that the autopilot plays before it reports and quits. */
  autopilotSeconds: number | undefined;
  screenshotFolder: string | undefined;
  reportFile: string | undefined;
  /** File to record the session to. */
  recordFile: string | undefined;
  /** Recording to play again instead of playing, from when on, and after how many seconds on screen the game ends. */
  replayFile: string | undefined;
  replayStartSeconds: number;
  replaySeconds: number | undefined;
  /** How bad the network is to be made, both ways. */
  link: LinkConditions | undefined;
}

export const LAUNCH_USAGE = `options of the game, after --:
  --connect HOST:PORT   join this world at once
  --address HOST:PORT   offer this world in the title menu
  --name NAME           play under this name
  --quality LEVEL       ${QUALITIES.join(", ")}
  --autopilot SECONDS   walk by itself, then report and quit
  --screenshots DIR     where the autopilot leaves pictures
  --report FILE         where the autopilot leaves its report
  --record FILE         write all that happens to a file, for npm run replay
  --replay FILE         play a recording again
  --replay-start S      from there on, seconds
  --replay-seconds S    and end after so long on screen
  --link PROFILE        play as over ${LINK_PROFILE_NAMES.join(", ")}; also with changes: mobile,latencyMs=80
`;

/** Reads the arguments. What is wrong comes back as sentences; the rest is still used. */
export function readLaunchOptions(args: readonly string[]): { options: LaunchOptions; problems: string[] } {
  const options: LaunchOptions = {
    connect: undefined,
    address: undefined,
    name: undefined,
    quality: undefined,
    autopilotSeconds: undefined,
    screenshotFolder: undefined,
    reportFile: undefined,
    recordFile: undefined,
    replayFile: undefined,
    replayStartSeconds: 0,
    replaySeconds: undefined,
    link: undefined,
  };
  const problems: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const option = args[i] ?? "";
    const setter = setters[option];
    if (!setter) {
      problems.push(`unknown option "${option}"`);
      continue;
    }
    const value = args[i + 1];
    if (value === undefined || value.startsWith("--")) {
      problems.push(`${option} needs a value`);
      continue;
    }
    i++;
    const problem = setter(options, value);
    if (problem) problems.push(`${option}: ${problem}`);
  }
  return { options, problems };
}

type Setter = (options: LaunchOptions, value: string) => string | undefined;

const setters: Readonly<Record<string, Setter>> = {
  "--connect": (options, value) => {
    options.connect = value;
    return undefined;
  },
  "--address": (options, value) => {
    options.address = value;
    return undefined;
  },
  "--name": (options, value) => {
    options.name = value;
    return undefined;
  },
  "--quality": (options, value) => {
    if (!isQuality(value)) return `expected one of ${QUALITIES.join(", ")}, got "${value}"`;
    options.quality = value;
    return undefined;
  },
  "--autopilot": (options, value) => {
    const seconds = Number(value);
    if (!Number.isFinite(seconds) || seconds <= 0) return `expected seconds above 0, got "${value}"`;
    options.autopilotSeconds = seconds;
    return undefined;
  },
  "--screenshots": (options, value) => {
    options.screenshotFolder = value;
    return undefined;
  },
  "--report": (options, value) => {
    options.reportFile = value;
    return undefined;
  },
  "--record": (options, value) => {
    options.recordFile = value;
    return undefined;
  },
  "--replay": (options, value) => {
    options.replayFile = value;
    return undefined;
  },
  "--replay-start": (options, value) => {
    const seconds = Number(value);
    if (!Number.isFinite(seconds) || seconds < 0) return `expected seconds from 0 up, got "${value}"`;
    options.replayStartSeconds = seconds;
    return undefined;
  },
  "--replay-seconds": (options, value) => {
    const seconds = Number(value);
    if (!Number.isFinite(seconds) || seconds <= 0) return `expected seconds above 0, got "${value}"`;
    options.replaySeconds = seconds;
    return undefined;
  },
  "--link": (options, value) => {
    const parsed = parseLinkProfile(value);
    if ("problem" in parsed) return parsed.problem;
    options.link = parsed.conditions;
    return undefined;
  },
};
