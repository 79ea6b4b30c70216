import { cosOfYaw, sinOfYaw } from "../trigonometry.ts";
import type { HorizontalPoint } from "./heightfield.ts";

/** A static box, turned about the vertical axis only. Metres; centre and half extents. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly halfX: number;
  readonly halfY: number;
  readonly halfZ: number;
  /** 0 to 65535. */
  readonly yaw: number;
}

/** From the nearest point of a box's footprint to a point, in metres; filled in place. */
export interface FootprintOffset {
  x: number;
  z: number;
  squared: number;
  /** How deep a capsule that was asked about reaches into the box. */
  depth: number;
}

export function createFootprintOffset(): FootprintOffset {
  return { x: 0.5, z: 0.5, squared: 0.5, depth: 0.5 };
}

/** Static boxes as structure of arrays. An upright capsule and an upright box separate into a footprint and a height range. */
export class BoxSet {
  readonly count: number;
  readonly topMeters: Float64Array;
  readonly bottomMeters: Float64Array;
  readonly #x: Float64Array;
  readonly #z: Float64Array;
  readonly #halfX: Float64Array;
  readonly #halfZ: Float64Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(boxes: readonly Box[]) {
    this.count = boxes.length;
    this.topMeters = Float64Array.from(boxes, (box) => box.y + box.halfY);
    this.bottomMeters = Float64Array.from(boxes, (box) => box.y - box.halfY);
    this.#x = Float64Array.from(boxes, (box) => box.x);
    this.#z = Float64Array.from(boxes, (box) => box.z);
    this.#halfX = Float64Array.from(boxes, (box) => box.halfX);
    this.#halfZ = Float64Array.from(boxes, (box) => box.halfZ);
    this.#cos = Float64Array.from(boxes, (box) => cosOfYaw(box.yaw));
    this.#sin = Float64Array.from(boxes, (box) => sinOfYaw(box.yaw));
  }

  top(index: number): number {
    return this.topMeters[index] ?? 0;
  }

  bottom(index: number): number {
    return this.bottomMeters[index] ?? 0;
  }

  /** Offset from the nearest point of box `index`'s footprint to a point; zero inside. */
  footprintOffset(index: number, at: HorizontalPoint, out: FootprintOffset): void {
    const cos = this.#cos[index] ?? 1;
    const sin = this.#sin[index] ?? 0;
    const halfX = this.#halfX[index] ?? 0;
    const halfZ = this.#halfZ[index] ?? 0;
    const relativeX = at.x - (this.#x[index] ?? 0);
    const relativeZ = at.z - (this.#z[index] ?? 0);
    const localX = relativeX * cos - relativeZ * sin;
    const localZ = relativeX * sin + relativeZ * cos;
    const outsideX = localX - Math.min(halfX, Math.max(-halfX, localX));
    const outsideZ = localZ - Math.min(halfZ, Math.max(-halfZ, localZ));
    out.x = outsideX * cos + outsideZ * sin;
    out.z = outsideZ * cos - outsideX * sin;
    out.squared = outsideX * outsideX + outsideZ * outsideZ;
  }

  /** Half width of box `index`'s bounds along x and along z. */
  boundsHalfX(index: number): number {
    return (
      (this.#halfX[index] ?? 0) * Math.abs(this.#cos[index] ?? 1) +
      (this.#halfZ[index] ?? 0) * Math.abs(this.#sin[index] ?? 0)
    );
  }

  boundsHalfZ(index: number): number {
    return (
      (this.#halfX[index] ?? 0) * Math.abs(this.#sin[index] ?? 0) +
      (this.#halfZ[index] ?? 0) * Math.abs(this.#cos[index] ?? 1)
    );
  }

  centerX(index: number): number {
    return this.#x[index] ?? 0;
  }

  centerZ(index: number): number {
    return this.#z[index] ?? 0;
  }
}
