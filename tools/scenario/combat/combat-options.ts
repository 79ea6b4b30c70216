import { parseArgs } from "node:util";
import type { CombatScenarioOptions } from "./run-combat.ts";

/** Reads what comes after `combat`. Throws an error for people on what it does not understand. */
export function parseCombatOptions(args: readonly string[]): CombatScenarioOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: "string", default: "60" },
      seed: { type: "string", default: "1" },
      players: { type: "string", default: "8" },
      fighters: { type: "string", default: "200" },
    },
  });
  return {
    seconds: readNumber("seconds", values.seconds, 1, 86_400),
    seed: readNumber("seed", values.seed, 0, 0x7fff_ffff),
    players: readNumber("players", values.players, 2, 64),
    fighters: readNumber("fighters", values.fighters, 2, 500),
  };
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`--${name}: expected a whole number from ${least} to ${most}, got "${text}"`);
  }
  return value;
}
