import type { Corner, MeshBuilder, Vec3 } from "./mesh-builder.ts";

/** The mesh as Wavefront OBJ text with vertex colours (`v x y z r g b`), flat normals, and tags as texture coordinates. */
export function writeObj(name: string, mesh: MeshBuilder): string {
  const positions = new Table();
  const tags = new Table();
  const normals = new Table();
  const faces: string[] = [];
  for (const triangle of mesh.triangles) {
    const normal = normals.index(flatNormal(triangle));
    const corners = triangle.map(({ position, colour, tag }) => {
      return `${positions.index([...position, ...colour])}/${tags.index(tag)}/${normal}`;
    });
    faces.push(`f ${corners.join(" ")}`);
  }
  return [
    `# Made by tools/art. Do not edit.\no ${name}`,
    ...positions.lines("v"),
    ...tags.lines("vt"),
    ...normals.lines("vn"),
    ...faces,
    "",
  ].join("\n");
}

class Table {
  readonly #indices = new Map<string, number>();

  index(values: readonly number[]): number {
    const key = values.map((value) => String(Number(value.toFixed(4)) + 0)).join(" ");
    const index = this.#indices.get(key) ?? this.#indices.size + 1;
    this.#indices.set(key, index);
    return index;
  }

  lines(keyword: string): string[] {
    return [...this.#indices.keys()].map((key) => `${keyword} ${key}`);
  }
}

function flatNormal([a, b, c]: readonly [Corner, Corner, Corner]): Vec3 {
  const u = difference(b.position, a.position);
  const v = difference(c.position, a.position);
  const cross: Vec3 = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
  const length = Math.hypot(...cross) || 1;
  return [cross[0] / length, cross[1] / length, cross[2] / length];
}

function difference(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}
