import { parseArgs } from "node:util";
import { type Capability, knownCapability, OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import { FEATURE_SWITCH_WORDS, type FeatureSwitch, readFeatureSwitch } from "../../server/features/feature-switch.ts";
import { checkPlayerName } from "../../server/zone/player-name.ts";

export const FLAGS_USAGE = `npm run flags -- COMMAND

  explain PLAYER [--zone NAME] [--platform NAME] [--json]
                 which features are on for a player, and why
  list           what the file and the environment say, a line for each feature
  check [FILE]   everything that is wrong with the file; the exit code is 1 if anything is
  set FEATURE on|off|kill|25%
                 changes the file; running servers take it over within a second. off leaves on who is forced on, kill
                 nobody; on and a percentage take a kill back

  --features FILE  instead of DARKAGES_FEATURES_FILE or config/features.json

Features are ${OWN_CAPABILITIES.join(", ")}.
The environment counts as it does for a server: docs/operators.md.
`;

export type FlagsOptions =
  | { command: "help" }
  | {
      command: "explain";
      /** As it was typed, and the key that stands for it. */
      player: string;
      playerKey: string;
      zone: string;
      platform: string;
      json: boolean;
      file: string | undefined;
    }
  | { command: "list" | "check"; file: string | undefined }
  | { command: "set"; feature: Capability; setting: FeatureSwitch; file: string | undefined };

const OPTIONS = {
  zone: { type: "string" },
  platform: { type: "string" },
  features: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;
/** Options that belong to one command alone. */
const EXPLAIN_ONLY = ["zone", "platform", "json"] as const;

/** Reads the command line. What cannot be right comes back as a sentence for the person who typed it. */
export function readFlagsOptions(args: readonly string[]): FlagsOptions | { problem: string } {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { command: "help" };
  const [command, first, second, ...rest] = positionals;
  if (command !== "explain") {
    const stray = EXPLAIN_ONLY.find((name) => values[name] !== undefined);
    if (stray !== undefined) return { problem: `--${stray} belongs to explain, not to ${command ?? "nothing"}` };
  }
  const file = values.features;
  if (file === "") return { problem: '--features takes the path of a file, "" came' };
  switch (command) {
    case "explain":
      if (first === undefined) return { problem: "explain takes the name of a player, none came: explain Ada" };
      if (second !== undefined) {
        return { problem: `explain takes one name, "${second}" came as well: put a name with spaces in quotes` };
      }
      return explainOptions(first, { ...values, file });
    case "list":
      return first === undefined ? { command, file } : { problem: `list takes nothing more, "${first}" came` };
    case "check":
      if (second !== undefined) return { problem: `check takes one file, "${second}" came as well` };
      if (first !== undefined && file !== undefined) return { problem: "check takes a file or --features, both came" };
      return { command, file: first ?? file };
    case "set":
      if (rest.length > 0) return { problem: `set takes a feature and what to do with it, "${rest[0]}" came as well` };
      return setOptions(first, second, file);
    case undefined:
      return { problem: "expected explain, list, check or set, got nothing" };
    default:
      return { problem: `expected explain, list, check or set, got "${command}"` };
  }
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], strict: true, allowPositionals: true, options: OPTIONS });
}

function explainOptions(
  player: string,
  options: { zone?: string; platform?: string; json?: boolean; file: string | undefined },
): FlagsOptions | { problem: string } {
  const name = checkPlayerName(player);
  if (!name.ok) return { problem: `"${player}" is no name that a player can have: ${name.detail}` };
  const { zone = "", platform = "", json = false, file } = options;
  return { command: "explain", player: name.name, playerKey: name.key, zone, platform, json, file };
}

function setOptions(
  name: string | undefined,
  word: string | undefined,
  file: string | undefined,
): FlagsOptions | { problem: string } {
  const known = OWN_CAPABILITIES.join(", ");
  if (name === undefined) return { problem: `set takes a feature, none came: one of ${known}` };
  const feature = knownCapability(name);
  if (feature === undefined) return { problem: `there is no feature "${name}", expected one of ${known}` };
  if (word === undefined) return { problem: `set ${name} takes ${FEATURE_SWITCH_WORDS}; nothing came` };
  const setting = readFeatureSwitch(word);
  if (setting === undefined) return { problem: `set ${name}: expected ${FEATURE_SWITCH_WORDS}, got "${word}"` };
  return { command: "set", feature, setting, file };
}
