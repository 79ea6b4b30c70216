import type { ShoreHeights } from "./shore-heights.ts";
import { fractalNoise } from "./value-noise.ts";

/** Indexed triangles of one piece of ground. Colour: red the trail mask, green the meadow's variation, blue unused. */
export interface GridMesh {
  /** x, y, z per vertex, relative to the terrain's corner, metres. */
  positions: Float32Array;
  /** Red and green per vertex, 0 to 1. */
  masks: Float32Array;
  indices: Int32Array;
}

export interface GridOptions {
  originX: number;
  originZ: number;
  cellsX: number;
  cellsZ: number;
  cellMeters: number;
  /** Leaves out cells for which this says so (their corners: west, north, and the cell's size). */
  skip?: (x: number, z: number) => boolean;
  /** Lowers the ground, so that a coarse grid stays under a fine one where they overlap. */
  lowerMeters?: (x: number, z: number) => number;
}

/** Heights of a square grid, row by row from north to south, each row from west to east. `cells + 1` samples a side. */
export function sampleHeights(heights: ShoreHeights, cells: number, cellMeters: number): Float32Array {
  const side = cells + 1;
  const samples = new Float32Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      samples[row * side + column] = heights.ground(column * cellMeters, row * cellMeters);
    }
  }
  return samples;
}

/**
 * A grid as triangles. Every cell is cut from its north-west to its south-east corner, as the simulation's heightfield
 * cuts it, so that what is drawn is what is walked on.
 */
export function buildGrid(heights: ShoreHeights, seed: number, options: GridOptions): GridMesh {
  const { originX, originZ, cellsX, cellsZ, cellMeters, skip, lowerMeters } = options;
  const columns = cellsX + 1;
  const positions = new Float32Array(columns * (cellsZ + 1) * 3);
  const masks = new Float32Array(columns * (cellsZ + 1) * 2);
  const indices: number[] = [];
  for (let row = 0; row <= cellsZ; row++) {
    for (let column = 0; column <= cellsX; column++) {
      const x = originX + column * cellMeters;
      const z = originZ + row * cellMeters;
      const vertex = row * columns + column;
      positions.set([x, heights.ground(x, z) - (lowerMeters?.(x, z) ?? 0), z], vertex * 3);
      masks.set([heights.trail(x, z), fractalNoise(seed + 51, x / 38, z / 38, 3) * 0.5 + 0.5], vertex * 2);
      if (row === cellsZ || column === cellsX || skip?.(x, z)) continue;
      const [northWest, northEast] = [vertex, vertex + 1];
      const [southWest, southEast] = [vertex + columns, vertex + columns + 1];
      indices.push(northWest, northEast, southEast, northWest, southEast, southWest);
    }
  }
  return { positions, masks, indices: Int32Array.from(indices) };
}
