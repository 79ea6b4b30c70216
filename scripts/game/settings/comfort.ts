/**
 * How much of what is shown moves, shakes and how large it is, as the player has set it: whoever draws reads it anew. One screen, one of it.
 */
export interface Comfort {
  /** 0 none to 1. */
  screenShake: number;
  /** Nothing rises, pops or shakes: what happened is told by shapes alone. */
  reducedMotion: boolean;
  /** The map turns with the view, unless motion is reduced. */
  mapTurns: boolean;
  /** Of the interface of fights as it is drawn, 1 as designed: in a small window more than the player has set. */
  hudScale: number;
  /** The window is so small that of the interface only what matters most is shown. */
  small: boolean;
  /** Of floating texts, 1 as designed. */
  combatTextSize: number;
  /** Of what is heard of fights, 0 silent to 1. */
  fightVolume: number;
}

export const comfort: Comfort = {
  screenShake: 1,
  reducedMotion: false,
  mapTurns: false,
  hudScale: 1,
  small: false,
  combatTextSize: 1,
  fightVolume: 1,
};
