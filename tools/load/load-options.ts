import { parseArgs } from "node:util";
import { LINK_PROFILE_NAMES, parseLinkProfile } from "../../scripts/transport/conditioner/link-profiles.ts";

export const LOAD_USAGE = `npm run load -- [--bots 1000] [--seconds 60] [--crowd] [--thin] [options]

Starts a zone server and bots that play on it, each with the client of the game, over UDP on this machine; prints what the
server took for it and what the bots got, as one JSON line.

  --bots N            players, 1 to 1000 (1000)
  --seconds N         how long is measured, once all are in, 1 to 86400 (60)
  --crowd             all in one place instead of all over the zone
  --thin              bots acknowledge what they are told of the others and do not read it, but for four of each process, at 30 frames
                      per second: for more bots than this machine can read and draw for
  --fight             bots fight everybody whom they meet, with all abilities, die and come back; not with --thin
  --fps N             frames per second of each bot, 5 to 240 (60, with --thin 30)
  --protocol v1|v2    what the bots speak (v2)
  --link PROFILE      over links that are ${LINK_PROFILE_NAMES.slice(1).join(", ")}, or with changes, such as reference,lossRate=0.1
  --seed N            the bots walk the same ways with the same seed (1)
  --processes N       processes that the bots share, 1 to 64 (one for 250, with --thin for 500)
  --zone NAME         zone to serve (shore)
  --zones FOLDER      folder with baked zones (dist/zones)
  --json FILE         also write the report to a file
  --compare FILE      a second line: this run in parts of an earlier one, from its --json
  --check             exit code 1 when a goal is missed, and says which
  --profile           write a processor profile of the server to out/load/
`;

export type LoadProtocol = "v1" | "v2";

export interface LoadOptions {
  bots: number;
  seconds: number;
  crowd: boolean;
  thin: boolean;
  fight: boolean;
  fps: number;
  protocol: LoadProtocol;
  /** A profile with changes, as `parseLinkProfile` reads it; undefined: nothing between bots and server. */
  link: string | undefined;
  seed: number;
  processes: number;
  zone: string;
  zonesFolder: string;
  jsonFile: string | undefined;
  compareFile: string | undefined;
  check: boolean;
  profile: boolean;
}

/** As many as one thread has time for: every process has threads and a loop of its own, which cost as much as a hundred bots. */
const BOTS_PER_PROCESS = 250;
const THIN_BOTS_PER_PROCESS = 500;
const FPS = 60;
const THIN_FPS = 30;

/** Reads the command line. Throws an error for people on what it does not understand. */
export function parseLoadOptions(args: readonly string[]): LoadOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      bots: { type: "string", default: "1000" },
      seconds: { type: "string", default: "60" },
      crowd: { type: "boolean", default: false },
      thin: { type: "boolean", default: false },
      fight: { type: "boolean", default: false },
      fps: { type: "string" },
      protocol: { type: "string", default: "v2" },
      link: { type: "string" },
      seed: { type: "string", default: "1" },
      processes: { type: "string" },
      zone: { type: "string", default: "shore" },
      zones: { type: "string", default: "dist/zones" },
      json: { type: "string" },
      compare: { type: "string" },
      check: { type: "boolean", default: false },
      profile: { type: "boolean", default: false },
    },
  });
  if (values.fight && (values.thin || values.protocol === "v1")) {
    throw new RangeError("--fight: expected bots that see the others and speak v2; leave out --thin and --protocol v1");
  }
  const bots = readNumber("bots", values.bots, 1, 1000);
  const together = values.thin ? THIN_BOTS_PER_PROCESS : BOTS_PER_PROCESS;
  const processes = values.processes ?? String(Math.ceil(bots / together));
  return {
    bots,
    seconds: readNumber("seconds", values.seconds, 1, 86_400),
    crowd: values.crowd,
    thin: values.thin,
    fight: values.fight,
    fps: readNumber("fps", values.fps ?? String(values.thin ? THIN_FPS : FPS), 5, 240),
    protocol: readProtocol(values.protocol),
    link: readLink(values.link),
    seed: readNumber("seed", values.seed, 0, 0xffff_ffff),
    processes: Math.min(readNumber("processes", processes, 1, 64), bots),
    zone: values.zone,
    zonesFolder: values.zones,
    jsonFile: values.json,
    compareFile: values.compare,
    check: values.check,
    profile: values.profile,
  };
}

function readProtocol(text: string): LoadProtocol {
  if (text === "v1" || text === "v2") return text;
  throw new RangeError(`--protocol: expected v1 or v2, got "${text}"`);
}

function readLink(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const parsed = parseLinkProfile(text);
  if ("problem" in parsed) throw new RangeError(`--link: ${parsed.problem}`);
  return text;
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`--${name}: expected a whole number from ${least} to ${most}, got "${text}"`);
  }
  return value;
}
