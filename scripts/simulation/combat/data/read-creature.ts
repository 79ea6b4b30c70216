import type { CreatureRule } from "./combat-data.ts";
import type { FieldReader } from "./field-reader.ts";

/** One kind of creature out of its file. `abilityIndex` gives the place of an ability by its file name, -1 if there is none. */
export function readCreature(
  fields: FieldReader,
  index: number,
  key: string,
  abilityIndex: (name: string) => number,
): CreatureRule {
  const abilities: number[] = [];
  for (const name of fields.list("abilities", 1, 8)) {
    const ability = typeof name === "string" ? abilityIndex(name) : -1;
    if (ability < 0) fields.problem("abilities", "names of files in data/abilities without .json", name);
    else abilities.push(ability);
  }
  const creature: CreatureRule = {
    index,
    id: fields.whole("id", 1, 65_535),
    key,
    name: fields.text("name", 1, 24),
    level: fields.whole("level", 1, 20),
    health: fields.whole("health", 1, 60_000),
    power: fields.whole("power", -50, 500),
    precision: fields.whole("precision", 0, 200),
    guard: fields.whole("guard", 0, 200),
    noticeMeters: fields.whole("noticeMeters", 0, 40),
    wanderMeters: fields.whole("wanderMeters", 0, 30),
    chaseSprint: fields.flag("chaseSprint"),
    abilities,
  };
  fields.end();
  return creature;
}
