import { YAW_STEPS_PER_TURN } from "../../constants.ts";
import { cosOfYaw } from "../../trigonometry.ts";
import type { Ability, AbilityArea, Effect } from "./combat-data.ts";
import type { FieldReader } from "./field-reader.ts";

const MAX_POINTS = 10_000;

/** One ability out of its file. `auraIndex` gives the place of an aura by its file name, -1 if there is none. */
export function readAbility(fields: FieldReader, index: number, auraIndex: (name: string) => number): Ability {
  const use = fields.choice("use", ["instant", "cast", "channel", "dash"]);
  const timed = use === "cast" || use === "channel";
  // Without a good `use` nothing is known of what depends on it.
  const known = fields.sound("use");
  const castTicks = fields.ticks("castMs", timed ? 1 : 0, timed || !known ? 60_000 : 0);
  const everyTicks = fields.ticks("everyMs", use === "channel" ? 100 : 0, use === "channel" || !known ? 60_000 : 0);
  const target = fields.choice("target", ["enemy", "friend", "none"]);
  const aimed = target !== "none";
  const mostMeters = aimed || !fields.sound("target") ? 60 : 0;
  const leastMeters = aimed && fields.sound("target") ? 1 : 0;
  const effects = fields
    .list("effects", use === "dash" || !known ? 0 : 1, use === "dash" ? 0 : 4)
    .flatMap((effect, i) => readEffect(fields.within(`effects[${i}]`, effect), auraIndex));
  const ability: Ability = {
    index,
    id: fields.whole("id", 1, 65_535),
    name: fields.text("name", 1, 40),
    icon: fields.text("icon", 1, 40),
    description: fields.text("description", 0, 200),
    slot: fields.whole("slot", 0, 10),
    use,
    castTicks,
    everyTicks,
    target,
    rangeMeters: fields.whole("rangeMeters", leastMeters, mostMeters),
    arcCosine: arcCosine(fields.whole("arcDegrees", 1, 360)),
    cost: fields.whole("cost", 0, 1_000),
    cooldownTicks: fields.ticks("cooldownMs", 0, 600_000),
    charges: fields.whole("charges", 1, 5),
    globalCooldown: fields.flag("globalCooldown"),
    projectileSpeed: projectileSpeed(fields),
    threatPercent: fields.whole("threatPercent", 0, 1_000),
    area: readArea(fields.part("area")),
    effects,
    helpful: false,
  };
  fields.end();
  if (everyTicks > castTicks) fields.contradiction("everyMs", ["castMs", "use"], "no more than castMs", "more");
  if (use === "dash" && aimed) fields.contradiction("target", ["use"], "none with the use dash", target);
  if (ability.charges > 1 && ability.cooldownTicks === 0)
    fields.contradiction("charges", ["cooldownMs"], "1 without a cooldown", ability.charges);
  return ability;
}

/**
 * Whether it is for friends: known when all auras are. What is for friends has nothing harmful in it, what is for enemies nothing helpful.
 * `isHarmful`: `undefined` of an aura that was refused.
 */
export function judgeHelpful(
  { effects, target }: Ability,
  isHarmful: (aura: number) => boolean | undefined,
  fields: FieldReader,
): boolean {
  const kinds = effects.map((effect) => isHarm(effect, isHarmful));
  const harms = kinds.includes(true);
  const helps = kinds.includes(false);
  if (target === "friend" && harms)
    fields.contradiction("effects", ["target"], "helpful ones only for a friend", "a harmful one");
  if (target === "enemy" && helps)
    fields.contradiction("effects", ["target"], "harmful ones only for an enemy", "a helpful one");
  if (target === "none" && harms && helps)
    fields.contradiction("effects", ["target"], "all harmful or all helpful", "both in one");
  return target === "friend" || (target === "none" && !harms);
}

function isHarm(effect: Effect, isHarmful: (aura: number) => boolean | undefined): boolean | undefined {
  return effect.type === "aura" ? isHarmful(effect.aura) : effect.type !== "heal";
}

function arcCosine(degrees: number): number {
  if (degrees === 360) return -1;
  return cosOfYaw(Math.round((degrees / 720) * YAW_STEPS_PER_TURN));
}

function projectileSpeed(fields: FieldReader): number {
  const speed = fields.whole("projectileMetersPerSecond", 0, 100);
  if (speed > 0 && speed < 5) fields.problem("projectileMetersPerSecond", "0, or 5 to 100", speed);
  return speed;
}

function readArea(fields: FieldReader | undefined): AbilityArea | undefined {
  if (fields === undefined) return undefined;
  const area = { radiusMeters: fields.whole("radiusMeters", 1, 20), mostTargets: fields.whole("mostTargets", 1, 20) };
  fields.end();
  return area;
}

/** The effect, or none when it was refused. */
function readEffect(fields: FieldReader, auraIndex: (name: string) => number): Effect[] {
  const type = fields.choice("type", ["damage", "heal", "aura", "interrupt"]);
  // Which fields it should have is not known.
  if (!fields.sound("type")) return [];
  if (type === "interrupt") {
    fields.end();
    return [{ type }];
  }
  if (type === "aura") {
    const name = fields.text("aura", 1, 60);
    const aura = auraIndex(name);
    if (aura < 0 && name !== "") fields.problem("aura", "the name of a file in data/auras without .json", name);
    fields.end();
    return aura < 0 ? [] : [{ type, aura }];
  }
  return [{ type, ...readAmount(fields) }];
}

/** Checks the end of `fields`, too. */
export function readAmount(fields: FieldReader): { min: number; max: number } {
  const min = fields.whole("min", 1, MAX_POINTS);
  const max = fields.whole("max", 1, MAX_POINTS);
  if (max < min) fields.contradiction("max", ["min"], `at least min, ${min}`, max);
  fields.end();
  return { min, max: Math.max(min, max) };
}
