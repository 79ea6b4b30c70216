import { KILL_DEPTH_METERS } from "../constants.ts";
import { BoxGrid } from "./box-grid.ts";
import { type Box, BoxSet } from "./box-set.ts";
import { createGroundSample, type Heightfield } from "./heightfield.ts";
import { createScratch, type Scratch } from "./scratch.ts";

/** A place to stand: feet in metres on the position lattice, yaw 0 to 65535. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
}

/**
 * Everything in a zone that does not move. Read-only but for the scratch, which makes the queries free of
 * allocation; one world therefore serves one thread.
 */
export class CollisionWorld {
  readonly sizeMeters: number;
  readonly heightfield: Heightfield;
  readonly boxes: BoxSet;
  readonly grid: BoxGrid;
  readonly spawns: readonly Place[];
  /** Below this height nothing is left to stand on. */
  readonly killHeightMeters: number;

  readonly scratch: Scratch = createScratch();

  constructor(sizeMeters: number, heightfield: Heightfield, boxes: readonly Box[], spawns: readonly Place[]) {
    this.sizeMeters = sizeMeters;
    this.heightfield = heightfield;
    this.boxes = new BoxSet(boxes);
    this.grid = new BoxGrid(this.boxes, sizeMeters);
    this.spawns = spawns;
    this.killHeightMeters = heightfield.lowestMeters - KILL_DEPTH_METERS;
  }

  /** Height of the ground, without boxes, at a point; metres. For set-up and tests: it allocates. */
  groundHeight(x: number, z: number): number {
    const ground = createGroundSample();
    this.heightfield.sample({ x, z }, ground);
    return ground.heightMeters;
  }
}
