import { hashBytes } from "../../zone-hash.ts";
import type { Ability, AuraRule, CombatBasics, CombatData, CreatureRule } from "./combat-data.ts";
import { FieldReader, UNREADABLE } from "./field-reader.ts";
import { judgeHelpful, readAbility } from "./read-ability.ts";
import { readAura } from "./read-aura.ts";
import { readCreature } from "./read-creature.ts";

/** Abilities that one set of data can have: what a character keeps cooldowns of. */
export const MAX_ABILITIES = 64;
const MAX_AURAS = 256;
const MAX_CREATURES = 256;

/** Path below the project, such as "data/abilities/strike.json", and what is in the file. */
export interface DataFile {
  readonly path: string;
  readonly text: string;
}

export type ReadCombatData =
  | { readonly ok: true; readonly data: CombatData }
  /** One line for each rule that is broken: path, field, what was expected and what came. */
  | { readonly ok: false; readonly problems: readonly string[] };

interface Entry {
  readonly path: string;
  readonly key: string;
  readonly fields: FieldReader;
}

/** Makes the data of all files, in any order, or says everything that is wrong with them. Takes any texts, never throws. */
export function readCombatData(files: readonly DataFile[]): ReadCombatData {
  const problems: string[] = [];
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const abilityFiles = parseFolder(sorted, "data/abilities/", MAX_ABILITIES, problems);
  const auraFiles = parseFolder(sorted, "data/auras/", MAX_AURAS, problems);
  const creatureFiles = parseFolder(sorted, "data/creatures/", MAX_CREATURES, problems);
  const auraIndex = (name: string) => auraFiles.findIndex(({ key }) => key === name);
  const abilityIndex = (name: string) => abilityFiles.findIndex(({ key }) => key === name);
  const auras = auraFiles.map(({ fields }, i) => readAura(fields, i, auraIndex));
  const isHarmful = (aura: number) =>
    auraFiles[aura]?.fields.sound("harmful") === true ? auras[aura]?.harmful : undefined;
  const abilities = abilityFiles.map(({ fields }, i) => {
    const ability = readAbility(fields, i, auraIndex);
    return { ...ability, helpful: judgeHelpful(ability, isHarmful, fields) };
  });
  const creatures = creatureFiles.map(({ key, fields }, i) => readCreature(fields, i, key, abilityIndex));
  const basics = readBasics(sorted, problems);
  checkUnique(abilityFiles, abilities, "id", problems);
  checkUnique(auraFiles, auras, "id", problems);
  checkUnique(creatureFiles, creatures, "id", problems);
  checkUnique(abilityFiles, abilities, "slot", problems);
  checkCircles(auraFiles, auras, problems);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, data: combatData(basics, abilities, auras, creatures, hashFiles(sorted)) };
}

function parseFolder(files: readonly DataFile[], folder: string, most: number, problems: string[]): Entry[] {
  const entries: Entry[] = [];
  for (const { path, text } of files) {
    if (!path.startsWith(folder) || !path.endsWith(".json")) continue;
    const key = path.slice(folder.length, -".json".length);
    if (!/^[a-z][a-z0-9-]{0,59}$/.test(key)) {
      problems.push(`${path}: expected a file name of a to z, 0 to 9 and -, a letter first, got ${key}`);
    }
    entries.push({ path, key, fields: new FieldReader(path, parse(path, text, problems), problems) });
  }
  if (entries.length > most) problems.push(`${folder}: expected at most ${most} files, got ${entries.length}`);
  return entries;
}

function parse(path: string, text: string, problems: string[]): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    problems.push(`${path}: expected JSON, got ${error instanceof Error ? error.message : String(error)}`);
    return UNREADABLE;
  }
}

function readBasics(files: readonly DataFile[], problems: string[]): CombatBasics {
  const path = "data/combat.json";
  const file = files.find((one) => one.path === path);
  if (file === undefined) {
    problems.push(
      `${path}: expected the file, got none. Start in the project's folder, which has data/, or put it back.`,
    );
  }
  const value = file === undefined ? UNREADABLE : parse(path, file.text, problems);
  const fields = new FieldReader(path, value, problems);
  const basics: CombatBasics = {
    resourceName: fields.text("resourceName", 1, 24),
    level: fields.whole("level", 1, 20),
    health: fields.whole("health", 1, 60_000),
    resource: fields.whole("resource", 1, 1_000),
    resourcePerSecond: fields.whole("resourcePerSecond", 0, 1_000),
    power: fields.whole("power", -50, 500),
    precision: fields.whole("precision", 0, 200),
    guard: fields.whole("guard", 0, 200),
    globalCooldownTicks: fields.ticks("globalCooldownMs", 0, 10_000),
    restPercentPerSecond: fields.whole("restPercentPerSecond", 0, 100),
    combatTicks: fields.ticks("combatMs", 0, 60_000),
    respawnTicks: fields.ticks("respawnMs", 0, 60_000),
    releaseTicks: fields.ticks("releaseMs", 0, 600_000),
    bodyTicks: fields.ticks("bodyMs", 0, 60_000),
    helpRangeMeters: fields.whole("helpRangeMeters", 0, 40),
    invitationTicks: fields.ticks("invitationMs", 1_000, 600_000),
  };
  fields.end();
  if (basics.releaseTicks < basics.respawnTicks)
    fields.contradiction("releaseMs", ["respawnMs"], "at least respawnMs", "less");
  return basics;
}

function checkUnique<Key extends string>(
  files: readonly Entry[],
  rules: readonly Readonly<Record<Key, number>>[],
  field: Key,
  problems: string[],
): void {
  const first = new Map<number, string>();
  for (const [i, rule] of rules.entries()) {
    const path = files[i]?.path ?? "";
    if (files[i]?.fields.sound(field) !== true) continue;
    const number = rule[field];
    const other = first.get(number);
    if (field === "slot" && number === 0) continue;
    if (other !== undefined) problems.push(`${path}: ${field}: expected one of its own, got ${number} as in ${other}`);
    else first.set(number, path);
  }
}

/** An aura that comes back to itself would never end. */
function checkCircles(files: readonly Entry[], auras: readonly AuraRule[], problems: string[]): void {
  for (const [start, file] of files.entries()) {
    const way = [file.key];
    for (
      let at = auras[start]?.followedBy ?? -1;
      at >= 0 && way.length <= auras.length;
      at = auras[at]?.followedBy ?? -1
    ) {
      way.push(files[at]?.key ?? "");
      if (at !== start) continue;
      problems.push(`${file.path}: followedBy: expected no circle, got ${way.join(", ")}`);
      break;
    }
  }
}

function hashFiles(files: readonly DataFile[]): number {
  // What a designer's editor does to line ends and spaces is no other rule.
  const text = files.map(({ path, text }) => `${path}\n${JSON.stringify(JSON.parse(text))}\n`).join("");
  return Number.parseInt(hashBytes(new TextEncoder().encode(text)).slice(0, 8), 16);
}

function combatData(
  basics: CombatBasics,
  abilities: readonly Ability[],
  auras: readonly AuraRule[],
  creatures: readonly CreatureRule[],
  hash: number,
): CombatData {
  const abilityById = new Map(abilities.map((ability) => [ability.id, ability]));
  const auraById = new Map(auras.map((aura) => [aura.id, aura]));
  const bySlot = new Map(abilities.filter(({ slot }) => slot > 0).map((ability) => [ability.slot, ability]));
  const byKey = new Map(creatures.map((creature) => [creature.key, creature]));
  return {
    basics,
    abilities,
    auras,
    creatures,
    hash,
    ability: (id) => abilityById.get(id),
    aura: (id) => auraById.get(id),
    inSlot: (slot) => bySlot.get(slot),
    creature: (key) => byKey.get(key),
  };
}
