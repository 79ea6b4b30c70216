import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Capability, OWN_CAPABILITIES } from "../../../../scripts/protocol/capability.ts";
import { explanationText } from "../../../../server/features/explanation-text.ts";
import { FeatureFlags } from "../../../../server/features/feature-flags.ts";
import { allowEverything, type FeatureSubject } from "../../../../server/features/feature-gate.ts";
import type { FeatureOverride } from "../../../../server/features/feature-overrides.ts";
import {
  DEFAULT_SETTINGS,
  type FeatureSettings,
  SUBJECT_LISTS,
  type SubjectLists,
} from "../../../../server/features/feature-settings.ts";
import type { FeatureSwitch } from "../../../../server/features/feature-switch.ts";

const V2 = Capability.sequenced;
const ADA: FeatureSubject = { playerKey: "ada", zone: "shore", platform: "linux" };
/** Ada's bucket for `protocol_v2_seq`. */
const ADA_BUCKET = 9623;

function lists(entries: Partial<Record<(typeof SUBJECT_LISTS)[number], string>>): SubjectLists {
  const set = (entry: string | undefined): ReadonlySet<string> => new Set(entry === undefined ? [] : [entry]);
  return { players: set(entries.players), zones: set(entries.zones), platforms: set(entries.platforms) };
}
const everyList = lists({ players: "ada", zones: "shore", platforms: "linux" });

function flagsFor(settings: Partial<FeatureSettings> | undefined, setting?: FeatureSwitch): FeatureFlags {
  const override: FeatureOverride | undefined = setting && { source: "VARIABLE=word", setting };
  return new FeatureFlags(
    new Map(settings && [[V2, { ...DEFAULT_SETTINGS, enabled: true, ...settings }]]),
    new Map(override && [[V2, override]]),
  );
}

const subjects = fc.record({
  playerKey: fc.oneof(fc.constant("ada"), fc.string({ minLength: 1, maxLength: 24 })),
  zone: fc.constantFrom("shore", "forest"),
  platform: fc.constantFrom("linux", "windows", ""),
});
const percents = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100);
const someLists = fc
  .subarray([...SUBJECT_LISTS])
  .map((chosen) => lists(Object.fromEntries(chosen.map((list) => [list, [...everyList[list]][0]]))));
const settings: fc.Arbitrary<FeatureSettings> = fc.record({
  description: fc.string(),
  enabled: fc.boolean(),
  rolloutPercent: percents,
  forceEnable: someLists,
  forceDisable: someLists,
  killSwitch: fc.boolean(),
});
const switches: fc.Arbitrary<FeatureSwitch> = fc.oneof(
  percents.map((percent) => ({ kind: "percent", percent }) as const),
  fc.constantFrom({ kind: "off" } as const, { kind: "kill" } as const),
);
const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(some, { nil: undefined });

describe("a decision", () => {
  it("asks kill switch, lists of who is off, lists of who is on, enabled and percentage, in this order", () => {
    // From the first that counts to the last: each row takes away what decided the row before.
    const order: [Partial<FeatureSettings>, string, boolean][] = [];
    const all = {
      killSwitch: true,
      forceDisable: everyList,
      forceEnable: everyList,
      enabled: false,
      rolloutPercent: 0,
    };
    order.push([all, "kill_switch", false]);
    const alive = { ...all, killSwitch: false };
    order.push([alive, "disabled_player", false]);
    order.push([{ ...alive, forceDisable: lists({ zones: "shore", platforms: "linux" }) }, "disabled_zone", false]);
    order.push([{ ...alive, forceDisable: lists({ platforms: "linux" }) }, "disabled_platform", false]);
    const free = { ...alive, forceDisable: lists({}) };
    order.push([free, "enabled_player", true]);
    order.push([{ ...free, forceEnable: lists({ zones: "shore", platforms: "linux" }) }, "enabled_zone", true]);
    order.push([{ ...free, forceEnable: lists({ platforms: "linux" }) }, "enabled_platform", true]);
    const unforced = { ...free, forceEnable: lists({}) };
    order.push([unforced, "not_enabled", false]);
    order.push([{ ...unforced, enabled: true }, "outside_rollout", false]);
    order.push([{ ...unforced, enabled: true, rolloutPercent: 100 }, "inside_rollout", true]);
    for (const [file, reason, allowed] of order) {
      expect(flagsFor(file).explain(V2, ADA)).toMatchObject({ feature: V2, reason, allowed });
      expect(flagsFor(file).allows(V2, ADA)).toBe(allowed);
    }
  });

  it("is off for what the file does not list", () => {
    expect(flagsFor(undefined).explain(V2, ADA)).toEqual({ feature: V2, allowed: false, reason: "unlisted" });
    expect(flagsFor(undefined).allows(V2, ADA)).toBe(false);
  });

  it("is the same with and without an explanation, whatever the file and the environment say", () => {
    fc.assert(
      fc.property(maybe(settings), maybe(switches), subjects, (file, setting, subject) => {
        const flags = flagsFor(file, setting);
        expect(flags.allows(V2, subject)).toBe(flags.explain(V2, subject).allowed);
      }),
    );
  });

  it("gives the numbers that it was made by", () => {
    expect(flagsFor({ rolloutPercent: 96.23 }).explain(V2, ADA)).toEqual({
      feature: V2,
      allowed: false,
      reason: "outside_rollout",
      bucket: ADA_BUCKET,
      rolloutBuckets: 9623,
      rolloutPercent: 96.23,
      source: "file",
    });
    expect(flagsFor({ rolloutPercent: 96.24 }).allows(V2, ADA)).toBe(true);
  });

  it("allocates nothing", () => {
    const flags = flagsFor({ rolloutPercent: 50, forceEnable: everyList, forceDisable: lists({ players: "grace" }) });
    const others = Array.from({ length: 64 }, (_, i) => ({ playerKey: `someone ${i}`, zone: "forest", platform: "" }));
    let on = 0;
    const ask = (times: number): void => {
      for (let i = 0; i < times; i++) {
        const subject = others[i & 63];
        if (subject !== undefined && flags.allows(V2, subject)) on += 1;
      }
    };
    ask(100_000);
    // A collection in between would only hide what was allocated: the smallest of a few is compared with one byte a call.
    const grown = Array.from({ length: 5 }, () => {
      const before = process.memoryUsage().heapUsed;
      ask(200_000);
      return process.memoryUsage().heapUsed - before;
    });
    expect(on).toBeGreaterThan(0);
    expect(Math.min(...grown.filter((bytes) => bytes >= 0))).toBeLessThan(200_000);
  });
});

describe("a rollout", () => {
  it("lets nobody in at 0 % and everybody at 100 %", () => {
    fc.assert(
      fc.property(subjects, (subject) => {
        expect(flagsFor({ rolloutPercent: 0 }).allows(V2, subject)).toBe(false);
        expect(flagsFor({ rolloutPercent: 100 }).allows(V2, subject)).toBe(true);
      }),
    );
  });

  it("keeps in whoever is in when it grows", () => {
    fc.assert(
      fc.property(subjects, percents, percents, (subject, one, other) => {
        const before = flagsFor({ rolloutPercent: Math.min(one, other) });
        const after = flagsFor({ rolloutPercent: Math.max(one, other) });
        if (before.allows(V2, subject)) expect(after.allows(V2, subject)).toBe(true);
      }),
    );
  });

  it("goes by the player, not by zone or platform: a player keeps a feature on the way to the next zone", () => {
    fc.assert(
      fc.property(subjects, subjects, percents, (one, other, rolloutPercent) => {
        const flags = flagsFor({ rolloutPercent });
        expect(flags.allows(V2, { ...other, playerKey: one.playerKey })).toBe(flags.allows(V2, one));
      }),
    );
  });

  it("reaches the share of players that it says", () => {
    const flags = flagsFor({ rolloutPercent: 12.5 });
    const players = Array.from({ length: 40_000 }, (_, i) => ({ playerKey: `player ${i}`, zone: "", platform: "" }));
    // 66 is the standard deviation of 40,000 draws at one eighth.
    expect(Math.abs(players.filter((player) => flags.allows(V2, player)).length - 5_000)).toBeLessThan(4 * 66);
  });
});

describe("an override", () => {
  it("takes the place of enabled and percentage, and the lists go on counting", () => {
    fc.assert(
      fc.property(settings, switches, subjects, (file, setting, subject) => {
        const wanted = { ...file };
        if (setting.kind === "kill") wanted.killSwitch = true;
        else wanted.enabled = setting.kind === "percent";
        if (setting.kind === "percent") wanted.rolloutPercent = setting.percent;
        expect(flagsFor(file, setting).allows(V2, subject)).toBe(flagsFor(wanted).allows(V2, subject));
      }),
    );
  });

  it("speaks for a feature that the file does not list", () => {
    expect(flagsFor(undefined, { kind: "percent", percent: 100 }).allows(V2, ADA)).toBe(true);
  });

  it("does not take back a kill switch of the file", () => {
    const flags = flagsFor({ killSwitch: true }, { kind: "percent", percent: 100 });
    expect(flags.explain(V2, ADA)).toMatchObject({ allowed: false, reason: "kill_switch", source: "file" });
  });

  it("is named where it decides", () => {
    const source = "VARIABLE=word";
    expect(flagsFor({}, { kind: "kill" }).explain(V2, ADA)).toMatchObject({ reason: "kill_switch", source });
    expect(flagsFor({}, { kind: "off" }).explain(V2, ADA)).toMatchObject({ reason: "not_enabled", source });
    expect(flagsFor({}, { kind: "percent", percent: 5 }).explain(V2, ADA)).toMatchObject({ rolloutPercent: 5, source });
  });

  it("survives another file", () => {
    const flags = flagsFor({}, { kind: "off" });
    expect(flags.replace(new Map([[V2, { ...DEFAULT_SETTINGS, enabled: true }]]))).toEqual([]);
    expect(flags.allows(V2, ADA)).toBe(false);
  });
});

describe("the revision", () => {
  it("rises when an answer may be another, and then only", () => {
    fc.assert(
      fc.property(settings, settings, maybe(switches), fc.array(subjects), (before, after, setting, asked) => {
        const flags = flagsFor(before, setting);
        const answers = asked.map((subject) => flags.allows(V2, subject));
        const { revision } = flags;
        const changes = flags.replace(new Map([[V2, after]]));
        expect(flags.revision - revision).toBe(changes.length === 0 ? 0 : 1);
        if (changes.length === 0) expect(asked.map((subject) => flags.allows(V2, subject))).toEqual(answers);
        expect(flags.replace(new Map([[V2, { ...after, description: "other words" }]]))).toEqual([]);
      }),
    );
  });

  it("says what has changed", () => {
    const flags = flagsFor({ rolloutPercent: 10 });
    expect(flags.revision).toBe(1);
    const forceEnable = lists({ players: "ada" });
    expect(
      flags.replace(new Map([[V2, { ...DEFAULT_SETTINGS, enabled: true, rolloutPercent: 25, forceEnable }]])),
    ).toEqual(["protocol_v2_seq: rolloutPercent 10 -> 25, forceEnable.players +1 -0"]);
    expect(flags.revision).toBe(2);
    expect(flags.replace(new Map())).toEqual([
      "protocol_v2_seq: listed true -> false, enabled true -> false, rolloutPercent 25 -> 100, forceEnable.players +0 -1",
    ]);
    expect(flags.revision).toBe(3);
  });

  it("makes of flags that took another file what flags of that file are", () => {
    fc.assert(
      fc.property(maybe(settings), maybe(settings), maybe(switches), subjects, (before, after, setting, subject) => {
        const flags = flagsFor(before, setting);
        flags.replace(new Map(after && [[V2, after]]));
        expect(flags.explain(V2, subject)).toEqual(flagsFor(after && { ...after }, setting).explain(V2, subject));
      }),
    );
  });
});

describe("an explanation in words", () => {
  it.each([
    [flagsFor({ killSwitch: true }), "killSwitch is true"],
    [flagsFor({}, { kind: "kill" }), "killed by VARIABLE=word"],
    [flagsFor({ forceDisable: lists({ zones: "shore" }) }), 'zone "shore" is in forceDisable.zones'],
    [flagsFor({ forceEnable: lists({ players: "ada" }) }), 'player "ada" is in forceEnable.players'],
    [flagsFor({ enabled: false }), "enabled is false"],
    [flagsFor({}, { kind: "off" }), "by VARIABLE=word"],
    [flagsFor(undefined), "not in the file"],
    [flagsFor({ rolloutPercent: 50 }), "bucket 9623 of 10000 >= 5000: 50.00 % by rolloutPercent"],
    [flagsFor({}, { kind: "percent", percent: 97 }), "bucket 9623 of 10000 < 9700: 97.00 % by VARIABLE=word"],
  ])("is a line %#", (flags, words) => {
    expect(explanationText(flags.explain(V2, ADA))).toBe(words);
  });
});

describe("the gate that refuses nothing", () => {
  it("allows every feature to everybody", () => {
    expect(OWN_CAPABILITIES.every((feature) => allowEverything.allows(feature, ADA))).toBe(true);
  });
});
