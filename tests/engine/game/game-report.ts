import type { WrittenText } from "../../../scripts/game/hud/hud-texts.ts";
import type { Box } from "./text-contrast.ts";

/** A label or a button on the screen, pixels of the screen. */
export interface ShownControl extends Box {
  text: string;
  button: boolean;
  disabled: boolean;
}

/** A cooldown in a frame, as shares of the whole. */
export interface ShownCooldown {
  slot: number;
  /** What is left of it, and what is in the shade on that frame's picture. */
  left: number;
  seen: number;
}

/** What the network overlay shows. */
export interface ShownOverlay {
  numbers: boolean;
  controls: boolean;
  ghost: boolean;
  warning: string;
  networkRoundTrip: string;
}

/** What `game-watch.script.ts` prints of the game, several times a second. */
export interface GameReport {
  /** Whether there is anything of the interface of fights. */
  visible: boolean;
  /** Pixels of the screen for one of the interface. */
  scale: number;
  mouseCaptured: boolean;
  paused: boolean;
  /** What has the focus: the node, and what is written on it. */
  focus: string;
  focusText: string;
  palette: string;
  /** What is written in each part: pixels of the interface. */
  parts: Record<string, WrittenText[]>;
  screens: Record<string, ShownControl[]>;
  /** Labels that lie under the screens. */
  around: Record<string, ShownControl[]>;
  /** Of the last frame but a few. */
  cooldowns: ShownCooldown[];
  /** Where the chests of the others are, pixels of the screen. */
  others: { name: string; x: number; y: number }[];
  /** How far the map shows the zone, and where it is, pixels of the screen. */
  mapReachMeters: number;
  map: Box;
  /** Buttons of the title and of the menu, by their nodes, and the rows of a list that is open: pixels of the screen, their middles. */
  buttons: Record<string, { x: number; y: number; text: string }>;
  rows: { x: number; y: number; text: string }[];
  /** What the settings of keys say. */
  said: string;
  overlay: ShownOverlay;
}

const MARK = "game ";

/** The line for a report. */
export function writeReport(report: GameReport): string {
  return `${MARK}${JSON.stringify(report)}`;
}

/** The newest report of what a game has printed. */
export function newestReport(lines: readonly string[]): GameReport | undefined {
  const line = lines.findLast((text) => text.startsWith(`${MARK}{`));
  return line === undefined ? undefined : JSON.parse(line.slice(MARK.length));
}

/** What is written in a part or on a screen. */
export function textsOf(report: GameReport, part: string): string[] {
  const screen = report.screens[part]?.map(({ text }) => text);
  return screen ?? report.parts[part]?.map(({ text }) => text) ?? [];
}
