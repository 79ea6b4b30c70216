import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Capability, OWN_CAPABILITIES } from "../../../../scripts/protocol/capability.ts";
import type { FeatureSettings, FeatureTable } from "../../../../server/features/feature-settings.ts";
import type { FeatureSwitch } from "../../../../server/features/feature-switch.ts";
import { readFeatureTable } from "../../../../server/features/read-feature-table.ts";
import { editFeatureText } from "../../../../tools/flags/edit-feature-text.ts";

const V2 = Capability.sequenced;

function tableOf(text: string): FeatureTable {
  const reading = readFeatureTable(text);
  if (!reading.ok) throw new Error(reading.faults.join("\n"));
  return reading.table;
}

function edit(text: string, setting: FeatureSwitch, feature: Capability = V2) {
  return editFeatureText(text, feature, tableOf(text).get(feature), setting);
}

const on: FeatureSwitch = { kind: "percent", percent: 100 };

describe("editing a feature file", () => {
  it("changes the values and leaves every other character as it is", () => {
    const text = '{\n\t"protocol_v2_seq" : {"killSwitch":false,   "enabled" :false, "rolloutPercent": 1e1\t}}\n\n';
    expect(edit(text, { kind: "percent", percent: 25.5 })).toEqual({
      text: '{\n\t"protocol_v2_seq" : {"killSwitch":false,   "enabled" :true, "rolloutPercent": 25.5\t}}\n\n',
      changes: ["enabled false -> true", "rolloutPercent 10 -> 25.5"],
    });
  });

  it("adds what is missing on a line of its own, where the others have one", () => {
    expect(edit('{\r\n  "protocol_v2_seq": {\r\n    "enabled": true\r\n  }\r\n}', { kind: "kill" }).text).toBe(
      '{\r\n  "protocol_v2_seq": {\r\n    "enabled": true,\r\n    "killSwitch": true\r\n  }\r\n}',
    );
    expect(edit('{"protocol_v2_seq": {"enabled": true}}', { kind: "kill" }).text).toBe(
      '{"protocol_v2_seq": {"enabled": true, "killSwitch": true}}',
    );
  });

  it("adds a feature that is not there", () => {
    expect(edit('{\n  "protocol_v1": { "enabled": true }\n}\n', { kind: "percent", percent: 5 }).text).toBe(
      '{\n  "protocol_v1": { "enabled": true },\n  "protocol_v2_seq": { "enabled": true, "rolloutPercent": 5, "killSwitch": false }\n}\n',
    );
    expect(edit("{}", { kind: "off" }).text).toBe('{ "protocol_v2_seq": { "enabled": false } }');
  });

  it("keeps the percentage while a feature is off or killed, and takes a kill back with a percentage only", () => {
    const killed = edit(`{"${V2}": {"enabled": true, "rolloutPercent": 25}}`, { kind: "kill" }).text;
    expect(tableOf(killed).get(V2)).toMatchObject({ enabled: true, rolloutPercent: 25, killSwitch: true });
    expect(tableOf(edit(killed, { kind: "off" }).text).get(V2)).toMatchObject({ rolloutPercent: 25, killSwitch: true });
    expect(tableOf(edit(killed, on).text).get(V2)).toMatchObject({ rolloutPercent: 100, killSwitch: false });
  });

  it("leaves in any file a file in order that says what was asked for, and of the others what it said", () => {
    const members = fc.record(
      {
        killSwitch: fc.boolean(),
        description: fc.string(),
        rolloutPercent: fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100),
        forceEnable: fc.constantFrom({}, { players: ["Ada"] }),
      },
      { requiredKeys: [] },
    );
    const entry = fc.tuple(members, fc.boolean()).map(([some, enabled]) => ({ ...some, enabled }));
    const files = fc
      .tuple(fc.dictionary(fc.constantFrom(...OWN_CAPABILITIES), entry), fc.constantFrom(undefined, 1, 2, "\t"))
      .map(([content, space]) => JSON.stringify(content, null, space));
    const settings: fc.Arbitrary<FeatureSwitch> = fc.oneof(
      fc.constantFrom({ kind: "off" } as const, { kind: "kill" } as const),
      fc.integer({ min: 0, max: 10_000 }).map((n) => ({ kind: "percent", percent: n / 100 }) as const),
    );
    fc.assert(
      fc.property(files, fc.constantFrom(...OWN_CAPABILITIES), settings, (text, feature, setting) => {
        const edited = edit(text, setting, feature);
        const before = new Map(tableOf(text));
        const after = new Map(tableOf(edited.text));
        const now: FeatureSettings | undefined = after.get(feature);
        if (setting.kind === "kill") expect(now?.killSwitch).toBe(true);
        else if (setting.kind === "off") expect(now?.enabled).toBe(false);
        else expect(now).toMatchObject({ enabled: true, rolloutPercent: setting.percent, killSwitch: false });
        if (edited.changes.length === 0) expect(edited.text).toBe(text);
        expect(edit(edited.text, setting, feature).changes).toEqual([]);
        before.delete(feature);
        after.delete(feature);
        expect(after).toEqual(before);
      }),
    );
  });
});
