import { parseArgs } from "node:util";
import type { LinkConditions } from "../../scripts/transport/conditioner/link-conditions.ts";
import { LINK_PROFILE_NAMES, parseLinkProfile } from "../../scripts/transport/conditioner/link-profiles.ts";

export const SCENARIO_USAGE = `npm run scenario -- PROFILE [PROFILE …] [--seconds 600] [--seed 1] [--bots 6] [--fps 60] [--check] [--verbose] [--record FILE]

Bots play on a zone server in virtual time over links of a profile, and what they see is measured; one JSON line per profile.

  PROFILE     ${LINK_PROFILE_NAMES.join(", ")}; or with changes, such as reference,lossRate=0.1; or all
  --seconds   simulated seconds of play that are measured
  --seed      the same seed gives the same run
  --bots      players: two in three on open ground, the others among obstacles
  --fps       frames per second that the clients draw
  --check     exit code 1 when a goal is missed, and says which
  --verbose   a line per simulated second on standard error
  --json      nothing but JSON lines, also on standard error
  --record    records the first player's session to this file, for npm run replay; one profile only

npm run scenario -- combat [--seconds 60] [--seed 1] [--players 8] [--fighters 200]

Players fight each other and creatures at a round trip of 50 ms, and what they see is compared with the server; its rules are run a second time by
what the players did, and so is a fight of many by the rules alone; every refusal is provoked.
`;

export interface ScenarioProfile {
  name: string;
  conditions: LinkConditions;
}

export interface ScenarioOptions {
  profiles: ScenarioProfile[];
  seconds: number;
  seed: number;
  bots: number;
  fps: number;
  check: boolean;
  verbose: boolean;
  json: boolean;
  /** File for the recording of the first player. */
  record: string | undefined;
}

/** Reads the command line. Throws an error for people on what it does not understand. */
export function parseScenarioOptions(args: readonly string[]): ScenarioOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seconds: { type: "string", default: "600" },
      seed: { type: "string", default: "1" },
      bots: { type: "string", default: "6" },
      fps: { type: "string", default: "60" },
      check: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      record: { type: "string" },
    },
  });
  if (positionals.length === 0) throw new RangeError(`expected a profile: ${LINK_PROFILE_NAMES.join(", ")} or all`);
  const names = positionals.flatMap((name) =>
    name === "all" ? LINK_PROFILE_NAMES.filter((one) => one !== "none") : [name],
  );
  if (values.record !== undefined && names.length > 1) {
    throw new RangeError(
      `--record: expected one profile, got ${names.length}: each would replace the recording of the one before`,
    );
  }
  return {
    profiles: names.map(readProfile),
    seconds: readNumber("seconds", values.seconds, 1, 86_400),
    seed: readNumber("seed", values.seed, 0, 0xffff_ffff),
    bots: readNumber("bots", values.bots, 2, 64),
    fps: readNumber("fps", values.fps, 1, 1000),
    check: values.check,
    verbose: values.verbose,
    json: values.json,
    record: values.record,
  };
}

function readProfile(name: string): ScenarioProfile {
  const parsed = parseLinkProfile(name);
  if ("problem" in parsed) throw new RangeError(`profile: ${parsed.problem}`);
  return { name, conditions: parsed.conditions };
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`--${name}: expected a whole number from ${least} to ${most}, got "${text}"`);
  }
  return value;
}
