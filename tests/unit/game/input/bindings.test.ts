import { describe, expect, test } from "vitest";
import { ACTIONS, type Action } from "../../../../scripts/game/input/actions.ts";
import {
  type Bindings,
  bindingsOf,
  readBindings,
  rebind,
  type UsualBindings,
} from "../../../../scripts/game/input/bindings.ts";

const usual = Object.fromEntries(
  ACTIONS.map((action, i) => [action, { keys: [`key:${i + 1}`], pad: [`pad:${i}`] }]),
) as unknown as UsualBindings;
const usualKey = (action: Action) => usual[action].keys[0] ?? "";

describe("keys that a player chooses", () => {
  test("hold for the one action and place, and leave all others as they are", () => {
    const { bindings, lost, kept } = rebind("jump", "keys", "mouse:2", {}, usual);
    expect([lost, kept]).toEqual([[], undefined]);
    expect(bindingsOf("jump", "keys", bindings, usual)).toEqual(["mouse:2"]);
    expect(bindingsOf("jump", "pad", bindings, usual)).toEqual(usual.jump.pad);
    for (const other of ACTIONS) {
      if (other !== "jump") expect(bindingsOf(other, "keys", bindings, usual)).toEqual(usual[other].keys);
    }
  });

  test("are taken from whoever had them, who is named, and never belong to two", () => {
    const first = rebind("jump", "keys", usualKey("sprint"), {}, usual);
    expect(first.lost).toEqual(["sprint"]);
    expect(bindingsOf("sprint", "keys", first.bindings, usual)).toEqual([]);
    const second = rebind("ability_1", "keys", usualKey("sprint"), first.bindings, usual);
    expect(second.lost).toEqual(["jump"]);
    const all = ACTIONS.flatMap((action) => bindingsOf(action, "keys", second.bindings, usual));
    expect(new Set(all).size).toBe(all.length);
  });

  test("one of two keys is taken, the other one stays", () => {
    const two = { ...usual, move_left: { keys: ["key:500", "key:501"], pad: [] } };
    const { bindings, lost } = rebind("jump", "keys", "key:500", {}, two);
    expect(lost).toEqual(["move_left"]);
    expect(bindingsOf("move_left", "keys", bindings, two)).toEqual(["key:501"]);
  });

  test("the way out is nobody's to take or to move", () => {
    const before: Bindings = { jump: { keys: "key:77" } };
    const taken = rebind("jump", "keys", usualKey("pause"), before, usual);
    expect([taken.kept, taken.bindings]).toEqual(["pause", before]);
    expect(rebind("pause", "keys", "key:9999", before, usual)).toMatchObject({ kept: "pause", bindings: before });
  });

  test("can be nothing at all", () => {
    const { bindings } = rebind("zoom_in", "pad", "", {}, usual);
    expect(bindingsOf("zoom_in", "pad", bindings, usual)).toEqual([]);
  });
});

test("of a file only what is an action and a binding of its place is read", () => {
  const stored = {
    jump: { keys: "shift+key:65", pad: "axis:5:1" },
    sprint: { keys: "pad:3", pad: "key:65" },
    strike: { keys: "key:1; drop", pad: 7 },
    pause: { keys: "key:65" },
    fly: { keys: "key:65" },
    zoom_in: null,
    zoom_out: { pad: "" },
  };
  expect(readBindings(stored)).toEqual({
    jump: { keys: "shift+key:65", pad: "axis:5:1" },
    zoom_out: { pad: "" },
  });
  for (const none of [undefined, null, "x", 5, []]) expect(readBindings(none)).toEqual({});
});
