import { describe, expect, test } from "vitest";
import { AnimationState as WireAnimationState } from "../../../scripts/protocol/generated/wire/animation-state.ts";
import { ReasonCode as WireReasonCode } from "../../../scripts/protocol/generated/wire/reason-code.ts";
import { AnimationState } from "../../../scripts/protocol/messages.ts";
import { REASON_CODES, reasonCode, reasonNumber } from "../../../scripts/protocol/reason-code.ts";
import { reasonText } from "../../../scripts/protocol/reason-text.ts";

describe("[P50] one closed set of reasons", () => {
  test("schema and code hold the same names with the same numbers", () => {
    expect(Object.fromEntries(REASON_CODES.map((code) => [code, reasonNumber(code)]))).toEqual(WireReasonCode);
    for (const code of REASON_CODES) expect(reasonCode(reasonNumber(code))).toBe(code);
  });

  test("a number that is not known reads as internal", () => {
    expect(reasonCode(250)).toBe("internal");
  });

  test("[P52] every reason has a sentence of its own for players, without the code in it", () => {
    const texts = REASON_CODES.map(reasonText);
    expect(new Set(texts).size).toBe(REASON_CODES.length);
    for (const text of texts) expect(text).toMatch(/^[A-Z][^_]*\.$/);
  });
});

test("animation states have the numbers of the schema", () => {
  expect(AnimationState).toEqual(WireAnimationState);
});
