import type { Camp } from "./camp.ts";
import type { Box } from "./collision/box-set.ts";
import type { Place } from "./collision/collision-world.ts";

// A zone as the bake reads it from a scene: plain data, with the scene nodes' paths for messages to designers.
// Frame: x and z in [0, 512) metres from the zone's north-west corner, y up; -z is north, +x is east.

export const BORDER_SIDES = ["north", "east", "south", "west"] as const;
export type BorderSide = (typeof BORDER_SIDES)[number];

export interface HeightfieldDescription {
  nodePath: string;
  /** Samples along one side, at least 2; 257 at 2 m cover a zone. */
  samplesPerSide: number;
  spacingMeters: number;
  /** Row by row, x first: height of (column, row) at `row * samplesPerSide + column`. See `Heightfield` for the triangles. */
  heights: number[];
}

export interface BoxDescription extends Box {
  nodePath: string;
}

export interface SpawnDescription extends Place {
  nodePath: string;
}

export interface BorderDescription {
  nodePath: string;
  side: BorderSide;
  /** Name of the zone on the other side. */
  neighbour: string;
  auraMeters: number;
}

export interface PointOfInterestDescription {
  nodePath: string;
  name: string;
  x: number;
  y: number;
  z: number;
}

export interface CampDescription extends Camp {
  nodePath: string;
}

export interface ZoneDescription {
  /** 1 to 32 characters: a to z, 0 to 9 and -, beginning with a letter. */
  name: string;
  /** Path of the scene's root. */
  nodePath: string;
  sizeMeters: number;
  heightfield: HeightfieldDescription;
  boxes: BoxDescription[];
  spawns: SpawnDescription[];
  borders: BorderDescription[];
  pointsOfInterest: PointOfInterestDescription[];
  /** Where creatures live, with `--combat on`. */
  camps: CampDescription[];
}

/** Why a zone cannot be used, in words for the designer who looks at the node. */
export interface ZoneProblem {
  nodePath: string;
  /** What was expected, what came, and what to do in the editor. */
  reason: string;
}
