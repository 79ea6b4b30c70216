import { ArrayMesh, type Color, Mesh, SurfaceTool, Vector3 } from "godot";

/** Above the ground, so that it is seen. */
const LIFT_METERS = 0.15;
const RING_CORNERS = 96;
const RING_WIDTH_METERS = 0.3;

/** A line that is painted on the ground of the editor. */
export interface GroundBand {
  readonly color: Color;
  readonly corners: number;
  /** Offset of a corner's edge, metres; `side` is -1 or 1. */
  edge(corner: number, side: number): { dx: number; dz: number };
}

/** A circle about the origin. */
export function ring(meters: number, color: Color): GroundBand {
  return {
    color,
    corners: meters > 0 ? RING_CORNERS + 1 : 0,
    edge(corner, side) {
      const turn = (corner / RING_CORNERS) * 2 * Math.PI;
      const reach = meters + (side * RING_WIDTH_METERS) / 2;
      return { dx: Math.sin(turn) * reach, dz: Math.cos(turn) * reach };
    },
  };
}

/** Bands that lie on uneven ground: `height` over the origin at an offset, metres. */
export function groundBands(
  bands: readonly GroundBand[],
  height: (dx: number, dz: number) => number,
): ArrayMesh | null {
  const tool = new SurfaceTool();
  tool.begin(Mesh.PRIMITIVE_TRIANGLES);
  let first = 0;
  for (const band of bands) {
    tool.set_color(band.color);
    for (let corner = 0; corner < band.corners; corner += 1) {
      for (const side of [-1, 1]) {
        const { dx, dz } = band.edge(corner, side);
        tool.add_vertex(new Vector3(dx, height(dx, dz) + LIFT_METERS, dz));
      }
    }
    for (let corner = 0; corner < band.corners - 1; corner += 1) {
      const at = first + corner * 2;
      // Both sides: it is looked at from anywhere.
      for (const offset of [0, 1, 2, 1, 3, 2, 0, 2, 1, 1, 2, 3]) tool.add_index(at + offset);
    }
    first += band.corners * 2;
  }
  return tool.commit(new ArrayMesh());
}
