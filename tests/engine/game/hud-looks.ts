import { isPaletteName, PALETTE_NAMES, type PaletteName } from "../../../scripts/game/hud/hud-palette.ts";

/** How the interface is looked at: the palette in force, and the size of the window, pixels. */
export interface HudLook {
  readonly palette: PaletteName;
  readonly widthPixels: number;
  readonly heightPixels: number;
}

const USUAL: HudLook = { palette: "default", widthPixels: 1280, heightPixels: 720 };

/**
 * The looks that a text such as `default@1280x720,tritanopia@3840x2160` names; `all` is each palette at both of these sizes, nothing the usual one alone.
 * @throws for a text that names anything else
 */
export function readLooks(text: string | undefined): HudLook[] {
  if (text === undefined || text === "") return [USUAL];
  if (text === "all") {
    return PALETTE_NAMES.flatMap((palette) => [
      { ...USUAL, palette },
      { palette, widthPixels: 3840, heightPixels: 2160 },
    ]);
  }
  return text.split(",").map((look) => {
    const [, palette, width, height] = /^([a-z]+)@(\d+)x(\d+)$/u.exec(look) ?? [];
    if (!isPaletteName(palette) || width === undefined || height === undefined) {
      throw new Error(`expected PALETTE@WIDTHxHEIGHT, PALETTE one of ${PALETTE_NAMES.join(", ")}; got "${look}"`);
    }
    return { palette, widthPixels: Number(width), heightPixels: Number(height) };
  });
}
