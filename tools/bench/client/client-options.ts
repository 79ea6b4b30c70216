import { parseArgs } from "node:util";

export interface ClientBenchOptions {
  /** Others that the player sees. */
  entities: number;
  /** How long scripts are measured once everybody is there. */
  seconds: number;
  /** How long the picture is drawn after that. */
  drawnSeconds: number;
  widthPixels: number;
  heightPixels: number;
  /** Where pictures of the window go, if they are wanted. */
  picturesFolder: string | undefined;
  /** The others fight, and the player stands among them. */
  fight: boolean;
  /** Says where a frame's time goes, which costs time, too. */
  parts: boolean;
  /** Where profiles of the scripts go, if they are wanted: they cost time, so that the figures are not to be compared then. */
  profileFolder: string | undefined;
}

const SMALLEST_PIXELS = 320;
const LARGEST_PIXELS = 7680;

/** Reads what comes after `client`. Throws an error for people on what it does not understand. */
export function parseClientOptions(args: readonly string[]): ClientBenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      entities: { type: "string", default: "100" },
      seconds: { type: "string", default: "20" },
      "drawn-seconds": { type: "string", default: "10" },
      size: { type: "string", default: "1280x720" },
      pictures: { type: "string" },
      fight: { type: "boolean", default: false },
      parts: { type: "boolean", default: false },
      profile: { type: "string" },
    },
  });
  const [width = "", height = ""] = values.size.split("x");
  return {
    entities: readNumber("entities", values.entities, 0, 1000),
    seconds: readNumber("seconds", values.seconds, 1, 3600),
    drawnSeconds: readNumber("drawn-seconds", values["drawn-seconds"], 1, 3600),
    widthPixels: readNumber("size", width, SMALLEST_PIXELS, LARGEST_PIXELS),
    heightPixels: readNumber("size", height, SMALLEST_PIXELS / 2, LARGEST_PIXELS),
    picturesFolder: values.pictures,
    fight: values.fight,
    parts: values.parts,
    profileFolder: values.profile,
  };
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`--${name}: expected a whole number from ${least} to ${most}, got "${text}"`);
  }
  return value;
}
