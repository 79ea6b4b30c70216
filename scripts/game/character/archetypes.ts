/** A kind of body. Its meshes are made by tools/art. */
export interface Archetype {
  readonly name: string;
  /** From the feet to where its name stands. */
  readonly plateMeters: number;
  /** Of the ring under it. */
  readonly radiusMeters: number;
}

/** Kinds of bodies by number: players, then creatures by the `id` of their data. Who is of no kind known here looks like a player. */
export const ARCHETYPES: readonly Archetype[] = [
  { name: "wanderer", plateMeters: 2.15, radiusMeters: 0.55 },
  { name: "reef-crawler", plateMeters: 1.35, radiusMeters: 1.0 },
  { name: "gale-wolf", plateMeters: 1.65, radiusMeters: 0.9 },
  { name: "drowned-warden", plateMeters: 2.55, radiusMeters: 0.7 },
];

/** Number of the archetype that is drawn for a number from elsewhere. */
export function knownArchetype(number: number): number {
  return number in ARCHETYPES ? number : 0;
}
