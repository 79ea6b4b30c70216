/** Creatures that one camp can have. */
export const MAX_CAMP_CREATURES = 12;
/** Creatures of all camps of a zone: what a server simulates and tells of besides its players. */
export const MAX_ZONE_CREATURES = 200;

/** Where creatures of one kind live: from a zone's data. Feet, metres. */
export interface Camp {
  /** File name in data/creatures without its end. */
  readonly creature: string;
  /** 1 to `MAX_CAMP_CREATURES`. */
  readonly count: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Posts lie within this about the camp. */
  readonly radiusMeters: number;
  /** Farther from its post than this, a creature gives up and returns. */
  readonly leashMeters: number;
  /** From when a body is gone until the next creature comes, 1 to 65,535. */
  readonly respawnSeconds: number;
}
