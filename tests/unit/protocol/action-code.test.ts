import { describe, expect, test } from "vitest";
import {
  ACTION_KINDS,
  ACTION_OUTCOMES,
  actionKind,
  actionOutcome,
  kindNumber,
  outcomeNumber,
} from "../../../scripts/protocol/action-code.ts";
import { ActionKind as WireKind } from "../../../scripts/protocol/generated/wire/action-kind.ts";
import { ActionOutcome as WireOutcome } from "../../../scripts/protocol/generated/wire/action-outcome.ts";
import type { ActionKind, ActionOutcome } from "../../../scripts/protocol/messages.ts";

describe("[P113] outcomes and kinds of actions", () => {
  test("have the names and numbers of the schema", () => {
    expect(Object.fromEntries(ACTION_OUTCOMES.map((outcome) => [outcome, outcomeNumber(outcome)]))).toEqual(
      WireOutcome,
    );
    expect(Object.fromEntries(ACTION_KINDS.map((kind) => [kind, kindNumber(kind)]))).toEqual(WireKind);
    for (const outcome of ACTION_OUTCOMES) expect(actionOutcome(outcomeNumber(outcome))).toBe(outcome);
    for (const kind of ACTION_KINDS) expect(actionKind(kindNumber(kind))).toBe(kind);
  });

  test("of later versions read as the harmless ones", () => {
    expect(actionOutcome(250)).toBe("unknown");
    expect(actionKind(250)).toBe("none");
  });

  test("that are none cannot be written", () => {
    expect(() => outcomeNumber("toString" as ActionOutcome)).toThrow(RangeError);
    expect(() => kindNumber("fireball" as ActionKind)).toThrow(/expected one of none, strike, got fireball/);
  });
});
