import { isPaletteName, type PaletteName } from "../hud/hud-palette.ts";
import { type Bindings, readBindings } from "../input/bindings.ts";
import { isQuality, type Quality } from "./quality.ts";

/** What the player chose; remembered between runs. */
export interface Settings {
  /** `host:port` of the world to join. */
  address: string;
  /** Name to play under, 1 to 24 characters. */
  playerName: string;
  quality: Quality;
  /** 0 silent to 1 full. */
  volume: number;
  fullScreen: boolean;
  /** 0.2 slow to 3 fast; 1 turns half around in about a hand's width of mouse. */
  mouseSensitivity: number;
  invertY: boolean;
  /** Of the interface of fights, 1 as designed. */
  hudScale: number;
  /** 0.3 to 1. */
  hudOpacity: number;
  /** Of floating texts, 1 as designed. */
  combatTextSize: number;
  /** 0 none to 1. */
  screenShake: number;
  /** Nothing moves for its own sake. */
  reducedMotion: boolean;
  /** The map turns with the view, instead of having north on top. */
  mapTurns: boolean;
  /** Of what is heard of fights, 0 silent to 1; the volume of everything comes on top. */
  fightVolume: number;
  palette: PaletteName;
  /** Keys and buttons that are other ones than usual. */
  bindings: Bindings;
  /** The line that explains the controls was seen to its end. */
  hintsSeen: boolean;
}

export const DEFAULT_ADDRESS = "127.0.0.1:7777";
export const MAX_NAME_LENGTH = 24;
export const MAX_ADDRESS_LENGTH = 255;
export const SENSITIVITY_RANGE = { min: 0.2, max: 3 } as const;

/** Up to where frames and bars have room beside each other in a window of 1280x720, and so in every one. */
export const HUD_SCALE_RANGE = { min: 0.6, max: 1.3 } as const;
export const HUD_OPACITY_RANGE = { min: 0.3, max: 1 } as const;
export const TEXT_SIZE_RANGE = { min: 0.6, max: 2 } as const;

export function defaultSettings(quality: Quality): Settings {
  return {
    address: DEFAULT_ADDRESS,
    playerName: "Wanderer",
    quality,
    volume: 0.7,
    fullScreen: false,
    mouseSensitivity: 1,
    invertY: false,
    hudScale: 1,
    hudOpacity: 1,
    combatTextSize: 1,
    screenShake: 1,
    reducedMotion: false,
    mapTurns: false,
    fightVolume: 1,
    palette: "default",
    bindings: {},
    hintsSeen: false,
  };
}

/**
 * Settings from the text of a file. Every value that is missing, of a wrong type or out of range is the default's; `sound`
 * is false when the text was no JSON object at all.
 */
export function parseSettings(text: string, defaults: Settings): { settings: Settings; sound: boolean } {
  const stored = parseObject(text);
  if (stored === undefined) return { settings: { ...defaults }, sound: false };
  const settings: Settings = {
    address: textWithin(stored.address, MAX_ADDRESS_LENGTH) ?? defaults.address,
    playerName: textWithin(stored.playerName, MAX_NAME_LENGTH) ?? defaults.playerName,
    quality: isQuality(stored.quality) ? stored.quality : defaults.quality,
    volume: numberWithin(stored.volume, 0, 1) ?? defaults.volume,
    fullScreen: flag(stored.fullScreen) ?? defaults.fullScreen,
    mouseSensitivity:
      numberWithin(stored.mouseSensitivity, SENSITIVITY_RANGE.min, SENSITIVITY_RANGE.max) ?? defaults.mouseSensitivity,
    invertY: flag(stored.invertY) ?? defaults.invertY,
    hudScale: numberWithin(stored.hudScale, HUD_SCALE_RANGE.min, HUD_SCALE_RANGE.max) ?? defaults.hudScale,
    hudOpacity: numberWithin(stored.hudOpacity, HUD_OPACITY_RANGE.min, HUD_OPACITY_RANGE.max) ?? defaults.hudOpacity,
    combatTextSize:
      numberWithin(stored.combatTextSize, TEXT_SIZE_RANGE.min, TEXT_SIZE_RANGE.max) ?? defaults.combatTextSize,
    screenShake: numberWithin(stored.screenShake, 0, 1) ?? defaults.screenShake,
    reducedMotion: flag(stored.reducedMotion) ?? defaults.reducedMotion,
    mapTurns: flag(stored.mapTurns) ?? defaults.mapTurns,
    fightVolume: numberWithin(stored.fightVolume, 0, 1) ?? defaults.fightVolume,
    palette: isPaletteName(stored.palette) ? stored.palette : defaults.palette,
    bindings: readBindings(stored.bindings),
    hintsSeen: flag(stored.hintsSeen) ?? defaults.hintsSeen,
  };
  return { settings, sound: true };
}

export function formatSettings(settings: Settings): string {
  return `${JSON.stringify(settings, null, 2)}\n`;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function textWithin(value: unknown, maxLength: number): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  return text.length > 0 && text.length <= maxLength ? text : undefined;
}

function numberWithin(value: unknown, min: number, max: number): number | undefined {
  return typeof value === "number" && value >= min && value <= max ? value : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}
