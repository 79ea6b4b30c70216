import { parseArgs } from "node:util";
import { LINK_PROFILE_NAMES, parseLinkProfile } from "../../scripts/transport/conditioner/link-profiles.ts";

export interface StartOptions {
  /** World to join, `host:port`; `undefined` starts one of our own. */
  connectTo: string | undefined;
  /** `undefined`: the one that the game remembers. */
  playerName: string | undefined;
  quality: Quality | undefined;
  /** Plays by itself for so many seconds, then reports and quits. `undefined`: a person plays. */
  autopilotSeconds: number | undefined;
  /** Port of the own world's zone server; 0 takes a free one. */
  port: number;
  /** How bad the game makes its network: a profile with changes, as the game reads it. */
  link: string | undefined;
  /** File to record the session to. */
  recordFile: string | undefined;
}

const QUALITIES = ["low", "medium", "high"] as const;
export type Quality = (typeof QUALITIES)[number];

export const START_USAGE = `npm start -- [options]

  --connect HOST:PORT   join this world instead of starting one
  --name NAME           name that others see, 1 to 24 characters
  --quality LEVEL       low, medium or high
  --port N              UDP port of the world that is started, 0 takes a free one (0)
  --autopilot SECONDS   play by itself, leave screenshots and a report in out/, quit (20 without a display)
  --record FILE         write all that happens to a file, for npm run replay
  --link PROFILE        play as over a ${LINK_PROFILE_NAMES.slice(1).join(", ")} link
`;

/** Seconds that the game plays by itself where there is no display. */
const DEFAULT_AUTOPILOT_SECONDS = 20;
const DEFAULT_PORT = 7777;

/** Reads the command line of the game. What cannot be right comes back as a sentence for the person who typed it. */
export function readStartOptions(args: string[], hasDisplay: boolean): StartOptions | { problem: string } {
  let values: Partial<Record<"connect" | "name" | "quality" | "port" | "autopilot" | "link" | "record", string>>;
  try {
    ({ values } = parseArgs({
      args,
      strict: true,
      options: {
        connect: { type: "string" },
        name: { type: "string" },
        quality: { type: "string" },
        port: { type: "string" },
        autopilot: { type: "string" },
        link: { type: "string" },
        record: { type: "string" },
      },
    }));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const port = number(values.port ?? "0", 0, 65535);
  if (port === undefined) return { problem: `--port takes a whole number from 0 to 65535, "${values.port}" came` };
  const quality = QUALITIES.find((level) => level === values.quality);
  if (values.quality !== undefined && quality === undefined) {
    return { problem: `--quality takes ${QUALITIES.join(", ")}, "${values.quality}" came` };
  }
  const autopilotText = values.autopilot ?? (hasDisplay ? undefined : String(DEFAULT_AUTOPILOT_SECONDS));
  const autopilotSeconds = autopilotText === undefined ? undefined : number(autopilotText, 5, 3600);
  if (autopilotText !== undefined && autopilotSeconds === undefined) {
    return { problem: `--autopilot takes 5 to 3600 seconds, "${autopilotText}" came` };
  }
  const connectTo = values.connect === undefined ? undefined : completeAddress(values.connect);
  if (connectTo === "") return { problem: `--connect takes HOST:PORT, "${values.connect}" came` };
  const link = values.link === undefined ? undefined : parseLinkProfile(values.link);
  if (link !== undefined && "problem" in link) return { problem: `--link: ${link.problem}` };
  return {
    connectTo,
    playerName: values.name,
    quality,
    autopilotSeconds,
    port,
    link: values.link,
    recordFile: values.record,
  };
}

/** Adds the usual port to a host without one; empty when it cannot be an address. */
function completeAddress(address: string): string {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^:\s[\]]+)(?::(\d{1,5}))?$/.exec(address.trim());
  if (match === null) return "";
  const port = Number(match[2] ?? DEFAULT_PORT);
  return port >= 1 && port <= 65535 ? `${match[1]}:${port}` : "";
}

function number(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return /^\d{1,6}$/.test(text) && value >= least && value <= most ? value : undefined;
}
