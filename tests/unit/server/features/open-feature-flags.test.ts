import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FeatureFileError, readFeatureFileLater } from "../../../../server/features/feature-file.ts";
import { openFeatureFlags } from "../../../../server/features/open-feature-flags.ts";

const folder = mkdtempSync(join(tmpdir(), "features-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: string | Uint8Array): string {
  const path = join(folder, "features.json");
  writeFileSync(path, content);
  return path;
}

describe("openFeatureFlags", () => {
  it("makes flags of file and environment", () => {
    const path = fileWith('{"protocol_v1": {"enabled": true}, "protocol_v2_seq": {"enabled": true}}');
    const opened = openFeatureFlags(path, { DARKAGES_FEATURE_PROTOCOL_V1: "off" });
    const subject = { playerKey: "ada", zone: "shore", platform: "linux" };
    expect(opened.ok && opened.flags.allows("protocol_v2_seq", subject)).toBe(true);
    expect(opened.ok && opened.flags.allows("protocol_v1", subject)).toBe(false);
  });

  it("tells what is wrong with either of them, with the path of the file", () => {
    const path = fileWith('{"protocol_v1": {"enabled": 1}}');
    expect(openFeatureFlags(path, { DARKAGES_FEATURE_X: "on" })).toEqual({
      ok: false,
      faults: [
        expect.stringMatching(/^DARKAGES_FEATURE_X: there is no such feature/),
        `${path}: protocol_v1.enabled: expected true or false, got 1`,
      ],
    });
  });

  it("reads a file that begins with a byte order mark", () => {
    expect(openFeatureFlags(fileWith("\ufeff{}"), {})).toMatchObject({ ok: true, text: "{}" });
  });
});

describe("a feature file that cannot be read", () => {
  const big = join(folder, "big.json");
  writeFileSync(big, " ".repeat(4 * 1024 * 1024 + 1));
  const latin = join(folder, "latin.json");
  writeFileSync(latin, Uint8Array.of(0x22, 0xfc, 0x22));
  mkdirSync(join(folder, "inner"));

  it.each([
    ["missing.json", "there is no such file"],
    ["inner", "expected a file, got a folder or a device"],
    ["big.json", "expected at most 4194304 bytes, got 4194305"],
    ["latin.json", "expected UTF-8, got other bytes: save it as UTF-8"],
    ["latin.json/under", "cannot be read (ENOTDIR)"],
  ])("is refused with the reason, at the start and later: %s", async (name, reason) => {
    const path = join(folder, name);
    expect(openFeatureFlags(path, {})).toEqual({ ok: false, faults: [`${path}: ${reason}`] });
    await expect(readFeatureFileLater(path)).rejects.toThrow(new FeatureFileError(reason));
  });
});
