import type { WrittenText } from "../../../scripts/game/hud/hud-texts.ts";
import type { Box } from "./text-contrast.ts";

/** A label or a button on the screen, pixels of the screen. */
export interface ShownControl extends Box {
  text: string;
  button: boolean;
  disabled: boolean;
  /** How high its letters are. */
  pixels: number;
}

/** A cooldown in a frame, as shares of the whole. */
export interface ShownCooldown {
  slot: number;
  /** What is left of it, and what is in the shade on that frame's picture. */
  left: number;
  seen: number;
  /** Ticks by which the shader was told that more time has passed than has. */
  aheadTicks: number;
  lengthTicks: number;
}

/** A name over a head or a text that floats there, on the picture of the frame that drew it: pixels of the screen. */
export interface WorldText extends Box {
  kind: "name" | "float";
  letters: number;
  /** To what is beside its letters; 0 where something else covers them. */
  contrast: number;
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
  /** The same of its parts: in small windows they are larger. */
  partScale: number;
  /** Whether only what matters most is shown, because the window is so small. */
  small: boolean;
  mouseCaptured: boolean;
  paused: boolean;
  /** What has the focus: the node, and what is written on it. */
  focus: string;
  focusText: string;
  focusBox: Box;
  palette: string;
  /** What is written in each part: pixels of these. */
  parts: Record<string, WrittenText[]>;
  screens: Record<string, ShownControl[]>;
  /** Labels that lie under the screens. */
  around: Record<string, ShownControl[]>;
  /** Of the last frame but a few. */
  cooldowns: ShownCooldown[];
  worldTexts: WorldText[];
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

/** All reports, the oldest first. */
export function reportsIn(lines: readonly string[]): GameReport[] {
  return lines.flatMap((text) => (text.startsWith(`${MARK}{`) ? [JSON.parse(text.slice(MARK.length))] : []));
}

/** What is written in a part or on a screen. */
export function textsOf(report: GameReport, part: string): string[] {
  const screen = report.screens[part]?.map(({ text }) => text);
  return screen ?? report.parts[part]?.map(({ text }) => text) ?? [];
}
