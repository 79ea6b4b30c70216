import type { Action } from "../input/actions.ts";

/** What a key is called that does something now; empty for none. */
export interface BoundKeys {
  /** Whether the player uses a gamepad. */
  readonly pad: boolean;
  of(action: Action): string;
  ofSlot(slot: number): string;
}

export interface ControlHint {
  readonly keys: string;
  readonly words: string;
}

const WALK: readonly Action[] = ["move_forward", "move_left", "move_back", "move_right"];
const LOOK: readonly Action[] = ["look_left", "look_right", "look_up", "look_down"];
const SLOTS = 10;
const ROW = 5;

/** How to get about. The mouse itself, its left button and its wheel are nobody's to bind. */
export function walkHints(texts: BoundKeys): ControlHint[] {
  const { pad } = texts;
  return [
    { keys: together(WALK, texts), words: "walk" },
    { keys: texts.of("sprint"), words: "sprint" },
    { keys: texts.of("jump"), words: "jump" },
    pad ? { keys: together(LOOK, texts), words: "look" } : { keys: "Mouse", words: "look: click first" },
    { keys: pad ? texts.of("strike") : "Click", words: "strike" },
    { keys: pad ? "" : "Wheel", words: "zoom" },
    { keys: texts.of("pause"), words: "menu" },
  ];
}

/** How to fight. */
export function fightHints(texts: BoundKeys): ControlHint[] {
  return [
    { keys: texts.of("target_next"), words: "lock on" },
    { keys: abilityKeys(texts), words: texts.pad ? "abilities: hold, and press" : "abilities" },
    { keys: texts.of("target_clear"), words: "let go" },
    { keys: texts.pad ? "" : texts.of("free_mouse"), words: "free the mouse" },
    { keys: texts.of("party_menu"), words: "party" },
  ];
}

/** From the first to the last; of a gamepad the buttons that are held for a row, and what is pressed with them. */
function abilityKeys(texts: BoundKeys): string {
  if (!texts.pad) return [texts.ofSlot(1), texts.ofSlot(SLOTS)].filter((key) => key !== "").join(" … ");
  const rows = [texts.of("ability_row_1"), texts.of("ability_row_2")].filter((key) => key !== "");
  if (rows.length === 0) return "";
  const buttons = Array.from(
    { length: ROW },
    (_, i) =>
      texts
        .ofSlot(i + 1)
        .split(" ")
        .at(-1) ?? "",
  );
  return `${rows.join(" / ")} + ${buttons.join(" ")}`;
}

/** The keys of several ways; of one stick its name alone. */
function together(actions: readonly Action[], texts: BoundKeys): string {
  const names = actions.map((action) => texts.of(action)).filter((name) => name !== "");
  const sticks = new Set(names.map((name) => /^([LR]S) /u.exec(name)?.[1]));
  const [stick] = sticks;
  return sticks.size === 1 && stick !== undefined ? stick : names.join(" ");
}
