import { describe, expect, it } from "vitest";
import { toolchainKey } from "../../../../tools/toolchain/toolchain-key.mjs";

const PARTS = { suite: "forky", architecture: "amd64", packages: ["godot", "nodejs"], layout: 1 };

describe("toolchainKey", () => {
  it("does not depend on the order of packages", () => {
    expect(toolchainKey({ ...PARTS, packages: ["nodejs", "godot"] })).toBe(toolchainKey(PARTS));
  });
  it.each([
    { suite: "duke" },
    { architecture: "arm64" },
    { packages: ["godot"] },
    { packages: ["godot", "nodejs", "make"] },
    { layout: 2 },
  ])("changes with %j", (change) => {
    expect(toolchainKey({ ...PARTS, ...change })).not.toBe(toolchainKey(PARTS));
  });
  it("is a readable name for a folder", () => {
    expect(toolchainKey(PARTS)).toMatch(/^forky-amd64-[0-9a-f]{12}$/);
  });
});
