import { describe, expect, test } from "vitest";
import type { Action } from "../../../../scripts/game/input/actions.ts";
import { type BoundKeys, fightHints, walkHints } from "../../../../scripts/game/interface/hint-words.ts";

function keyboard(bound: Partial<Record<Action, string>>): BoundKeys {
  const of = (action: Action) => bound[action] ?? "";
  return { pad: false, of, ofSlot: (slot) => of(`ability_${slot}` as Action) };
}

const gamepad: BoundKeys = {
  pad: true,
  of: (action) =>
    ({
      ...{ move_forward: "LS up", move_left: "LS left", move_back: "LS down", move_right: "LS right" },
      ...{ look_left: "RS left", look_right: "RS right", look_up: "RS up", look_down: "RS down" },
      ...{ target_next: "Right", ability_row_1: "RB", ability_row_2: "LB", strike: "X" },
    })[action as "strike"] ?? "",
  ofSlot: (slot) => `RB ${["X", "Y", "A", "B", "Up"][slot - 1]}`,
};

const keysOf = (hints: ReturnType<typeof fightHints>, words: string) =>
  hints.find((hint) => hint.words.startsWith(words))?.keys;

describe("hints of the first minute", () => {
  test("name the keys that the player has bound, also those of the fight", () => {
    const texts = keyboard({
      ...{ move_forward: "Z", move_left: "Q", move_back: "S", move_right: "D" },
      ...{ target_next: "Caps", ability_1: "F5", ability_10: "0", free_mouse: "Ctrl" },
    });
    expect(keysOf(walkHints(texts), "walk")).toBe("Z Q S D");
    expect(keysOf(fightHints(texts), "lock on")).toBe("Caps");
    expect(keysOf(fightHints(texts), "abilities")).toBe("F5 … 0");
    expect(keysOf(fightHints(texts), "free the mouse")).toBe("Ctrl");
  });

  test("say nothing of what has no key", () => {
    const texts = keyboard({ ability_1: "1" });
    expect(keysOf(fightHints(texts), "lock on")).toBe("");
    expect(keysOf(fightHints(texts), "abilities")).toBe("1");
  });

  test("name a gamepad's sticks once, and which buttons are held for abilities", () => {
    expect(keysOf(walkHints(gamepad), "walk")).toBe("LS");
    expect(keysOf(walkHints(gamepad), "look")).toBe("RS");
    expect(keysOf(walkHints(gamepad), "strike")).toBe("X");
    expect(keysOf(fightHints(gamepad), "lock on")).toBe("Right");
    expect(keysOf(fightHints(gamepad), "abilities")).toBe("RB / LB + X Y A B Up");
  });
});
