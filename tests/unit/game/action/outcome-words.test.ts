import { describe, expect, it } from "vitest";
import { outcomeWords } from "../../../../scripts/game/action/outcome-words.ts";
import { ACTION_OUTCOMES } from "../../../../scripts/protocol/action-code.ts";

/** What is seen without words: the hit, the arm that does not move, the air. */
const WORDLESS = ["hit", "cooldown", "no_target"];

describe("what comes of a strike, in words", () => {
  it("is a short sentence for every outcome that is not seen, and never the code", () => {
    for (const outcome of [...ACTION_OUTCOMES, "no_answer"] as const) {
      const words = outcomeWords(outcome, false);
      if (WORDLESS.includes(outcome)) expect(words).toBe("");
      else expect(words, outcome).toMatch(/^[A-Z][^_]{3,60}$/);
    }
  });

  it("says when it was the connection, and not the aim", () => {
    expect(outcomeWords("out_of_range", false)).not.toContain("connection");
    expect(outcomeWords("out_of_range", true)).toContain("connection");
    expect(outcomeWords("out_of_arc", true)).toContain("connection");
  });
});
