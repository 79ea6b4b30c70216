import type { CombatTextKind } from "../../client/combat/view/combat-text.ts";
import { PlateShape } from "../character/plate-buffer.ts";
import type { HudPalette } from "../hud/hud-palette.ts";

/** How a kind of text looks, besides its colour: no two are told apart by that alone. */
export interface TextStyle {
  /** Before the number or the word; `bar` for nothing. */
  readonly shape: PlateShape;
  /** Of the usual size. */
  readonly size: number;
  /** What is written: the number, the label, or this word. */
  readonly says: "amount" | "label" | "word";
  readonly word: string;
  readonly color: keyof HudPalette;
}

const STYLES: Readonly<Record<CombatTextKind, TextStyle>> = {
  damage: { shape: PlateShape.bar, size: 1, says: "amount", word: "", color: "damage" },
  heal: { shape: PlateShape.plus, size: 1, says: "amount", word: "", color: "heal" },
  miss: { shape: PlateShape.bar, size: 0.8, says: "word", word: "Miss", color: "miss" },
  absorbed: { shape: PlateShape.shield, size: 0.85, says: "amount", word: "", color: "absorb" },
  blocked: { shape: PlateShape.shield, size: 0.85, says: "word", word: "Block", color: "absorb" },
  refused: { shape: PlateShape.bar, size: 0.8, says: "label", word: "", color: "refused" },
  interrupted: { shape: PlateShape.diamond, size: 0.85, says: "word", word: "Interrupted", color: "refused" },
  buff: { shape: PlateShape.plus, size: 0.72, says: "label", word: "", color: "buff" },
  debuff: { shape: PlateShape.diamond, size: 0.72, says: "label", word: "", color: "debuff" },
  death: { shape: PlateShape.diamond, size: 1.1, says: "word", word: "Dead", color: "damageTaken" },
};

/** What is done to the player stands beside its body, to the right of such a height, and sinks: the place over its head is the target's. */
export const TAKEN_TEXTS = { meters: 1.1, asidePixels: 84, halfWidthPixels: 48, sinkPixels: 70 } as const;

/** The words among them. */
export const COMBAT_TEXT_WORDS: readonly string[] = Object.values(STYLES).map(({ word }) => word);

const CRITICAL_SIZE = 1.55;
const PERIODIC_SIZE = 0.74;
const STRANGER_SIZE = 0.7;

export function styleOf(kind: CombatTextKind): TextStyle {
  return STYLES[kind];
}

/** Of the usual size of a text. */
export function sizeOf(kind: CombatTextKind, critical: boolean, periodic: boolean, own: boolean): number {
  const how = (critical ? CRITICAL_SIZE : 1) * (periodic ? PERIODIC_SIZE : 1) * (own ? 1 : STRANGER_SIZE);
  return STYLES[kind].size * how;
}
