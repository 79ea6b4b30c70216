import type { WrittenText } from "../../../scripts/game/hud/hud-texts.ts";

/** A label or a button on the screen, pixels of the screen. */
export interface ShownControl {
  text: string;
  button: boolean;
  disabled: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What `hud-watch.script.ts` prints. */
export interface HudReport {
  visible: boolean;
  /** Pixels of the screen for one of the interface. */
  scale: number;
  mouseCaptured: boolean;
  paused: boolean;
  focus: string;
  /** What is written in each part: pixels of the interface. */
  parts: Record<string, WrittenText[]>;
  screens: Record<string, ShownControl[]>;
  /** Where the chests of the others are, pixels of the screen. */
  others: { name: string; x: number; y: number }[];
}
