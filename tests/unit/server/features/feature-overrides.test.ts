import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OWN_CAPABILITIES } from "../../../../scripts/protocol/capability.ts";
import {
  featuresFilePath,
  overrideVariable,
  readFeatureOverrides,
} from "../../../../server/features/feature-overrides.ts";
import { readFeatureSwitch } from "../../../../server/features/feature-switch.ts";

describe("the environment", () => {
  it.each([
    ["on", { kind: "percent", percent: 100 }],
    ["off", { kind: "off" }],
    ["kill", { kind: "kill" }],
    ["25%", { kind: "percent", percent: 25 }],
    ["0.05 %", { kind: "percent", percent: 0.05 }],
  ])("can say %s", (text, setting) => {
    const source = `DARKAGES_FEATURE_PROTOCOL_V2_SEQ=${text}`;
    expect(readFeatureOverrides({ DARKAGES_FEATURE_PROTOCOL_V2_SEQ: text, PATH: "/bin" })).toEqual({
      ok: true,
      overrides: new Map([["protocol_v2_seq", { source, setting }]]),
    });
  });

  it("has a variable for every feature, which does not hide the one of the file", () => {
    const environment = Object.fromEntries(OWN_CAPABILITIES.map((feature) => [overrideVariable(feature), "off"]));
    const reading = readFeatureOverrides({ ...environment, DARKAGES_FEATURES_FILE: "x.json" });
    expect(reading.ok && [...reading.overrides.keys()]).toEqual(OWN_CAPABILITIES);
  });

  it("says nothing with an empty variable", () => {
    expect(readFeatureOverrides({ DARKAGES_FEATURE_PROTOCOL_V1: "" })).toEqual({ ok: true, overrides: new Map() });
  });

  it.each(["1", "true", "25", "ON", "101%", "100.01%", "33.333%", "-1%", "%", "1e1%", "kill "])(
    "is refused with %j",
    (text) => {
      expect(readFeatureOverrides({ DARKAGES_FEATURE_PROTOCOL_V1: text })).toEqual({
        ok: false,
        faults: [
          `DARKAGES_FEATURE_PROTOCOL_V1: expected on, off, kill, or a percentage with its sign such as 25% or 0.5%, got ${JSON.stringify(text)}`,
        ],
      });
    },
  );

  it.each(["DARKAGES_FEATURE_PROTOCOL_V3", "DARKAGES_FEATURE_protocol_v1", "DARKAGES_FEATURE_"])(
    "is refused with %s, of which it names what it might have been",
    (variable) => {
      const reading = readFeatureOverrides({ [variable]: "on" });
      expect(reading).toEqual({ ok: false, faults: [expect.stringContaining(variable)] });
      expect(!reading.ok && reading.faults[0]).toContain("DARKAGES_FEATURE_PROTOCOL_V2_SEQ");
    },
  );

  it("tells of every variable that is wrong", () => {
    const reading = readFeatureOverrides({ DARKAGES_FEATURE_PROTOCOL_V1: "x", DARKAGES_FEATURE_Y: "on" });
    expect(!reading.ok && reading.faults).toHaveLength(2);
  });
});

describe("a switch", () => {
  it("takes every hundredth of a percent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (hundredths) => {
        const percent = hundredths / 100;
        expect(readFeatureSwitch(`${percent}%`)).toEqual({ kind: "percent", percent });
      }),
    );
  });

  it("is never read from anything else", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const setting = readFeatureSwitch(text);
        if (setting?.kind === "percent") expect(text === "on" || text.endsWith("%")).toBe(true);
        else if (setting !== undefined) expect(text).toBe(setting.kind);
      }),
    );
  });
});

describe("the path of the feature file", () => {
  it("is what the command line says, then the environment, then the project's", () => {
    const environment = { DARKAGES_FEATURES_FILE: "b.json" };
    expect(featuresFilePath("a.json", environment)).toBe("a.json");
    expect(featuresFilePath(undefined, environment)).toBe("b.json");
    expect(featuresFilePath(undefined, { DARKAGES_FEATURES_FILE: "" })).toBe("config/features.json");
    expect(featuresFilePath(undefined, {})).toBe("config/features.json");
  });
});
