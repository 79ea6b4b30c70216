import { parseArgs } from "node:util";

export interface ClientBenchOptions {
  /** Others that the player sees. */
  entities: number;
  /** How long is measured once everybody is there. */
  seconds: number;
  widthPixels: number;
  heightPixels: number;
  /** Where pictures of the window go, if they are wanted. */
  picturesFolder: string | undefined;
  /** The others fight, and the player stands among them. */
  fight: boolean;
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
      size: { type: "string", default: "1280x720" },
      pictures: { type: "string" },
      fight: { type: "boolean", default: false },
    },
  });
  const [width = "", height = ""] = values.size.split("x");
  return {
    entities: readNumber("entities", values.entities, 0, 1000),
    seconds: readNumber("seconds", values.seconds, 1, 3600),
    widthPixels: readNumber("size", width, SMALLEST_PIXELS, LARGEST_PIXELS),
    heightPixels: readNumber("size", height, SMALLEST_PIXELS / 2, LARGEST_PIXELS),
    picturesFolder: values.pictures,
    fight: values.fight,
  };
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`--${name}: expected a whole number from ${least} to ${most}, got "${text}"`);
  }
  return value;
}
