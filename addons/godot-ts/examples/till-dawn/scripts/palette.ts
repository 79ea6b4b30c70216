import { Color } from "godot";

/** Every colour of the game. Amber is you, rose is what hurts, the rest is night turning into day. */
export const palette = {
  ink: new Color("#0b1026"),
  indigo: new Color("#1a2350"),
  slate: new Color("#3d4a7a"),
  mist: new Color("#aab4d8"),
  cream: new Color("#fff1d6"),
  amber: new Color("#ffb84d"),
  rose: new Color("#f0567a"),
  peach: new Color("#ff9e7a"),
};
