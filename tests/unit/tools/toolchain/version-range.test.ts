import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeDrift } from "../../../../tools/toolchain/version-drift.mjs";
import {
  compareToRange,
  compareVersions,
  describeRange,
  parseVersion,
} from "../../../../tools/toolchain/version-range.mjs";

const GODOT = { name: "godot", minimum: "4.6", below: "5" };

describe("parseVersion", () => {
  it.each([
    ["4.6.3+ds-2", [4, 6, 3]],
    ["1:3.20160805.1-5.1+b2", [3, 20160805, 1]],
    ["24.21.0+dfsg+~cs24.13.4-1", [24, 21, 0]],
    ["v24.21.0", [24, 21, 0]],
    ["flatc version 23.5.26", [23, 5, 26]],
    ["4.6.3.stable.debian4.6.3+ds-2", [4, 6, 3]],
    ["GNU Make 4.4.1", [4, 4, 1]],
    ["", []],
    ["unknown", []],
  ])("reads %j", (text, expected) => {
    expect(parseVersion(text)).toEqual(expected);
  });
});

describe("compareVersions", () => {
  const version = fc.array(fc.nat(50), { minLength: 1, maxLength: 4 });
  it("is an order: opposite when turned round, zero with itself", () => {
    fc.assert(
      fc.property(version, version, (left, right) => {
        expect(Math.sign(compareVersions(left, right))).toBe(-Math.sign(compareVersions(right, left)) + 0);
        expect(compareVersions(left, left)).toBe(0);
      }),
    );
  });
  it("takes missing numbers for zero", () => {
    expect(compareVersions([4, 6], [4, 6, 0])).toBe(0);
    expect(compareVersions([4, 6], [4, 6, 1])).toBeLessThan(0);
  });
});

describe("compareToRange", () => {
  it.each([
    ["4.5.9", "older"],
    ["4.6", "within"],
    ["4.11.2", "within"],
    ["5.0", "newer"],
    ["5", "newer"],
    ["?", "unreadable"],
  ])("%s of 4.6 <= version < 5 is %s", (version, verdict) => {
    expect(compareToRange(version, GODOT)).toBe(verdict);
  });
  it("accepts anything where no range is given", () => {
    expect(compareToRange("", { minimum: "", below: "" })).toBe("within");
  });
});

describe("describeDrift", () => {
  it("is silent inside the range", () => {
    expect(describeDrift(GODOT, "4.7.1-1", "4.6.3+ds-2")).toBe("");
  });
  it("names what came, what is supported and what was good", () => {
    const text = describeDrift(GODOT, "5.0-1", "4.6.3+ds-2");
    expect(text).toContain("5.0-1 came");
    expect(text).toContain(describeRange(GODOT));
    expect(text).toContain("last known good: 4.6.3+ds-2");
  });
});
