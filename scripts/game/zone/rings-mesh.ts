import { ArrayMesh, type Color, Mesh, SurfaceTool, Vector3 } from "godot";

const CORNERS = 96;
/** Above the ground, so that it is seen. */
const LIFT_METERS = 0.15;
/** Of the band that a circle is drawn as. */
const WIDTH_METERS = 0.3;

export interface Ring {
  /** Radius; 0 for none. */
  readonly meters: number;
  readonly color: Color;
}

/** Circles about the origin that lie on uneven ground: `height` over the origin at an offset, metres. */
export function ringsMesh(rings: readonly Ring[], height: (dx: number, dz: number) => number): ArrayMesh | null {
  const tool = new SurfaceTool();
  tool.begin(Mesh.PRIMITIVE_TRIANGLES);
  let first = 0;
  for (const { meters, color } of rings) {
    if (meters <= 0) continue;
    tool.set_color(color);
    for (let corner = 0; corner <= CORNERS; corner += 1) {
      const turn = (corner / CORNERS) * 2 * Math.PI;
      for (const reach of [meters - WIDTH_METERS / 2, meters + WIDTH_METERS / 2]) {
        const dx = Math.sin(turn) * reach;
        const dz = Math.cos(turn) * reach;
        tool.add_vertex(new Vector3(dx, height(dx, dz) + LIFT_METERS, dz));
      }
    }
    for (let corner = 0; corner < CORNERS; corner += 1) {
      const at = first + corner * 2;
      // Both sides: it is looked at from anywhere.
      for (const offset of [0, 1, 2, 1, 3, 2, 0, 2, 1, 1, 2, 3]) tool.add_index(at + offset);
    }
    first += (CORNERS + 1) * 2;
  }
  return tool.commit(new ArrayMesh());
}
