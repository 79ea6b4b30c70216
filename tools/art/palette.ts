/** sRGB, 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number];

/** The one palette of the world. Shaders and the interface repeat these values by name. */
export const palette = {
  sand: hex("d9c08f"),
  grass: hex("7d9450"),
  moss: hex("5f7a45"),
  straw: hex("b9a35c"),
  pine: hex("3d6652"),
  pineLight: hex("5c8560"),
  leaf: hex("86984a"),
  leafGold: hex("c9a24a"),
  bark: hex("6b4e3d"),
  birch: hex("c9bfae"),
  timber: hex("8a6547"),
  timberDark: hex("5a4234"),
  plank: hex("a3825f"),
  plaster: hex("dccaa6"),
  stone: hex("8f8b87"),
  stoneDark: hex("68686e"),
  stoneWarm: hex("a99b87"),
  slate: hex("4f5f6b"),
  roof: hex("a4553d"),
  roofDark: hex("7d4438"),
  thatch: hex("b08d52"),
  iron: hex("3d4147"),
  gold: hex("e0b25a"),
  glow: hex("ffcf70"),
  rune: hex("7fe0d0"),
  sail: hex("e8dcc0"),
  cloth: hex("ffffff"),
  leather: hex("6e4a33"),
  leatherDark: hex("46332b"),
  skin: hex("d9a47c"),
  shadow: hex("2b2833"),
  flower: hex("d98ca6"),
  flowerGold: hex("f0cf65"),
  cloud: hex("fff4e4"),
} as const;

export function hex(text: string): Colour {
  const value = Number.parseInt(text, 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

export function scaleColour([r, g, b]: Colour, factor: number): Colour {
  return [Math.min(1, r * factor), Math.min(1, g * factor), Math.min(1, b * factor)];
}

export function mixColour(from: Colour, to: Colour, amount: number): Colour {
  const mix = (a: number, b: number) => a + (b - a) * amount;
  return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])];
}
