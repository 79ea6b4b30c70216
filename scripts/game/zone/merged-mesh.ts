import { ArrayMesh, Color, Mesh, SurfaceTool, type Transform3D, Vector2, Vector3 } from "godot";

/** A mesh's triangles, read once: a position, a normal, a colour and a texture coordinate for each corner. */
interface Corners {
  count: number;
  positions: Float32Array;
  normals: Float32Array;
  colors: Float32Array;
  tags: Float32Array;
}

/** Meshes that were read, so that hundreds of equal things are read from the graphics device once. */
export class MeshCorners {
  readonly #read = new Map<Mesh, Corners>();

  of(mesh: Mesh): Corners {
    let corners = this.#read.get(mesh);
    if (corners === undefined) {
      corners = readCorners(mesh);
      this.#read.set(mesh, corners);
    }
    return corners;
  }
}

/** Many meshes of one material that never move, as one: a draw call for all of them. */
export class MergedMesh {
  readonly #tool = new SurfaceTool();
  readonly #position = new Vector3();
  readonly #normal = new Vector3();
  readonly #color = new Color();
  readonly #tag = new Vector2();

  constructor() {
    this.#tool.begin(Mesh.PRIMITIVE_TRIANGLES);
  }

  /** Adds a mesh where a transform puts it. Its scale must be the same in all directions, or nearly. */
  add(corners: Corners, { basis, origin }: Transform3D): void {
    const { x, y, z } = basis;
    const scale = Math.hypot(x.x, x.y, x.z) || 1;
    const { positions, normals, colors, tags } = corners;
    const tool = this.#tool;
    for (let corner = 0; corner < corners.count; corner += 1) {
      const [px, py, pz] = [positions[corner * 3] ?? 0, positions[corner * 3 + 1] ?? 0, positions[corner * 3 + 2] ?? 0];
      const [nx, ny, nz] = [normals[corner * 3] ?? 0, normals[corner * 3 + 1] ?? 0, normals[corner * 3 + 2] ?? 0];
      this.#normal.x = (x.x * nx + y.x * ny + z.x * nz) / scale;
      this.#normal.y = (x.y * nx + y.y * ny + z.y * nz) / scale;
      this.#normal.z = (x.z * nx + y.z * ny + z.z * nz) / scale;
      this.#color.r = colors[corner * 4] ?? 1;
      this.#color.g = colors[corner * 4 + 1] ?? 1;
      this.#color.b = colors[corner * 4 + 2] ?? 1;
      this.#color.a = colors[corner * 4 + 3] ?? 1;
      this.#tag.x = tags[corner * 2] ?? 0;
      this.#tag.y = tags[corner * 2 + 1] ?? 0;
      this.#position.x = x.x * px + y.x * py + z.x * pz + origin.x;
      this.#position.y = x.y * px + y.y * py + z.y * pz + origin.y;
      this.#position.z = x.z * px + y.z * py + z.z * pz + origin.z;
      tool.set_normal(this.#normal);
      tool.set_color(this.#color);
      tool.set_uv(this.#tag);
      tool.add_vertex(this.#position);
    }
  }

  commit(): ArrayMesh | null {
    this.#tool.index();
    return this.#tool.commit(new ArrayMesh());
  }
}

function readCorners(mesh: Mesh): Corners {
  const all: { positions: number[]; normals: number[]; colors: number[]; tags: number[] } = {
    positions: [],
    normals: [],
    colors: [],
    tags: [],
  };
  let count = 0;
  for (let surface = 0; surface < mesh.get_surface_count(); surface += 1) {
    const arrays = mesh.surface_get_arrays(surface);
    const vertices = (arrays[Mesh.ARRAY_VERTEX] ?? []) as Vector3[];
    const normals = (arrays[Mesh.ARRAY_NORMAL] ?? []) as Vector3[];
    const colors = (arrays[Mesh.ARRAY_COLOR] ?? []) as Color[];
    const tags = (arrays[Mesh.ARRAY_TEX_UV] ?? []) as Vector2[];
    const indices = (arrays[Mesh.ARRAY_INDEX] ?? vertices.keys()) as Iterable<number>;
    for (const index of indices) {
      const [vertex, normal, color, tag] = [vertices[index], normals[index], colors[index], tags[index]];
      all.positions.push(vertex?.x ?? 0, vertex?.y ?? 0, vertex?.z ?? 0);
      all.normals.push(normal?.x ?? 0, normal?.y ?? 1, normal?.z ?? 0);
      all.colors.push(color?.r ?? 1, color?.g ?? 1, color?.b ?? 1, color?.a ?? 1);
      all.tags.push(tag?.x ?? 0, tag?.y ?? 0);
      count += 1;
    }
  }
  return {
    count,
    positions: Float32Array.from(all.positions),
    normals: Float32Array.from(all.normals),
    colors: Float32Array.from(all.colors),
    tags: Float32Array.from(all.tags),
  };
}
