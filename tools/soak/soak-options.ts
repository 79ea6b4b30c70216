import { parseArgs } from "node:util";

export const SOAK_USAGE = `npm run soak -- NAME [options]

Runs a part of the game for long, and looks for what is lost, left behind, or grows; one JSON line at the end, exit code 1 when
something was found.

  simulated   a zone server and players in virtual time: bad links, reconnects, restarts, features switched while they play
    --minutes N     simulated minutes, 2 to 10000 (60)
    --seed N        the same seed gives the same run (1)
  client      the game in Godot on a real zone server, in a fight with creatures and other players, with reconnects, menus, settings, features switched
    --seconds N     10 to 86400 (600)
    --display       in a window on a display of its own, instead of headless
    --bots N        other players, 1 to 100 (12)
  binding     nodes, resources, signals and timers made and let go of by the binding of TypeScript to Godot
    --seconds N     10 to 86400 (600)
`;

const SOAKS = ["simulated", "client", "binding"] as const;
export type SoakName = (typeof SOAKS)[number];

export type SoakOptions =
  | { name: "simulated"; minutes: number; seed: number }
  | { name: "client"; seconds: number; display: boolean; bots: number }
  | { name: "binding"; seconds: number };

/** Which options belong to which soak. */
const ALLOWED: Readonly<Record<SoakName, readonly string[]>> = {
  simulated: ["minutes", "seed"],
  client: ["seconds", "display", "bots"],
  binding: ["seconds"],
};

/** Reads the command line. Throws an error for people on what it does not understand. */
export function parseSoakOptions(args: readonly string[]): SoakOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      minutes: { type: "string" },
      seed: { type: "string" },
      seconds: { type: "string" },
      bots: { type: "string" },
      display: { type: "boolean" },
    },
  });
  const name = SOAKS.find((soak) => soak === positionals[0]);
  if (name === undefined || positionals.length > 1) {
    throw new RangeError(`expected one of ${SOAKS.join(", ")}, got "${positionals.join(" ")}"`);
  }
  const stranger = Object.keys(values).find((option) => !ALLOWED[name].includes(option));
  if (stranger !== undefined) throw new RangeError(`--${stranger} is no option of ${name}`);
  switch (name) {
    case "simulated":
      return {
        name,
        minutes: readNumber("minutes", values.minutes ?? "60", 2, 10_000),
        seed: readNumber("seed", values.seed ?? "1", 0, 0xffff_ffff),
      };
    case "client":
      return {
        name,
        seconds: readNumber("seconds", values.seconds ?? "600", 10, 86_400),
        display: values.display ?? false,
        bots: readNumber("bots", values.bots ?? "12", 1, 100),
      };
    case "binding":
      return { name, seconds: readNumber("seconds", values.seconds ?? "600", 10, 86_400) };
  }
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`--${name}: expected a whole number from ${least} to ${most}, got "${text}"`);
  }
  return value;
}
