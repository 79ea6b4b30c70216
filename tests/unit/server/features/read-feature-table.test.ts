import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OWN_CAPABILITIES } from "../../../../scripts/protocol/capability.ts";
import { DEFAULT_SETTINGS } from "../../../../server/features/feature-settings.ts";
import { readFeatureTable } from "../../../../server/features/read-feature-table.ts";

const V2 = "protocol_v2_seq";

function faultsOf(content: unknown): readonly string[] {
  const reading = readFeatureTable(typeof content === "string" ? content : JSON.stringify(content));
  return reading.ok ? [] : reading.faults;
}

/** What is wrong with one feature that is in order but for these members. */
function faultsWith(members: Record<string, unknown>): readonly string[] {
  return faultsOf({ [V2]: { enabled: true, ...members } });
}

describe("a feature file", () => {
  it("says everything that can be said of a feature", () => {
    const reading = readFeatureTable(
      JSON.stringify({
        [V2]: {
          description: "packets",
          enabled: true,
          rolloutPercent: 12.34,
          forceEnable: { players: ["Ada"], zones: ["shore"], platforms: ["linux"] },
          forceDisable: { players: ["Grace Hopper"], zones: ["old-wood"], platforms: ["x86_64"] },
          killSwitch: true,
        },
      }),
    );
    expect(reading.ok && reading.table.get(V2)).toEqual({
      description: "packets",
      enabled: true,
      rolloutPercent: 12.34,
      forceEnable: { players: new Set(["ada"]), zones: new Set(["shore"]), platforms: new Set(["linux"]) },
      forceDisable: {
        players: new Set(["grace hopper"]),
        zones: new Set(["old-wood"]),
        platforms: new Set(["x86_64"]),
      },
      killSwitch: true,
    });
  });

  it("may leave out everything but whether a feature is enabled", () => {
    const reading = readFeatureTable(`{"${V2}": {"enabled": true}}`);
    expect(reading).toEqual({ ok: true, table: new Map([[V2, { ...DEFAULT_SETTINGS, enabled: true }]]) });
    expect(readFeatureTable("{}")).toEqual({ ok: true, table: new Map() });
  });

  it("as shipped is in order and lists every feature", () => {
    const reading = readFeatureTable(readFileSync("config/features.json", "utf8"));
    expect(reading).toMatchObject({ ok: true });
    expect(reading.ok && [...reading.table.keys()]).toEqual(OWN_CAPABILITIES);
  });

  it.each([
    [{ rolloutPercent: "50%" }, `${V2}.rolloutPercent: expected a number from 0 to 100, got "50%"`],
    [{ rolloutPercent: 101 }, `${V2}.rolloutPercent: expected a number from 0 to 100, got 101`],
    [{ rolloutPercent: -0.01 }, `${V2}.rolloutPercent: expected a number from 0 to 100, got -0.01`],
    [{ rolloutPercent: 33.333 }, `${V2}.rolloutPercent: expected at most two decimals, got 33.333: round it`],
    [{ enabled: "yes" }, `${V2}.enabled: expected true or false, got "yes"`],
    [{ killSwitch: 1 }, `${V2}.killSwitch: expected true or false, got 1`],
    [{ description: null }, `${V2}.description: expected text of at most 1000 characters, got null`],
    [
      { rollout: 5 },
      `${V2}.rollout: there is no such setting, expected one of description, enabled, rolloutPercent, forceEnable, forceDisable, killSwitch`,
    ],
    [{ forceEnable: ["Ada"] }, `${V2}.forceEnable: expected an object with players, zones, platforms, got a list`],
    [
      { forceEnable: { player: [] } },
      `${V2}.forceEnable.player: there is no such setting, expected one of players, zones, platforms`,
    ],
    [
      { forceEnable: { players: "Ada" } },
      `${V2}.forceEnable.players: expected a list of at most 10000 texts, got "Ada"`,
    ],
    [{ forceEnable: { players: ["Ada", 7] } }, `${V2}.forceEnable.players[1]: expected text, got 7`],
    [
      { forceEnable: { players: ["a".repeat(25)] } },
      `${V2}.forceEnable.players[0]: expected the name of a player: a name has 1 to 24 characters, one of 25 came, got "${"a".repeat(25)}"`,
    ],
    [
      { forceEnable: { players: ["Ada", "ADA"] } },
      `${V2}.forceEnable.players[1]: expected everything once, got "ADA" again: take it out`,
    ],
    [
      { forceEnable: { zones: ["../x"] } },
      `${V2}.forceEnable.zones[0]: expected the name of a zone such as shore, got "../x"`,
    ],
    [
      { forceDisable: { platforms: ["Linux"] } },
      `${V2}.forceDisable.platforms[0]: expected the name of a platform, 1 to 16 of a-z, 0-9 and _, such as linux, got "Linux"`,
    ],
    [
      { forceEnable: { players: ["Ada"] }, forceDisable: { players: ["ada"] } },
      `${V2}.forceDisable.players: expected nobody of forceEnable.players, got "ada": take it out of one of the two`,
    ],
  ])("with %j is refused", (members, fault) => {
    expect(faultsWith(members)).toEqual([fault]);
  });

  it.each([
    [[], "expected an object with a member for each feature, got a list"],
    [
      { [V2]: true },
      `${V2}: expected an object with description, enabled, rolloutPercent, forceEnable, forceDisable, killSwitch, got true`,
    ],
    [{ [V2]: {} }, `${V2}.enabled: expected true or false, got nothing: say which`],
    [
      { protocol_v3: { enabled: true } },
      `protocol_v3: there is no such feature, expected one of ${OWN_CAPABILITIES.join(", ")}`,
    ],
    [
      `{"${V2}": {"enabled": true}, "${V2}": {"enabled": false}}`,
      `${V2}: expected once, got a second one: take one of them out`,
    ],
    [
      `{"${V2}": {"enabled": true, "enabled": true}}`,
      `${V2}.enabled: expected once, got a second one: take one of them out`,
    ],
    [
      '{"__proto__": {"enabled": true}}',
      `__proto__: there is no such feature, expected one of ${OWN_CAPABILITIES.join(", ")}`,
    ],
  ])("that is %j is refused", (content, fault) => {
    expect(faultsOf(content)).toEqual([fault]);
  });

  it("is told everything that is wrong with it at once", () => {
    expect(faultsOf({ [V2]: { enabled: 1, rolloutPercent: 200 }, nonsense: {} })).toHaveLength(3);
  });

  it("takes every hundredth of a percent and nothing between", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (thousandths) => {
        const taken = faultsWith({ rolloutPercent: thousandths / 1000 }).length === 0;
        expect(taken).toBe(thousandths % 10 === 0);
      }),
    );
  });

  it("can be anything without a crash", () => {
    const words = fc.constantFrom(V2, "enabled", "rolloutPercent", "forceEnable", "players", "zones", "killSwitch");
    const anything = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 5 }, fc.jsonValue({ maxDepth: 2 }), tie("object")),
      object: fc.dictionary(words, tie("value")),
    })).value;
    fc.assert(
      fc.property(anything, (value) => {
        const reading = readFeatureTable(JSON.stringify(value));
        if (!reading.ok) expect(reading.faults.length).toBeGreaterThan(0);
      }),
    );
  });
});
