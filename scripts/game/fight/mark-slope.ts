import { createGroundSample, type Heightfield } from "../../simulation/collision/heightfield.ts";

/** Steeper than this a mark stands for nothing that one could stand on. */
const MOST_RISE = 1.2;
/** Farther above the ground it lies on something that is built, or in the air, and is level. */
const ON_GROUND_METERS = 0.5;

/** How the ground lies under a mark, by its heights at the mark's rim: the plane that it is drawn in. One object, refilled. */
export class MarkSlope {
  /** The place that is asked about, metres. */
  x = 0.5;
  y = 0.5;
  z = 0.5;
  /** Rise per metre to +x and to +z. */
  riseX = 0.5;
  riseZ = 0.5;
  readonly #at = { x: 0.5, z: 0.5 };
  readonly #ground = createGroundSample();

  /** Looks at the place, as far around it as a mark reaches, metres. */
  look(field: Heightfield, radius: number): void {
    const onGround = Math.abs(this.#height(field, 0, 0) - this.y) < ON_GROUND_METERS;
    this.riseX = onGround ? this.#rise(field, radius, 0) : 0;
    this.riseZ = onGround ? this.#rise(field, 0, radius) : 0;
  }

  #rise(field: Heightfield, dx: number, dz: number): number {
    const rise = (this.#height(field, dx, dz) - this.#height(field, -dx, -dz)) / (2 * (dx + dz));
    return Math.min(Math.max(rise, -MOST_RISE), MOST_RISE);
  }

  #height(field: Heightfield, dx: number, dz: number): number {
    this.#at.x = this.x + dx;
    this.#at.z = this.z + dz;
    field.sample(this.#at, this.#ground);
    return this.#ground.heightMeters;
  }
}
