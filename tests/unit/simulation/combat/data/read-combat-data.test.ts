import fc from "fast-check";
import { expect, test } from "vitest";
import { type DataFile, readCombatData } from "../../../../../scripts/simulation/combat/data/read-combat-data.ts";
import { loadCombatData, readDataFiles } from "../../../../../server/zone/combat/load-combat-data.ts";

const files = readDataFiles(".");

/** The project's data with one file changed. */
function changed(path: string, change: (value: Record<string, unknown>) => void): DataFile[] {
  return files.map((file) => {
    if (file.path !== path) return file;
    const value: Record<string, unknown> = JSON.parse(file.text);
    change(value);
    return { path, text: JSON.stringify(value) };
  });
}

function problemsOf(given: readonly DataFile[]): readonly string[] {
  const read = readCombatData(given);
  return read.ok ? [] : read.problems;
}

test("the project's own data is good, and has what the interface shows in ten slots", () => {
  expect(problemsOf(files)).toEqual([]);
  const data = loadCombatData();
  for (let slot = 1; slot <= 10; slot += 1) expect(data.inSlot(slot)?.slot).toBe(slot);
  const uses = new Set(data.abilities.map(({ use }) => use));
  expect([...uses].sort()).toEqual(["cast", "channel", "dash", "instant"]);
});

test.each([
  ["cooldownMs", -5, "data/abilities/fireball.json: cooldownMs: expected 0 to 600000, got -5"],
  ["castMs", 1.5, "data/abilities/fireball.json: castMs: expected 1 to 60000, got 1.5"],
  ["name", "", "data/abilities/fireball.json: name: expected a text of 1 to 40 characters, got "],
  ["target", "all", "data/abilities/fireball.json: target: expected one of enemy, friend, none, got all"],
  ["id", 1, "data/abilities/strike.json: id: expected one of its own, got 1 as in data/abilities/fireball.json"],
  ["arcDegrees", undefined, "data/abilities/fireball.json: arcDegrees: expected 1 to 360, got nothing"],
  ["effects", [], "data/abilities/fireball.json: effects: expected a list of 1 to 4, got a list of 0"],
  [
    "effects",
    [{ type: "damage", min: 5, max: 3 }],
    "data/abilities/fireball.json: effects[0].max: expected at least min, 5, got 3",
  ],
  [
    "effects",
    [{ type: "aura", aura: "freezing" }],
    "data/abilities/fireball.json: effects[0].aura: expected the name of a file in data/auras without .json, got freezing",
  ],
  [
    "effects",
    [{ type: "heal", min: 5, max: 6 }],
    "data/abilities/fireball.json: effects: expected harmful ones only for an enemy, got a helpful one",
  ],
])("an ability with %s %j is refused", (field, value, problem) => {
  const given = changed("data/abilities/fireball.json", (ability) => {
    ability[field] = value;
  });
  expect(problemsOf(given)).toEqual([problem]);
});

test("a field that there is not is a mistake, not passed over", () => {
  const given = changed("data/auras/burning.json", (aura) => {
    aura.durationMS = 5;
  });
  expect(problemsOf(given)[0]).toMatch(/^data\/auras\/burning\.json: durationMS: expected no such field, but /);
});

test.each([
  ["data/auras/burning.json", "durationMs", "durationMS"],
  ["data/abilities/fireball.json", "cooldownMs", "cooldwonMs"],
  ["data/abilities/fireball.json", "globalCooldown", "globalColdown"],
  ["data/creatures/gale-wolf.json", "chaseSprint", "chasesSprint"],
])("of a misspelt field in %s the right name is said, %s, in one line", (path, right, wrong) => {
  const given = changed(path, (value) => {
    value[wrong] = value[right];
    delete value[right];
  });
  expect(problemsOf(given)).toEqual([`${path}: ${wrong}: expected ${right}, spelt so, got ${wrong}`]);
});

test("a misspelt field that need not be there is not passed over either, nor one of a part", () => {
  const path = "data/abilities/earthbreaker.json";
  const given = changed(path, (value) => {
    const area = value.area as Record<string, unknown>;
    value.area = { radiusMeter: area.radiusMeters, mostTargets: area.mostTargets };
  });
  expect(problemsOf(given)).toEqual([`${path}: area.radiusMeter: expected radiusMeters, spelt so, got radiusMeter`]);
  const optional = changed(path, (value) => {
    value.areaa = value.area;
    delete value.area;
  });
  expect(problemsOf(optional)[0]).toBe(`${path}: areaa: expected area, spelt so, got areaa`);
});

test("a field that is like none is refused with the names of all", () => {
  const given = changed("data/auras/burning.json", (value) => {
    value.colour = "red";
  });
  expect(problemsOf(given)).toHaveLength(1);
  expect(problemsOf(given)[0]).toMatch(/^data\/auras\/burning\.json: colour: expected no such field, but .*durationMs/);
});

test("[C32] auras that follow each other in a circle are refused, each with the way around", () => {
  const given = changed("data/auras/scorched.json", (aura) => {
    aura.followedBy = "burning";
  });
  expect(problemsOf(given)).toEqual([
    "data/auras/burning.json: followedBy: expected no circle, got burning, scorched, burning",
    "data/auras/scorched.json: followedBy: expected no circle, got scorched, burning, scorched",
  ]);
});

test("a project without data hears one line, with what to do", () => {
  expect(problemsOf([])).toEqual([
    "data/combat.json: expected the file, got none. Start in the project's folder, which has data/, or put it back.",
  ]);
  expect(problemsOf(files.filter(({ path }) => path !== "data/combat.json"))).toHaveLength(1);
});

test.each(files.map(({ path }) => path))("%s that is no JSON, or no object, is one line", (path) => {
  const replaced = (text: string) => files.map((file) => (file.path === path ? { path, text } : file));
  const [cut, ...afterCut] = problemsOf(replaced("{"));
  expect(cut).toMatch(`${path}: expected JSON, got `);
  expect(afterCut).toEqual([]);
  expect(problemsOf(replaced("[1]"))).toEqual([`${path}: expected an object, got [1]`]);
});

test.each([
  ["data/abilities/fireball.json", { use: "throw" }, /: use: expected one of .*, got throw$/],
  ["data/abilities/fireball.json", { castMs: -1 }, /: castMs: expected 1 to 60000, got -1$/],
  ["data/abilities/fireball.json", { effects: [{ type: "hurt", min: 1 }] }, /: effects\[0\].type: expected one of /],
  ["data/abilities/fireball.json", { effects: [7] }, /: effects\[0\]: expected an object, got 7$/],
  [
    "data/abilities/fireball.json",
    { effects: [{ type: "damage", min: 0, max: 5 }] },
    /: effects\[0\].min: expected 1 /,
  ],
  ["data/abilities/fireball.json", { target: 5 }, /: target: expected one of .*, got 5$/],
  ["data/abilities/fireball.json", { id: "7" }, /: id: expected 1 to 65535, got 7$/],
  ["data/auras/burning.json", { harmful: "yes" }, /: harmful: expected true or false, got yes$/],
  ["data/auras/burning.json", { durationMs: 5 }, /: durationMs: expected 100 to 600000, got 5$/],
  ["data/creatures/gale-wolf.json", { abilities: ["claw", "claws"] }, /: abilities: expected names of .*, got claws$/],
  ["data/combat.json", { respawnMs: "soon" }, /: respawnMs: expected 0 to 60000, got soon$/],
])("one mistake in %s, %j, is one line, without what only follows from it", (path, fields, problem) => {
  const problems = problemsOf(changed(path, (value) => void Object.assign(value, fields)));
  expect(problems).toEqual([expect.stringMatching(problem)]);
  expect(problems[0]).toMatch(new RegExp(`^${path}: `));
});

test("spaces and line ends are no other rules; any number is", () => {
  const hash = (given: readonly DataFile[]) => {
    const read = readCombatData(given);
    return read.ok ? read.data.hash : 0;
  };
  const spread = files.map(({ path, text }) => ({ path, text: JSON.stringify(JSON.parse(text), null, "\t") }));
  expect(hash(spread)).toBe(hash(files));
  const other = changed("data/abilities/strike.json", (ability) => {
    ability.cost = 1;
  });
  expect(hash(other)).not.toBe(hash(files));
});

test("whatever stands in a file, it is read or refused with its path", () => {
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.json(), (file, text) => {
      const given = files.map((one) => (one === file ? { ...one, text } : one));
      const read = readCombatData(given);
      expect(read.ok).toBe(false);
      if (!read.ok) for (const problem of read.problems) expect(problem).toMatch(/^data\/[^ ]*: .*expected .*, got /s);
    }),
    { numRuns: 200 },
  );
});
