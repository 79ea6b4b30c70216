import type { AuraRule } from "./combat-data.ts";
import type { FieldReader } from "./field-reader.ts";
import { readAmount } from "./read-ability.ts";

/** One aura out of its file. `auraIndex` gives the place of another one by its file name, -1 if there is none. */
export function readAura(fields: FieldReader, index: number, auraIndex: (name: string) => number): AuraRule {
  const everyTicks = fields.ticks("everyMs", 0, 600_000);
  const damage = fields.part("damage");
  const heal = fields.part("heal");
  const durationTicks = fields.ticks("durationMs", 100, 600_000);
  const followedBy = fields.has("followedBy") ? fields.text("followedBy", 1, 60) : "";
  const aura: AuraRule = {
    index,
    id: fields.whole("id", 1, 65_535),
    name: fields.text("name", 1, 40),
    icon: fields.text("icon", 1, 40),
    harmful: fields.flag("harmful"),
    durationTicks,
    everyTicks,
    damage: damage && readAmount(damage),
    heal: heal && readAmount(heal),
    absorb: fields.whole("absorb", 0, 10_000),
    stacks: fields.whole("stacks", 1, 10),
    power: fields.whole("power", -100, 100),
    precision: fields.whole("precision", -100, 100),
    guard: fields.whole("guard", -100, 100),
    followedBy: followedBy === "" ? -1 : auraIndex(followedBy),
  };
  fields.end();
  if (everyTicks > 0 && everyTicks < 6) fields.problem("everyMs", "0, or 100 to durationMs", "less");
  if (everyTicks > durationTicks) fields.contradiction("everyMs", ["durationMs"], "no more than durationMs", "more");
  const periodic = aura.damage !== undefined || aura.heal !== undefined;
  if (periodic && everyTicks === 0) fields.contradiction("everyMs", [], "100 or more with damage or heal", 0);
  if (!periodic && everyTicks > 0) fields.contradiction("everyMs", [], "0 without damage and heal", "more");
  if (aura.damage !== undefined && !aura.harmful)
    fields.contradiction("damage", ["harmful"], "none in an aura that is not harmful", "one");
  if (aura.heal !== undefined && aura.harmful)
    fields.contradiction("heal", ["harmful"], "none in a harmful aura", "one");
  if (followedBy !== "" && aura.followedBy < 0)
    fields.problem("followedBy", "the name of a file in data/auras without .json", followedBy);
  return aura;
}
