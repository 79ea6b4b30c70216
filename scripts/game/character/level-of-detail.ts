/** Levels of detail of a body, best first. */
export const Level = { full: 0, simple: 1, dot: 2 } as const;
export type Level = (typeof Level)[keyof typeof Level];
export const LEVEL_COUNT = 3;

/** Least height on the screen of a body that is drawn in full, and simply, in pixels of a body of two metres. */
const FULL_PIXELS = 64;
const SIMPLE_PIXELS = 21;
/** A body keeps its level until it is beyond the limit by this share: who walks along a limit does not flicker. */
const KEPT_SHARE = 0.12;
const BODY_METERS = 2;

/**
 * Distances at which bodies change their level of detail, by how large they are on the screen. In a crowd that is more than the machine is
 * meant to draw in full the limits move nearer by and by, and back.
 */
export class LevelOfDetail {
  fullMeters = 0;
  simpleMeters = 0;
  /** Of the body that is asked about. */
  meters = 0;
  #crowding = 1;
  readonly #mostFull: number;
  readonly #mostSimple: number;

  /** How many are to be drawn in full and simply at the most. */
  constructor(mostFull: number, mostSimple: number) {
    this.#mostFull = mostFull;
    this.#mostSimple = mostSimple;
  }

  /** Once per frame: pixels that a metre at a distance of a metre has on the screen, and how many were drawn in the last frame. */
  prepare(pixelsPerMeter: number, seconds: number, fullCount: number, simpleCount: number): void {
    const crowded = fullCount > this.#mostFull || fullCount + simpleCount > this.#mostFull + this.#mostSimple;
    const roomy =
      fullCount < this.#mostFull * 0.85 && fullCount + simpleCount < (this.#mostFull + this.#mostSimple) * 0.85;
    if (crowded) this.#crowding = Math.max(0.15, this.#crowding * (1 - Math.min(0.5, seconds)));
    else if (roomy) this.#crowding = Math.min(1, this.#crowding * (1 + Math.min(0.5, seconds)));
    const scale = pixelsPerMeter * BODY_METERS * this.#crowding;
    this.fullMeters = scale / FULL_PIXELS;
    this.simpleMeters = scale / SIMPLE_PIXELS;
  }

  /** The level of a body at a distance of `meters`, which has had another one until now. */
  levelAt(before: number): Level {
    const { meters } = this;
    const full = this.fullMeters * (before === Level.full ? 1 + KEPT_SHARE : 1);
    if (meters < full) return Level.full;
    const simple = this.simpleMeters * (before === Level.dot ? 1 : 1 + KEPT_SHARE);
    return meters < simple ? Level.simple : Level.dot;
  }
}
