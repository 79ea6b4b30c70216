import type { GameClient } from "../../client/game-client.ts";
import type { CharacterFacts } from "../character/character-facts.ts";
import type { ViewFrame } from "../character/view-frame.ts";
import type { BindingTexts } from "../input/binding-texts.ts";
import type { HudPalette } from "./hud-palette.ts";

/** What every part of the interface may look at in a frame. One object, refilled. */
export interface HudFrame {
  client: GameClient;
  /** Of the others: what kind of body somebody has. */
  facts: CharacterFacts;
  /** What the camera sees. */
  view: ViewFrame;
  colors: HudPalette;
  bindings: BindingTexts;
  /** Pixels of the viewport for one of the interface. */
  scale: number;
  /** Steady, seconds: for what flashes and fades. */
  seconds: number;
  /** The slot of the bar under the mouse, 0 for none. */
  hoveredSlot: number;
}
