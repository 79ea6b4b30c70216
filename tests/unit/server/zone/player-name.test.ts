import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPlayerName, MAX_NAME_CHARACTERS } from "../../../../server/zone/player-name.ts";

describe("checkPlayerName", () => {
  it("trims, and folds runs of white space", () => {
    expect(checkPlayerName("  Ada \t Lovelace ")).toMatchObject({ ok: true, name: "Ada Lovelace" });
  });

  it("counts characters, not UTF-16 units", () => {
    expect(checkPlayerName("🦊".repeat(MAX_NAME_CHARACTERS)).ok).toBe(true);
    expect(checkPlayerName("🦊".repeat(MAX_NAME_CHARACTERS + 1)).ok).toBe(false);
  });

  it.each([
    ["", "empty"],
    [" \n\t ", "empty"],
    ["x".repeat(10_000), "10000"],
    ["a\u0000b", "control"],
    ["a\u200bb", "invisible"],
    ["\u202eevil", "invisible"],
  ])("refuses %j and says why", (raw, word) => {
    expect(checkPlayerName(raw)).toMatchObject({ ok: false, detail: expect.stringContaining(word) });
  });

  it("takes names that differ only by case or compatibility form for the same", () => {
    const keys = ["Ada", "ADA", "Ａda"].map((raw) => {
      const check = checkPlayerName(raw);
      return check.ok ? check.key : undefined;
    });
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toBeDefined();
  });

  it("accepts again what it has accepted, whatever the input", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (raw) => {
        const once = checkPlayerName(raw);
        if (once.ok) expect(checkPlayerName(once.name)).toEqual(once);
        else expect(once.detail).not.toBe("");
      }),
    );
  });
});
