import { parseArgs } from "node:util";

export const REPLAY_USAGE = `npm run replay -- FILE [what to do] [which events]

A recording is made with --record FILE by the game (npm start -- --record FILE) and by npm run scenario. What to do with it:

  (nothing)            plays it again without a window and compares all that the client does with what it did; one JSON line
  --list               a line per event
  --step               goes through the events one by one: n, p, /text, a number, q
  --window             plays it in the window of the game: Space, . and the arrow keys, Home, Escape
  --clip PATH          films it without a window: PATH.avi, or a folder for one PNG file per frame

  --zone FILE          the zone file that it was recorded on, where the recording has none
  --start SECONDS      --window and --clip: from there on
  --seconds N          --clip: how long, default 10
  --fps N              --clip: frames per second, default 30
  --size WxH           --clip: default 1280x720
  --quality LEVEL      --window and --clip: low, medium, high

Which events, for --list and --step:

  --type NAMES         message types and kinds of events, such as Snapshot,SnapshotDelta or frame,opened
  --direction in|out   what came to the client, or what it did
  --from, --to SECONDS by the clock of the recorded frames
  --player NAME|ID     packets that tell of this player
  --find TEXT          lines with this in them
  --limit N            not more lines than that
  --json               one JSON object per line
`;

/** Which events are wanted. */
export interface EventChoice {
  /** Lower case; empty: all. */
  types: readonly string[];
  direction: "in" | "out" | undefined;
  fromSeconds: number;
  toSeconds: number;
  player: string | undefined;
  find: string | undefined;
}

export interface ReplayToolOptions {
  file: string;
  what: "compare" | "list" | "step" | "window" | "clip";
  choice: EventChoice;
  limit: number;
  json: boolean;
  zoneFile: string | undefined;
  startSeconds: number;
  clip: { path: string; seconds: number; fps: number; widthPixels: number; heightPixels: number };
  quality: string | undefined;
}

const SIZE = /^(\d{2,4})x(\d{2,4})$/u;
const WHAT = ["list", "step", "window", "clip"] as const;

/** Reads the command line. Throws an error for people on what it does not understand. */
export function parseReplayOptions(args: readonly string[]): ReplayToolOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      list: { type: "boolean", default: false },
      step: { type: "boolean", default: false },
      window: { type: "boolean", default: false },
      clip: { type: "string" },
      zone: { type: "string" },
      start: { type: "string", default: "0" },
      seconds: { type: "string", default: "10" },
      fps: { type: "string", default: "30" },
      size: { type: "string", default: "1280x720" },
      quality: { type: "string" },
      type: { type: "string", default: "" },
      direction: { type: "string" },
      from: { type: "string", default: "0" },
      to: { type: "string", default: "1e9" },
      player: { type: "string" },
      find: { type: "string" },
      limit: { type: "string", default: "1e9" },
      json: { type: "boolean", default: false },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new RangeError(`expected one recording, got ${positionals.length === 0 ? "none" : positionals.join(" ")}`);
  }
  const chosen = WHAT.filter((one) => values[one] !== undefined && values[one] !== false);
  if (chosen.length > 1)
    throw new RangeError(`expected one of --${WHAT.join(", --")}, got --${chosen.join(" and --")}`);
  const { direction } = values;
  if (direction !== undefined && direction !== "in" && direction !== "out") {
    throw new RangeError(`--direction: expected in or out, got "${direction}"`);
  }
  const size = SIZE.exec(values.size);
  if (size === null) throw new RangeError(`--size: expected such as 1280x720, got "${values.size}"`);
  return {
    file,
    what: chosen[0] ?? "compare",
    choice: {
      types: values.type
        .toLowerCase()
        .split(",")
        .filter((name) => name !== ""),
      direction,
      fromSeconds: readNumber("from", values.from, 0),
      toSeconds: readNumber("to", values.to, 0),
      player: values.player,
      find: values.find,
    },
    limit: readNumber("limit", values.limit, 1),
    json: values.json,
    zoneFile: values.zone,
    startSeconds: readNumber("start", values.start, 0),
    clip: {
      path: values.clip ?? "",
      seconds: readNumber("seconds", values.seconds, 0.1),
      fps: readNumber("fps", values.fps, 1),
      widthPixels: Number(size[1]),
      heightPixels: Number(size[2]),
    },
    quality: values.quality,
  };
}

function readNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= least && value <= 1e9)) {
    throw new RangeError(`--${name}: expected a number from ${least} up, got "${text}"`);
  }
  return value;
}
