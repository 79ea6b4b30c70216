import type { BoxSet } from "./box-set.ts";
import type { HorizontalPoint } from "./heightfield.ts";

const CELL_METERS = 4;
/** Boxes are listed in every cell from which a capsule could touch them within a tick: radius, move and push. */
const MARGIN_METERS = 1;

/** Broadphase: which boxes a capsule can touch, by one look-up of the cell that it is in. */
export class BoxGrid {
  /** Boxes by cell; the entries of a cell are `start(cell)` up to, not including, `start(cell + 1)`. */
  readonly #boxes: Int32Array;
  readonly #starts: Int32Array;
  readonly #cellsPerSide: number;

  constructor(boxes: BoxSet, sizeMeters: number) {
    this.#cellsPerSide = Math.ceil(sizeMeters / CELL_METERS);
    const starts = new Int32Array(this.#cellsPerSide * this.#cellsPerSide + 1);
    this.#forEachEntry(boxes, (cell) => {
      starts[cell + 1] = (starts[cell + 1] ?? 0) + 1;
    });
    for (let cell = 1; cell < starts.length; cell++) starts[cell] = (starts[cell] ?? 0) + (starts[cell - 1] ?? 0);
    const next = starts.slice();
    const entries = new Int32Array(starts[starts.length - 1] ?? 0);
    this.#forEachEntry(boxes, (cell, box) => {
      const at = next[cell] ?? 0;
      entries[at] = box;
      next[cell] = at + 1;
    });
    this.#starts = starts;
    this.#boxes = entries;
  }

  /** Entries that the grid of these boxes has: what it costs in memory, for a limit before it is made. */
  static entriesFor(boxes: BoxSet, sizeMeters: number): number {
    const cellsPerSide = Math.ceil(sizeMeters / CELL_METERS);
    const cellsAlong = (halfMeters: number) =>
      Math.min(cellsPerSide, (2 * (halfMeters + MARGIN_METERS)) / CELL_METERS + 1);
    let entries = 0;
    for (let box = 0; box < boxes.count; box++) {
      entries += cellsAlong(boxes.boundsHalfX(box)) * cellsAlong(boxes.boundsHalfZ(box));
    }
    return Math.ceil(entries);
  }

  /** Cell of a point in metres; points outside belong to the nearest cell. */
  cellAt(at: HorizontalPoint): number {
    return this.#line(at.z) * this.#cellsPerSide + this.#line(at.x);
  }

  start(cell: number): number {
    return this.#starts[cell] ?? 0;
  }

  box(entry: number): number {
    return this.#boxes[entry] ?? 0;
  }

  #line(meters: number): number {
    return Math.min(this.#cellsPerSide - 1, Math.max(0, Math.floor(meters / CELL_METERS)));
  }

  #forEachEntry(boxes: BoxSet, visit: (cell: number, box: number) => void): void {
    for (let box = 0; box < boxes.count; box++) {
      const reachX = boxes.boundsHalfX(box) + MARGIN_METERS;
      const reachZ = boxes.boundsHalfZ(box) + MARGIN_METERS;
      const lastRow = this.#line(boxes.centerZ(box) + reachZ);
      const lastColumn = this.#line(boxes.centerX(box) + reachX);
      for (let row = this.#line(boxes.centerZ(box) - reachZ); row <= lastRow; row++) {
        for (let column = this.#line(boxes.centerX(box) - reachX); column <= lastColumn; column++) {
          visit(row * this.#cellsPerSide + column, box);
        }
      }
    }
  }
}
