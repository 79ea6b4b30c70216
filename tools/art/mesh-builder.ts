import { type Colour, mixColour, scaleColour } from "./palette.ts";
import type { Random } from "./random.ts";

/** A point or a direction: right, up, backwards, metres. */
export type Vec3 = readonly [x: number, y: number, z: number];

/** Where a part goes. Angles in degrees, applied roll, then pitch, then yaw. */
export interface Placement {
  at?: Vec3;
  yaw?: number;
  pitch?: number;
  roll?: number;
  scale?: number | Vec3;
}

/** One corner of a triangle. `tag` travels in the texture coordinates and means what the model's shader says. */
export interface Corner {
  position: Vec3;
  colour: Colour;
  tag: readonly [number, number];
}

type Matrix = readonly [Vec3, Vec3, Vec3, Vec3];

const identity: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [0, 0, 0],
];

/**
 * Collects flat-shaded triangles. Faces are given counter-clockwise seen from outside. Every face gets a slightly other
 * brightness, which is what makes untextured low-poly surfaces look hewn instead of plastic.
 */
export class MeshBuilder {
  readonly triangles: [Corner, Corner, Corner][] = [];
  /** Relative brightness spread of faces, 0 to 1. */
  faceVariation = 0.05;
  tag: readonly [number, number] = [0, 0];
  /** Tags tell the height above the ground instead, divided by 16 m: what sways needs to know it, also where meshes are merged. */
  tagsHeight = false;
  #transform: Matrix = identity;

  constructor(readonly random: Random) {}

  /** Builds parts in a moved, turned and scaled frame. */
  place(placement: Placement, build: () => void): void {
    const outer = this.#transform;
    this.#transform = multiply(outer, matrixOf(placement));
    build();
    this.#transform = outer;
  }

  /** A convex polygon, counter-clockwise seen from outside. One colour, or one per corner. */
  face(points: readonly Vec3[], colour: Colour | readonly Colour[]): void {
    const shade = 1 + (this.random() * 2 - 1) * this.faceVariation;
    const corners = points.map((point, index): Corner => {
      const own = Array.isArray(colour[0]) ? (colour as readonly Colour[])[index] : (colour as Colour);
      const position = apply(this.#transform, point);
      return {
        position,
        colour: scaleColour(own ?? [1, 0, 1], shade),
        tag: this.tagsHeight ? [Math.max(position[1], 0) / 16, 0] : this.tag,
      };
    });
    const [first, ...rest] = corners;
    for (let i = 0; first && i + 1 < rest.length; i++) {
      const [second, third] = [rest[i], rest[i + 1]];
      if (second && third) this.triangles.push([first, second, third]);
    }
  }

  /** A box around `center`; `taper` scales its top in x and z. The lower corners are shaded by `groundShade`. */
  box(
    center: Vec3,
    size: Vec3,
    colour: Colour,
    taper: number | readonly [number, number] = 1,
    groundShade = 0.86,
  ): void {
    const [taperX, taperZ] = typeof taper === "number" ? [taper, taper] : taper;
    const [cx, cy, cz] = center;
    const [hx, hy, hz] = [size[0] / 2, size[1] / 2, size[2] / 2];
    const corner = (sx: number, sy: number, sz: number): Vec3 => {
      const [tx, tz] = sy > 0 ? [taperX, taperZ] : [1, 1];
      return [cx + sx * hx * tx, cy + sy * hy, cz + sz * hz * tz];
    };
    const low = scaleColour(colour, groundShade);
    const side = (a: Vec3, b: Vec3, c: Vec3, d: Vec3) => this.face([a, b, c, d], [low, low, colour, colour]);
    side(corner(-1, -1, 1), corner(1, -1, 1), corner(1, 1, 1), corner(-1, 1, 1));
    side(corner(1, -1, -1), corner(-1, -1, -1), corner(-1, 1, -1), corner(1, 1, -1));
    side(corner(1, -1, 1), corner(1, -1, -1), corner(1, 1, -1), corner(1, 1, 1));
    side(corner(-1, -1, -1), corner(-1, -1, 1), corner(-1, 1, 1), corner(-1, 1, -1));
    this.face([corner(-1, 1, 1), corner(1, 1, 1), corner(1, 1, -1), corner(-1, 1, -1)], scaleColour(colour, 1.06));
    this.face([corner(-1, -1, -1), corner(1, -1, -1), corner(1, -1, 1), corner(-1, -1, 1)], scaleColour(colour, 0.7));
  }

  /** A ring of `sides` faces between two heights, open or closed by caps; `twist` turns the upper ring, degrees. */
  frustum(options: {
    bottom: number;
    top: number;
    bottomRadius: number;
    topRadius: number;
    sides: number;
    colour: Colour;
    topColour?: Colour;
    caps?: boolean;
    twist?: number;
    jitter?: number;
  }): void {
    const { bottom, top, bottomRadius, topRadius, sides, colour, caps = true, twist = 0, jitter = 0 } = options;
    const topColour = options.topColour ?? colour;
    const ring = (y: number, radius: number, turn: number): Vec3[] =>
      Array.from({ length: sides }, (_, i) => {
        const angle = ((i + turn) / sides) * Math.PI * 2;
        const wobble = radius * (1 + (this.random() * 2 - 1) * jitter);
        return [
          Math.cos(angle) * wobble,
          y + (this.random() * 2 - 1) * jitter * radius * 0.5,
          -Math.sin(angle) * wobble,
        ];
      });
    const low = ring(bottom, bottomRadius, 0);
    const high = topRadius > 0 ? ring(top, topRadius, (twist / 360) * sides) : [[0, top, 0] as Vec3];
    for (let i = 0; i < sides; i++) {
      const next = (i + 1) % sides;
      const [a, b] = [low[i], low[next]];
      const c = high[next % high.length];
      const d = high[i % high.length];
      if (!a || !b || !c || !d) continue;
      if (topRadius > 0) this.face([a, b, c, d], [colour, colour, topColour, topColour]);
      else this.face([a, b, d], [colour, colour, topColour]);
    }
    if (!caps) return;
    if (topRadius > 0) this.face(high, scaleColour(topColour, 1.05));
    this.face([...low].reverse(), scaleColour(colour, 0.7));
  }

  /** A lump: an icosahedron, subdivided once unless `coarse`, pushed in and out; `squash` flattens it. */
  blob(
    center: Vec3,
    radius: number,
    colour: Colour,
    options: { squash?: number; roughness?: number; topColour?: Colour; coarse?: boolean } = {},
  ): void {
    const { squash = 1, roughness = 0.12, topColour = colour, coarse = false } = options;
    const displaced = new Map<string, Vec3>();
    const displace = (direction: Vec3): Vec3 => {
      const key = direction.map((value) => value.toFixed(4)).join();
      const known = displaced.get(key);
      if (known) return known;
      const reach = radius * (1 + (this.random() * 2 - 1) * roughness);
      const point: Vec3 = [
        center[0] + direction[0] * reach,
        center[1] + direction[1] * reach * squash,
        center[2] + direction[2] * reach,
      ];
      displaced.set(key, point);
      return point;
    };
    for (const [a, b, c] of coarse ? icosahedron : icosphere) {
      const up = (a[1] + b[1] + c[1]) / 3;
      this.face(
        [displace(a), displace(b), displace(c)],
        mixColour(colour, topColour, Math.max(0, Math.min(1, up * 0.7 + 0.5))),
      );
    }
  }

  /** A gable roof: ridge along x, eaves at `y`, with overhang already in `width` (x) and `depth` (z). */
  gable(center: Vec3, width: number, depth: number, height: number, thickness: number, colour: Colour): void {
    const [cx, y, cz] = center;
    const [hw, hd] = [width / 2, depth / 2];
    const under = scaleColour(colour, 0.6);
    for (const side of [1, -1]) {
      const eave = cz + side * hd;
      const outer: Vec3[] = [
        [cx - hw * side, y, eave],
        [cx + hw * side, y, eave],
        [cx + hw * side, y + height, cz],
        [cx - hw * side, y + height, cz],
      ];
      this.face(outer, [scaleColour(colour, 0.88), scaleColour(colour, 0.88), colour, colour]);
      const inner = outer.map(([px, py, pz]): Vec3 => [px, py - thickness, pz]);
      this.face([...inner].reverse(), under);
      const [o0, o1, o2, o3] = outer;
      const [i0, i1, i2, i3] = inner;
      if (!o0 || !o1 || !o2 || !o3 || !i0 || !i1 || !i2 || !i3) continue;
      this.face([i0, i1, o1, o0], scaleColour(colour, 0.75));
      this.face([i1, i2, o2, o1], scaleColour(colour, 0.8));
      this.face([i3, i0, o0, o3], scaleColour(colour, 0.8));
    }
  }

  /** A straight beam between two points. */
  beam(from: Vec3, to: Vec3, thickness: number, colour: Colour, endThickness = thickness): void {
    const [dx, dy, dz] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
    const flat = Math.hypot(dx, dz);
    const length = Math.hypot(flat, dy);
    const yaw = (Math.atan2(-dz, dx) * 180) / Math.PI;
    const tilt = (Math.atan2(flat, dy) * 180) / Math.PI;
    this.place({ at: from, yaw }, () =>
      this.place({ roll: -tilt }, () =>
        this.box([0, length / 2, 0], [thickness, length, thickness], colour, endThickness / thickness, 0.94),
      ),
    );
  }
}

function matrixOf({ at = [0, 0, 0], yaw = 0, pitch = 0, roll = 0, scale = 1 }: Placement): Matrix {
  const [sx, sy, sz] = typeof scale === "number" ? [scale, scale, scale] : scale;
  const radians = Math.PI / 180;
  const [cy, ny] = [Math.cos(yaw * radians), Math.sin(yaw * radians)];
  const [cp, np] = [Math.cos(pitch * radians), Math.sin(pitch * radians)];
  const [cr, nr] = [Math.cos(roll * radians), Math.sin(roll * radians)];
  const turnYaw: Matrix = [[cy, 0, -ny], [0, 1, 0], [ny, 0, cy], at];
  const turnPitch: Matrix = [
    [1, 0, 0],
    [0, cp, np],
    [0, -np, cp],
    [0, 0, 0],
  ];
  const turnRoll: Matrix = [
    [cr, nr, 0],
    [-nr, cr, 0],
    [0, 0, 1],
    [0, 0, 0],
  ];
  const stretch: Matrix = [
    [sx, 0, 0],
    [0, sy, 0],
    [0, 0, sz],
    [0, 0, 0],
  ];
  return multiply(multiply(multiply(turnYaw, turnPitch), turnRoll), stretch);
}

function rotate(matrix: Matrix, [x, y, z]: Vec3): Vec3 {
  const [a, b, c] = matrix;
  return [a[0] * x + b[0] * y + c[0] * z, a[1] * x + b[1] * y + c[1] * z, a[2] * x + b[2] * y + c[2] * z];
}

function apply(matrix: Matrix, point: Vec3): Vec3 {
  const [x, y, z] = rotate(matrix, point);
  const [tx, ty, tz] = matrix[3];
  return [x + tx, y + ty, z + tz];
}

function multiply(outer: Matrix, inner: Matrix): Matrix {
  return [rotate(outer, inner[0]), rotate(outer, inner[1]), rotate(outer, inner[2]), apply(outer, inner[3])];
}

const icosahedron = icosahedronFaces();
const icosphere = icosahedron.flatMap(subdivided);

function icosahedronFaces(): [Vec3, Vec3, Vec3][] {
  const t = (1 + Math.sqrt(5)) / 2;
  const raw: Vec3[] = [
    [-1, t, 0],
    [1, t, 0],
    [-1, -t, 0],
    [1, -t, 0],
    [0, -1, t],
    [0, 1, t],
    [0, -1, -t],
    [0, 1, -t],
    [t, 0, -1],
    [t, 0, 1],
    [-t, 0, -1],
    [-t, 0, 1],
  ];
  const points = raw.map(normalized);
  const faces = [
    [0, 11, 5],
    [0, 5, 1],
    [0, 1, 7],
    [0, 7, 10],
    [0, 10, 11],
    [1, 5, 9],
    [5, 11, 4],
    [11, 10, 2],
    [10, 7, 6],
    [7, 1, 8],
    [3, 9, 4],
    [3, 4, 2],
    [3, 2, 6],
    [3, 6, 8],
    [3, 8, 9],
    [4, 9, 5],
    [2, 4, 11],
    [6, 2, 10],
    [8, 6, 7],
    [9, 8, 1],
  ];
  return faces.flatMap(([i = 0, j = 0, k = 0]): [Vec3, Vec3, Vec3][] => {
    const [a, b, c] = [points[i], points[j], points[k]];
    return a && b && c ? [[a, b, c]] : [];
  });
}

function subdivided([a, b, c]: [Vec3, Vec3, Vec3]): [Vec3, Vec3, Vec3][] {
  const [ab, bc, ca] = [middle(a, b), middle(b, c), middle(c, a)];
  return [
    [a, ab, ca],
    [b, bc, ab],
    [c, ca, bc],
    [ab, bc, ca],
  ];
}

function normalized([x, y, z]: Vec3): Vec3 {
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}

function middle(a: Vec3, b: Vec3): Vec3 {
  return normalized([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2]);
}
