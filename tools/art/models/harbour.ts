import type { MeshBuilder } from "../mesh-builder.ts";
import { palette, scaleColour } from "../palette.ts";

/** One length of the pier: 4 m wide (x), 6 m long (z), deck at 0, piles 4 m down. */
export function pier(mesh: MeshBuilder): void {
  mesh.faceVariation = 0.12;
  for (let i = 0; i < 10; i++) {
    mesh.box(
      [(mesh.random() - 0.5) * 0.1, -0.08, -2.7 + i * 0.6],
      [4 + mesh.random() * 0.16, 0.16, 0.56],
      palette.plank,
      1,
      0.95,
    );
  }
  for (const x of [-1.6, 1.6]) mesh.box([x, -0.28, 0], [0.24, 0.26, 6], palette.timberDark);
  for (const x of [-1.85, 1.85]) {
    for (const z of [-2.6, 2.6]) {
      mesh.place({ at: [x, 0, z] }, () => {
        mesh.frustum({
          bottom: -4,
          top: 0.75,
          bottomRadius: 0.2,
          topRadius: 0.17,
          sides: 6,
          colour: palette.timberDark,
          topColour: palette.timber,
        });
        mesh.frustum({
          bottom: 0.35,
          top: 0.55,
          bottomRadius: 0.21,
          topRadius: 0.21,
          sides: 6,
          colour: palette.thatch,
        });
      });
    }
  }
}

/** A clinker rowing boat, 4.4 m, bow to -z. */
export function boat(mesh: MeshBuilder): void {
  const rows = [
    { z: -2.3, width: 0.04, keel: 0.55, rim: 1.0 },
    { z: -1.5, width: 0.5, keel: 0.12, rim: 0.78 },
    { z: -0.3, width: 0.8, keel: 0, rim: 0.66 },
    { z: 1.0, width: 0.78, keel: 0.02, rim: 0.68 },
    { z: 2.0, width: 0.52, keel: 0.16, rim: 0.78 },
  ];
  for (let i = 0; i + 1 < rows.length; i++) {
    const [a, b] = [rows[i], rows[i + 1]];
    if (!a || !b) continue;
    for (const side of [1, -1]) {
      const strake = (low: number, high: number, colour: typeof palette.timber) => {
        const at = (row: typeof a, level: number): [number, number, number] => [
          side * row.width * (0.3 + 0.7 * Math.sqrt(level)),
          row.keel + (row.rim - row.keel) * level,
          row.z,
        ];
        const points = [at(a, low), at(b, low), at(b, high), at(a, high)];
        const outside = side > 0 ? [...points].reverse() : points;
        mesh.face(outside, colour);
        mesh.face([...outside].reverse(), scaleColour(palette.timberDark, 0.9));
      };
      strake(0.02, 0.35, palette.timberDark);
      strake(0.35, 0.72, palette.timber);
      strake(0.72, 1, palette.roof);
    }
    mesh.face(
      [
        [-a.width * 0.4, a.keel + 0.16, a.z],
        [-b.width * 0.4, b.keel + 0.16, b.z],
        [b.width * 0.4, b.keel + 0.16, b.z],
        [a.width * 0.4, a.keel + 0.16, a.z],
      ],
      palette.plank,
    );
  }
  mesh.face(
    [
      [-0.52, 0.78, 2.0],
      [-0.16, 0.17, 2.0],
      [0.16, 0.17, 2.0],
      [0.52, 0.78, 2.0],
    ],
    palette.timber,
  );
  for (const z of [-0.6, 0.8]) mesh.box([0, 0.5, z], [1.42, 0.07, 0.3], palette.plank);
  mesh.beam([-0.5, 0.66, 1.5], [0.35, 0.74, -1.4], 0.07, palette.plank);
}

/** A cargo crate, 1 m. */
export function crate(mesh: MeshBuilder): void {
  mesh.box([0, 0.5, 0], [0.94, 0.96, 0.94], palette.plank);
  for (const x of [-0.46, 0.46]) {
    for (const z of [-0.46, 0.46]) mesh.box([x, 0.5, z], [0.1, 1, 0.1], palette.timberDark);
  }
  for (const y of [0.05, 0.95]) {
    for (const side of [-0.46, 0.46]) {
      mesh.box([0, y, side], [1, 0.1, 0.1], palette.timberDark);
      mesh.box([side, y, 0], [0.1, 0.1, 1], palette.timberDark);
    }
  }
}

/** A barrel, 1.1 m. */
export function barrel(mesh: MeshBuilder): void {
  const ring = (bottom: number, top: number, low: number, high: number, colour: typeof palette.timber) =>
    mesh.frustum({ bottom, top, bottomRadius: low, topRadius: high, sides: 9, colour, caps: false });
  ring(0, 0.5, 0.34, 0.44, scaleColour(palette.timber, 0.85));
  ring(0.5, 1.06, 0.44, 0.34, palette.timber);
  for (const y of [0.16, 0.8]) ring(y, y + 0.1, 0.42, 0.425, palette.iron);
  mesh.frustum({ bottom: 1.0, top: 1.03, bottomRadius: 0.34, topRadius: 0.34, sides: 9, colour: palette.plank });
}

/** A post with a hanging lantern; faces with tag 1 glow. */
export function lantern(mesh: MeshBuilder): void {
  mesh.box([0, 1.3, 0], [0.17, 3.2, 0.17], palette.timberDark, 0.8);
  mesh.box([0.34, 2.75, 0], [0.9, 0.12, 0.12], palette.timberDark);
  mesh.beam([0.06, 2.25, 0], [0.5, 2.72, 0], 0.08, palette.timberDark);
  mesh.place({ at: [0.66, 2.1, 0] }, () => {
    mesh.frustum({ bottom: 0.4, top: 0.6, bottomRadius: 0.22, topRadius: 0, sides: 6, colour: palette.iron });
    mesh.tag = [1, 0];
    mesh.frustum({ bottom: 0.05, top: 0.4, bottomRadius: 0.13, topRadius: 0.16, sides: 6, colour: palette.glow });
    mesh.tag = [0, 0];
    mesh.frustum({ bottom: -0.02, top: 0.06, bottomRadius: 0.17, topRadius: 0.17, sides: 6, colour: palette.iron });
  });
}

/** A rail fence, 3 m along x. */
export function fence(mesh: MeshBuilder): void {
  for (const x of [-1.45, 0, 1.45]) mesh.box([x, 0.4, 0], [0.15, 1.5, 0.15], palette.timberDark, 0.8);
  mesh.beam([-1.6, 0.9, 0.04], [1.6, 0.84, 0.04], 0.12, palette.timber);
  mesh.beam([-1.6, 0.5, 0.04], [1.6, 0.54, 0.04], 0.12, palette.timber);
}

/** A drying rack with a net and a few fish. */
export function netRack(mesh: MeshBuilder): void {
  for (const x of [-1.5, 1.5]) {
    mesh.beam([x, -0.3, -0.5], [x, 2.2, 0], 0.13, palette.timberDark);
    mesh.beam([x, -0.3, 0.5], [x, 2.2, 0], 0.13, palette.timberDark);
  }
  mesh.beam([-1.8, 2.1, 0], [1.8, 2.1, 0], 0.13, palette.timber);
  for (let i = 0; i < 7; i++) {
    mesh.box([-1.3 + i * 0.43, 1.72, 0.05], [0.16, 0.6, 0.06], i % 2 ? palette.slate : palette.stoneWarm, 0.4);
  }
}
