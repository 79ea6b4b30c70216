import { type Capability, knownCapability, OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import { checkPlayerName } from "../zone/player-name.ts";
import {
  DEFAULT_SETTINGS,
  type FeatureSettings,
  type FeatureTable,
  SUBJECT_LISTS,
  type SubjectList,
  type SubjectLists,
} from "./feature-settings.ts";
import { type JsonNode, type JsonObject, readJsonSource } from "./json-source.ts";

export type FeatureTableReading =
  | { ok: true; table: FeatureTable }
  /** Each says where, what was expected and what came: `protocol_v2_seq.rolloutPercent: expected …, got …`. */
  | { ok: false; faults: readonly string[] };

const MEMBERS = ["description", "enabled", "rolloutPercent", "forceEnable", "forceDisable", "killSwitch"] as const;
const MAX_DESCRIPTION_CHARACTERS = 1000;
const MAX_LISTED = 10_000;
const ZONE_NAME = /^[a-z][a-z0-9-]*$/;
const PLATFORM_NAME = /^[a-z0-9_]{1,16}$/;

/** Reads a feature file. Tells everything that is wrong with it and not just the first, except where it is not even JSON. */
export function readFeatureTable(text: string): FeatureTableReading {
  const json = readJsonSource(text);
  if (!json.ok) return { ok: false, faults: [json.fault] };
  const faults: string[] = [];
  const fault: Fault = (path, rule) => void faults.push(`${path}: ${rule}`);
  const table = new Map<Capability, FeatureSettings>();
  if (json.root.kind !== "object") {
    faults.push(`expected an object with a member for each feature, got ${describe(json.root)}`);
    return { ok: false, faults };
  }
  for (const [name, node] of uniqueMembers(json.root, "", fault)) {
    const feature = knownCapability(name);
    if (feature === undefined) {
      fault(name, `there is no such feature, expected one of ${OWN_CAPABILITIES.join(", ")}`);
    } else table.set(feature, readSettings(node, feature, fault));
  }
  return faults.length === 0 ? { ok: true, table } : { ok: false, faults };
}

type Fault = (path: string, rule: string) => void;

function readSettings(node: JsonNode, path: string, fault: Fault): FeatureSettings {
  const members = namedMembers(node, path, MEMBERS, fault);
  if (members === undefined) return DEFAULT_SETTINGS;
  if (!members.has("enabled")) fault(`${path}.enabled`, "expected true or false, got nothing: say which");
  const forceEnable = readLists(members.get("forceEnable"), `${path}.forceEnable`, fault);
  const forceDisable = readLists(members.get("forceDisable"), `${path}.forceDisable`, fault);
  for (const list of SUBJECT_LISTS) {
    for (const entry of forceDisable[list]) {
      if (!forceEnable[list].has(entry)) continue;
      fault(
        `${path}.forceDisable.${list}`,
        `expected nobody of forceEnable.${list}, got "${entry}": take it out of one of the two`,
      );
    }
  }
  return {
    description: readDescription(members.get("description"), `${path}.description`, fault),
    enabled: readFlag(members.get("enabled"), `${path}.enabled`, DEFAULT_SETTINGS.enabled, fault),
    rolloutPercent: readPercent(members.get("rolloutPercent"), `${path}.rolloutPercent`, fault),
    forceEnable,
    forceDisable,
    killSwitch: readFlag(members.get("killSwitch"), `${path}.killSwitch`, DEFAULT_SETTINGS.killSwitch, fault),
  };
}

function readDescription(node: JsonNode | undefined, path: string, fault: Fault): string {
  if (node === undefined) return DEFAULT_SETTINGS.description;
  const value = scalar(node);
  if (typeof value === "string" && value.length <= MAX_DESCRIPTION_CHARACTERS) return value;
  fault(path, `expected text of at most ${MAX_DESCRIPTION_CHARACTERS} characters, got ${describe(node)}`);
  return "";
}

function readFlag(node: JsonNode | undefined, path: string, whenAbsent: boolean, fault: Fault): boolean {
  if (node === undefined) return whenAbsent;
  const value = scalar(node);
  if (typeof value === "boolean") return value;
  fault(path, `expected true or false, got ${describe(node)}`);
  return whenAbsent;
}

function readPercent(node: JsonNode | undefined, path: string, fault: Fault): number {
  if (node === undefined) return DEFAULT_SETTINGS.rolloutPercent;
  const value = scalar(node);
  if (typeof value !== "number" || !(value >= 0 && value <= 100)) {
    fault(path, `expected a number from 0 to 100, got ${describe(node)}`);
    return 0;
  }
  // Hundredths are what the buckets can tell apart; 33.33 is not exact in binary, hence not `%`.
  if (Number(value.toFixed(2)) === value) return value;
  fault(path, `expected at most two decimals, got ${describe(node)}: round it`);
  return 0;
}

function readLists(node: JsonNode | undefined, path: string, fault: Fault): SubjectLists {
  const members = node === undefined ? undefined : namedMembers(node, path, SUBJECT_LISTS, fault);
  const read = (list: SubjectList): ReadonlySet<string> => {
    const listNode = members?.get(list);
    return listNode === undefined ? new Set() : readList(listNode, `${path}.${list}`, ENTRY_RULES[list], fault);
  };
  return { players: read("players"), zones: read("zones"), platforms: read("platforms") };
}

/** Gives the key that an entry stands for, or what is wrong with it. */
type EntryRule = (entry: string) => { key: string } | { rule: string };

const ENTRY_RULES: Readonly<Record<SubjectList, EntryRule>> = {
  players: (entry) => {
    const name = checkPlayerName(entry);
    return name.ok ? { key: name.key } : { rule: `expected the name of a player: ${name.detail}` };
  },
  zones: (entry) => (ZONE_NAME.test(entry) ? { key: entry } : { rule: "expected the name of a zone such as shore" }),
  platforms: (entry) =>
    PLATFORM_NAME.test(entry)
      ? { key: entry }
      : { rule: "expected the name of a platform, 1 to 16 of a-z, 0-9 and _, such as linux" },
};

function readList(node: JsonNode, path: string, entryRule: EntryRule, fault: Fault): ReadonlySet<string> {
  const keys = new Set<string>();
  if (node.kind !== "list" || node.items.length > MAX_LISTED) {
    const got = node.kind === "list" ? `${node.items.length} of them` : describe(node);
    fault(path, `expected a list of at most ${MAX_LISTED} texts, got ${got}`);
    return keys;
  }
  for (const [index, item] of node.items.entries()) {
    const place = `${path}[${index}]`;
    const value = scalar(item);
    const entry = typeof value === "string" ? entryRule(value) : { rule: "expected text" };
    if ("rule" in entry) fault(place, `${entry.rule}, got ${describe(item)}`);
    else if (keys.has(entry.key)) fault(place, `expected everything once, got ${describe(item)} again: take it out`);
    else keys.add(entry.key);
  }
  return keys;
}

/** The members by name; undefined when it is no object. */
function namedMembers(
  node: JsonNode,
  path: string,
  names: readonly string[],
  fault: Fault,
): Map<string, JsonNode> | undefined {
  if (node.kind !== "object") {
    fault(path, `expected an object with ${names.join(", ")}, got ${describe(node)}`);
    return undefined;
  }
  const members = uniqueMembers(node, `${path}.`, fault);
  for (const name of members.keys()) {
    if (!names.includes(name))
      fault(`${path}.${name}`, `there is no such setting, expected one of ${names.join(", ")}`);
  }
  return members;
}

function uniqueMembers(node: JsonObject, prefix: string, fault: Fault): Map<string, JsonNode> {
  const members = new Map<string, JsonNode>();
  for (const { name, value } of node.members) {
    if (members.has(name)) fault(prefix + name, "expected once, got a second one: take one of them out");
    else members.set(name, value);
  }
  return members;
}

function scalar(node: JsonNode): string | number | boolean | null | undefined {
  return node.kind === "scalar" ? node.value : undefined;
}

function describe(node: JsonNode): string {
  if (node.kind === "object") return "an object";
  if (node.kind === "list") return "a list";
  const text = JSON.stringify(node.value);
  return text.length <= 60 ? text : `${text.slice(0, 40)}… (${text.length} characters)`;
}
