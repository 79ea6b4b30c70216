import type { Terrain } from "../../../scripts/protocol/snapshot-codec/motion-prediction.ts";
import type { Heightfield } from "../../../scripts/simulation/collision/heightfield.ts";
import { createGroundSample } from "../../../scripts/simulation/collision/heightfield.ts";
import { POSITION_STEPS_PER_METER } from "../../../scripts/simulation/constants.ts";

/** A zone's ground for the codec, rounded up to the lattice as the simulation does with feet. */
export class ZoneTerrain implements Terrain {
  private readonly point = { x: 0.5, z: 0.5 };
  private readonly ground = createGroundSample();

  constructor(private readonly heightfield: Heightfield) {}

  heightSteps(x: number, z: number): number {
    this.point.x = x / POSITION_STEPS_PER_METER;
    this.point.z = z / POSITION_STEPS_PER_METER;
    this.heightfield.sample(this.point, this.ground);
    return Math.ceil(this.ground.heightMeters * POSITION_STEPS_PER_METER) | 0;
  }
}
