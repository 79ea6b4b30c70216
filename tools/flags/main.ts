import { OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import { type FeatureOverrides, featuresFilePath, overrideVariable } from "../../server/features/feature-overrides.ts";
import type { FeatureTable } from "../../server/features/feature-settings.ts";
import { openFeatureFlags } from "../../server/features/open-feature-flags.ts";
import { editFeatureText } from "./edit-feature-text.ts";
import { explainedLines, explainPlayer } from "./explain-player.ts";
import { FLAGS_USAGE, type FlagsOptions, readFlagsOptions } from "./flags-options.ts";
import { featureLines } from "./list-features.ts";
import { replaceFile } from "./replace-file.ts";

type Order<C extends FlagsOptions["command"]> = Extract<FlagsOptions, { command: C }>;
type Opened = Extract<ReturnType<typeof openFeatureFlags>, { ok: true }>;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** Exit codes: 0 done, 1 the file or the environment is not in order, 2 wrong options. */
function run(options: FlagsOptions | { problem: string }): number {
  if ("problem" in options) {
    complain(`${options.problem}\n\n${FLAGS_USAGE}`);
    return 2;
  }
  if (options.command === "help") {
    process.stdout.write(FLAGS_USAGE);
    return 0;
  }
  const path = featuresFilePath(options.file, process.env);
  const opened = openFeatureFlags(path, process.env);
  if (!opened.ok) {
    for (const fault of opened.faults) complain(fault);
    return 1;
  }
  switch (options.command) {
    case "explain":
      return explain(options, path, opened);
    case "list":
      say(`${path}:`);
      for (const line of featureLines(opened.table, opened.overrides)) say(line);
      return 0;
    case "check":
      return check(path, opened.table);
    case "set":
      return set(options, path, opened);
  }
}

function explain(options: Order<"explain">, path: string, { flags, table }: Opened): number {
  const { player, playerKey, zone, platform } = options;
  const explained = explainPlayer(flags, { playerKey, zone, platform });
  if (options.json) {
    say(JSON.stringify({ player, playerKey, zone, platform, file: path, features: explained }));
    return 0;
  }
  const where = `${zone === "" ? "" : ` in ${zone}`}${platform === "" ? "" : ` on ${platform}`}`;
  say(`${player} (key "${playerKey}")${where}, by ${path}:`);
  for (const line of explainedLines(explained)) say(line);
  for (const [list, option, given] of [
    ["zones", "--zone", zone],
    ["platforms", "--platform", platform],
  ] as const) {
    const listed = [...table.values()].some((s) => s.forceEnable[list].size + s.forceDisable[list].size > 0);
    if (listed && given === "") say(`Features are forced by ${list} too: with ${option} that is looked at.`);
  }
  return 0;
}

function check(path: string, table: FeatureTable): number {
  say(`${path} is in order: ${table.size} of ${OWN_CAPABILITIES.length} features are listed.`);
  const unlisted = OWN_CAPABILITIES.filter((feature) => !table.has(feature));
  if (unlisted.length > 0) say(`Not listed, and therefore off: ${unlisted.join(", ")}.`);
  return 0;
}

function set({ feature, setting }: Order<"set">, path: string, { text, table, overrides }: Opened): number {
  const edited = editFeatureText(text, feature, table.get(feature), setting);
  if (edited.changes.length === 0) {
    say(`${feature} is so already in ${path}; nothing was written.`);
  } else {
    try {
      replaceFile(path, edited.text);
    } catch (error) {
      complain(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
      return 1;
    }
    say(`${feature}: ${edited.changes.join(", ")} in ${path}. Running servers take it over within a second.`);
  }
  warnOfOverride(feature, overrides);
  return 0;
}

function warnOfOverride(feature: Order<"set">["feature"], overrides: FeatureOverrides): void {
  const override = overrides.get(feature);
  if (override === undefined) return;
  say(`But ${override.source} is set here: where a server has ${overrideVariable(feature)}, that wins over the file.`);
}

process.exitCode = run(readFlagsOptions(process.argv.slice(2)));
