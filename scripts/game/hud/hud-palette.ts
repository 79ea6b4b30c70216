/** Red, green, blue, opacity; sRGB, 0 to 1. */
export type HudColor = readonly [red: number, green: number, blue: number, opacity: number];

/** Palettes that a player can choose: the usual one, and one for each kind of colour blindness. */
export const PALETTE_NAMES = ["default", "deuteranopia", "protanopia", "tritanopia"] as const;
export type PaletteName = (typeof PALETTE_NAMES)[number];

export function isPaletteName(value: unknown): value is PaletteName {
  return PALETTE_NAMES.some((name) => name === value);
}

/**
 * Every colour of what is shown of a fight: frames, bars, marks, texts. No meaning hangs on a colour alone; each has a shape, a place or a word of
 * its own, too.
 */
export interface HudPalette {
  /** Of texts, and of those that matter less. */
  readonly ink: HudColor;
  readonly inkMuted: HudColor;
  /** Around letters, under bars. */
  readonly dark: HudColor;
  readonly panel: HudColor;
  readonly panelEdge: HudColor;
  /** What is chosen, ready, or has the focus. */
  readonly gold: HudColor;
  readonly health: HudColor;
  readonly healthLow: HudColor;
  readonly resource: HudColor;
  readonly absorb: HudColor;
  /** Who somebody is to the player: names, rings, dots on a map. */
  readonly self: HudColor;
  readonly party: HudColor;
  readonly player: HudColor;
  readonly creature: HudColor;
  readonly buff: HudColor;
  readonly debuff: HudColor;
  readonly cast: HudColor;
  readonly channel: HudColor;
  /** Interrupted, refused, out of reach. */
  readonly refused: HudColor;
  /** Floating texts. */
  readonly damage: HudColor;
  readonly damageTaken: HudColor;
  readonly heal: HudColor;
  readonly miss: HudColor;
  readonly critical: HudColor;
}

const shared = {
  ink: [0.97, 0.93, 0.84, 1],
  inkMuted: [0.8235, 0.788, 0.706, 1],
  dark: [0.04, 0.055, 0.07, 0.92],
  panel: [0.0628, 0.0863, 0.1098, 0.84],
  panelEdge: [0.8784, 0.698, 0.3529, 0.45],
  gold: [0.949, 0.796, 0.49, 1],
} as const satisfies Partial<HudPalette>;

/** The greens and reds of the usual palette, as far apart in brightness as in hue. */
const usual: HudPalette = {
  ...shared,
  health: [0.46, 0.72, 0.3, 1],
  healthLow: [0.93, 0.42, 0.25, 1],
  resource: [0.3, 0.56, 0.9, 1],
  absorb: [0.94, 0.93, 0.82, 0.9],
  self: [0.97, 0.93, 0.84, 1],
  party: [0.5, 0.8, 0.98, 1],
  player: [0.7, 0.86, 0.55, 1],
  creature: [0.98, 0.55, 0.42, 1],
  buff: [0.5, 0.8, 0.98, 1],
  debuff: [0.98, 0.47, 0.37, 1],
  cast: [0.95, 0.75, 0.32, 1],
  channel: [0.46, 0.72, 0.95, 1],
  refused: [1, 0.56, 0.47, 1],
  damage: [1, 0.86, 0.45, 1],
  damageTaken: [1, 0.52, 0.42, 1],
  heal: [0.62, 0.92, 0.5, 1],
  miss: [0.82, 0.82, 0.84, 1],
  critical: [1, 0.7, 0.25, 1],
};

/** Without red against green: blue stands for what is good, orange for what is not. */
const blueAndOrange: HudPalette = {
  ...usual,
  gold: [0.96, 0.9, 0.62, 1],
  health: [0.28, 0.62, 0.9, 1],
  healthLow: [0.98, 0.62, 0.16, 1],
  resource: [0.64, 0.56, 0.3, 1],
  absorb: [0.98, 0.9, 0.5, 0.9],
  party: [0.45, 0.75, 1, 1],
  player: [0.86, 0.9, 0.96, 1],
  creature: [1, 0.66, 0.2, 1],
  buff: [0.45, 0.75, 1, 1],
  debuff: [0.95, 0.55, 0.08, 1],
  cast: [0.95, 0.86, 0.5, 1],
  channel: [0.4, 0.68, 0.98, 1],
  refused: [1, 0.6, 0.2, 1],
  damage: [1, 0.9, 0.5, 1],
  damageTaken: [1, 0.62, 0.18, 1],
  heal: [0.48, 0.78, 1, 1],
  miss: [0.84, 0.84, 0.86, 1],
  critical: [1, 0.76, 0.2, 1],
};

const byName: Readonly<Record<PaletteName, HudPalette>> = {
  default: usual,
  deuteranopia: blueAndOrange,
  // Reds are dark to who does not see them: what warns is more yellow.
  protanopia: {
    ...blueAndOrange,
    healthLow: [1, 0.72, 0.2, 1],
    creature: [1, 0.74, 0.28, 1],
    debuff: [0.98, 0.68, 0.12, 1],
    refused: [1, 0.66, 0.16, 1],
    damageTaken: [1, 0.7, 0.24, 1],
  },
  // Without blue against yellow: teal stands for what is good, red for what is not.
  tritanopia: {
    ...usual,
    health: [0.2, 0.7, 0.66, 1],
    healthLow: [0.96, 0.36, 0.34, 1],
    resource: [0.64, 0.5, 0.58, 1],
    absorb: [1, 0.72, 0.72, 0.9],
    party: [0.4, 0.84, 0.86, 1],
    player: [0.88, 0.9, 0.9, 1],
    creature: [1, 0.5, 0.5, 1],
    buff: [0.4, 0.84, 0.86, 1],
    debuff: [0.99, 0.46, 0.47, 1],
    cast: [0.93, 0.68, 0.68, 1],
    channel: [0.42, 0.8, 0.84, 1],
    refused: [1, 0.52, 0.52, 1],
    damage: [1, 0.88, 0.84, 1],
    damageTaken: [1, 0.5, 0.51, 1],
    heal: [0.36, 0.88, 0.84, 1],
    miss: [0.84, 0.84, 0.84, 1],
    critical: [1, 0.7, 0.66, 1],
  },
};

/** The colours of one palette. */
export function paletteOf(name: PaletteName): HudPalette {
  return byName[name];
}

/**
 * The palette in force. Who draws keeps no colour longer than until `revision` changes; who draws in every frame reads `current` anew.
 */
export class HudColors {
  #name: PaletteName = "default";
  #revision = 0;

  get name(): PaletteName {
    return this.#name;
  }

  get current(): HudPalette {
    return byName[this.#name];
  }

  /** Rises with every change. */
  get revision(): number {
    return this.#revision;
  }

  use(name: PaletteName): void {
    if (name === this.#name) return;
    this.#name = name;
    this.#revision += 1;
  }
}

/** One screen, one palette. */
export const hudColors = new HudColors();
