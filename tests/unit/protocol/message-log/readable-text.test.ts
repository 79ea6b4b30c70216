import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quotedText, readableText } from "../../../../scripts/protocol/message-log/readable-text.ts";

describe("readableText", () => {
  it("leaves names in any script as they are", () => {
    for (const name of ["Ada", "Zoë", "漢字", "Ω-9", "👩‍🚀".slice(0, 2)]) expect(readableText(name, 24)).toBe(name);
  });

  it.each([
    ["\x1b[2J", "\\u{1b}[2J"],
    ["\u009b31m", "\\u{9b}31m"],
    ["a\r\nb", "a\\u{d}\\u{a}b"],
    ["\u202eadA", "\\u{202e}adA"],
    ["A\u200bda", "A\\u{200b}da"],
    ["\u2028", "\\u{2028}"],
    ["\ud800", "\\u{d800}"],
    ["\ufeff", "\\u{feff}"],
    ["\u3164", "\\u{3164}"],
    ["\u{e0041}", "\\u{e0041}"],
  ])("shows %j by its number", (text, shown) => {
    expect(readableText(text, 24)).toBe(shown);
  });

  it("never lets anything through that a terminal acts upon or that is not seen, and is bounded", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
    );
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 60 }), (text, most) => {
        const readable = readableText(text, most);
        expect(readable).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(readable.isWellFormed()).toBe(true);
        expect([...readable].length).toBeLessThanOrEqual(most * 10 + 1);
      }),
    );
  });

  it("says that a text was cut, and cuts no character in half", () => {
    expect(readableText("😀😀😀", 3)).toBe("😀😀😀");
    expect(readableText("😀😀😀😀", 3)).toBe("😀😀😀…");
    expect(readableText("x".repeat(1_000_000), 3)).toBe("xxx…");
  });
});

describe("quotedText", () => {
  it("ends where its quotation marks are", () => {
    expect(quotedText('Ada" left', 24)).toBe('"Ada\' left"');
  });
});
