import type { MeshBuilder } from "../mesh-builder.ts";
import { type Colour, mixColour, palette, scaleColour } from "../palette.ts";
import { cut, part } from "./body-parts.ts";

const cloth: Colour = scaleColour(palette.cloth, 0.92);
const clothDark: Colour = scaleColour(palette.cloth, 0.68);

/** The traveller that every player is: 1.8 m, hooded, cloaked, looks to -z, feet at the origin. */
export function wanderer(mesh: MeshBuilder): void {
  torso(mesh);
  head(mesh);
  for (const side of [-1, 1] as const) {
    arm(mesh, side);
    leg(mesh, side);
  }
  cloak(mesh);
}

function torso(mesh: MeshBuilder): void {
  cut(mesh, part.torso, true, () => {
    mesh.box([0, 1.0, 0], [0.44, 0.2, 0.28], clothDark, [0.9, 0.95]);
    mesh.box([0, 1.27, 0], [0.4, 0.38, 0.27], cloth, [1.22, 1.08]);
    // A tunic skirt hides where the legs join.
    mesh.box([0, 0.8, 0], [0.56, 0.26, 0.4], cloth, [0.76, 0.72], 0.7);
  });
  cut(mesh, part.torso, false, () => {
    mesh.box([0, 0.96, 0], [0.47, 0.09, 0.32], palette.leatherDark);
    mesh.box([0, 0.96, -0.165], [0.1, 0.1, 0.03], palette.gold);
    mesh.beam([-0.2, 0.98, -0.165], [0.19, 1.44, -0.15], 0.065, palette.leather);
    mesh.box([0.27, 0.84, 0.02], [0.12, 0.18, 0.2], palette.leather, 0.85);
    for (const side of [-1, 1])
      mesh.place({ at: [side * 0.27, 1.43, 0], roll: side * -14 }, () =>
        mesh.box([0, 0, 0], [0.2, 0.1, 0.27], palette.leather, 0.7),
      );
    // The sword across the back: what tells front from back at a distance.
    mesh.place({ at: [0, 1.2, 0.27], roll: 32 }, () => {
      mesh.box([0, -0.06, 0], [0.085, 0.86, 0.045], palette.leatherDark);
      mesh.box([0, 0.4, 0], [0.3, 0.05, 0.07], palette.gold);
      mesh.box([0, 0.53, 0], [0.055, 0.22, 0.055], palette.iron);
      mesh.box([0, 0.66, 0], [0.09, 0.08, 0.09], palette.gold);
    });
  });
}

function head(mesh: MeshBuilder): void {
  cut(mesh, part.head, false, () => {
    mesh.box([0, 1.5, -0.01], [0.14, 0.12, 0.14], scaleColour(palette.skin, 0.8));
    mesh.box([0, 1.62, -0.03], [0.23, 0.24, 0.23], palette.skin, 0.95, 0.92);
    mesh.box([0, 1.545, -0.1], [0.19, 0.09, 0.1], palette.leatherDark, 1.1);
    for (const x of [-0.055, 0.055]) mesh.box([x, 1.655, -0.147], [0.035, 0.035, 0.012], palette.shadow, 1, 1);
    mesh.box([0, 1.62, -0.155], [0.035, 0.06, 0.03], scaleColour(palette.skin, 0.9), 0.7);
  });
  cut(mesh, part.head, true, () => {
    mesh.box([0, 1.655, 0.045], [0.34, 0.34, 0.28], cloth, [0.78, 0.82], 0.8);
    mesh.box([0, 1.8, -0.06], [0.31, 0.09, 0.22], cloth, [0.74, 0.8], 0.9);
    for (const side of [-1, 1]) mesh.box([side * 0.15, 1.655, -0.09], [0.055, 0.3, 0.18], clothDark, [0.8, 0.8]);
    mesh.box([0, 1.78, 0.17], [0.18, 0.14, 0.14], clothDark, 0.5);
    mesh.frustum({
      bottom: 1.4,
      top: 1.54,
      bottomRadius: 0.27,
      topRadius: 0.17,
      sides: 8,
      colour: clothDark,
      topColour: cloth,
    });
  });
}

function arm(mesh: MeshBuilder, side: -1 | 1): void {
  const x = side * 0.31;
  const [upper, lower] = side < 0 ? [part.upperArmLeft, part.forearmLeft] : [part.upperArmRight, part.forearmRight];
  cut(mesh, upper, true, () => mesh.box([x, 1.27, 0], [0.15, 0.36, 0.17], cloth, 1.12, 0.85));
  cut(mesh, lower, true, () => mesh.box([x, 1.06, 0], [0.13, 0.14, 0.15], clothDark, 1.05));
  cut(mesh, lower, false, () => {
    mesh.box([x, 0.94, 0], [0.135, 0.18, 0.155], palette.leather, 1.1);
    mesh.box([x, 0.81, -0.01], [0.1, 0.12, 0.13], palette.skin, 1.05);
  });
}

function leg(mesh: MeshBuilder, side: -1 | 1): void {
  const x = side * 0.115;
  const [upper, lower] = side < 0 ? [part.thighLeft, part.shinLeft] : [part.thighRight, part.shinRight];
  const trouser = mixColour(palette.shadow, palette.leather, 0.35);
  cut(mesh, upper, false, () => mesh.box([x, 0.68, 0], [0.18, 0.46, 0.2], trouser, 1.1));
  cut(mesh, lower, false, () => {
    mesh.box([x, 0.39, 0], [0.155, 0.22, 0.18], trouser, 1.1);
    mesh.box([x, 0.21, 0], [0.175, 0.26, 0.2], palette.leatherDark, 1.14);
    mesh.box([x, 0.33, 0], [0.22, 0.05, 0.245], palette.leather);
    mesh.box([x, 0.05, -0.05], [0.175, 0.1, 0.32], palette.leatherDark, [0.9, 0.85]);
  });
}

function cloak(mesh: MeshBuilder): void {
  const rows = [
    { y: 1.46, half: 0.27, z: 0.13, bow: 0.05 },
    { y: 1.14, half: 0.34, z: 0.2, bow: 0.08 },
    { y: 0.78, half: 0.41, z: 0.25, bow: 0.1 },
    { y: 0.4, half: 0.47, z: 0.29, bow: 0.12 },
  ];
  const columns = 4;
  const at = (row: (typeof rows)[number], column: number, depth: number): [number, number, number] => {
    const across = (column / columns) * 2 - 1;
    const ragged = row.y < 0.5 ? (column % 2 ? 0.05 : -0.03) : 0;
    return [
      across * row.half,
      row.y + ragged,
      row.z + row.bow * (1 - across * across) - Math.abs(across) * 0.1 - depth,
    ];
  };
  cut(mesh, part.cloak, true, () => {
    for (let r = 0; r + 1 < rows.length; r++) {
      const [upper, lower] = [rows[r], rows[r + 1]];
      if (!upper || !lower) continue;
      for (let c = 0; c < columns; c++) {
        const tone = scaleColour(palette.cloth, 0.86 - r * 0.08 + (c % 2) * 0.05);
        const outside = [at(lower, c, 0), at(lower, c + 1, 0), at(upper, c + 1, 0), at(upper, c, 0)];
        mesh.face(outside, tone);
        const inside = [at(lower, c, 0.02), at(lower, c + 1, 0.02), at(upper, c + 1, 0.02), at(upper, c, 0.02)];
        mesh.face([...inside].reverse(), scaleColour(tone, 0.55));
      }
    }
  });
}

/** The same one for the middle distance: as few faces as keep the outline and the way the limbs move. */
export function wandererSimple(mesh: MeshBuilder): void {
  cut(mesh, part.torso, true, () => {
    mesh.box([0, 1.24, 0], [0.46, 0.46, 0.28], cloth, [1.15, 1.05]);
    mesh.box([0, 0.84, 0], [0.54, 0.36, 0.38], clothDark, [0.78, 0.74], 0.8);
  });
  cut(mesh, part.torso, false, () => {
    mesh.beam([0.26, 0.9, 0.27], [-0.24, 1.72, 0.27], 0.1, palette.leatherDark, 0.06);
  });
  cut(mesh, part.head, true, () => mesh.box([0, 1.66, 0.02], [0.34, 0.4, 0.36], cloth, [0.74, 0.8], 0.8));
  cut(mesh, part.head, false, () => {
    mesh.face(
      [
        [-0.11, 1.5, -0.17],
        [-0.1, 1.74, -0.165],
        [0.1, 1.74, -0.165],
        [0.11, 1.5, -0.17],
      ],
      palette.skin,
    );
  });
  const trouser = mixColour(palette.shadow, palette.leather, 0.35);
  for (const side of [-1, 1] as const) {
    const left = side < 0;
    const arm = left ? part.upperArmLeft : part.upperArmRight;
    cut(mesh, arm, true, () => mesh.box([side * 0.31, 1.2, 0], [0.15, 0.5, 0.17], cloth, 1.1, 0.75));
    const hand = left ? part.forearmLeft : part.forearmRight;
    cut(mesh, hand, false, () => mesh.box([side * 0.31, 0.89, 0], [0.13, 0.28, 0.15], palette.leather, 1.1));
    const x = side * 0.115;
    const thigh = left ? part.thighLeft : part.thighRight;
    cut(mesh, thigh, false, () => mesh.box([x, 0.68, 0], [0.19, 0.46, 0.2], trouser, 1.1));
    const shin = left ? part.shinLeft : part.shinRight;
    cut(mesh, shin, false, () => mesh.box([x, 0.24, -0.02], [0.19, 0.48, 0.24], palette.leatherDark, 0.9));
  }
  cut(mesh, part.cloak, true, () => {
    const upper: [number, number, number][] = [
      [-0.27, 1.46, 0.13],
      [0.27, 1.46, 0.13],
    ];
    const lower: [number, number, number][] = [
      [-0.45, 0.42, 0.3],
      [0.45, 0.42, 0.3],
    ];
    const [ul, ur] = upper;
    const [ll, lr] = lower;
    if (!ul || !ur || !ll || !lr) return;
    mesh.face([ll, lr, ur, ul], scaleColour(palette.cloth, 0.78));
    mesh.face([ul, ur, lr, ll], scaleColour(palette.cloth, 0.42));
  });
}

/** And for afar, where it is a few pixels high: a cloak, a head, and legs that move. */
export function wandererDot(mesh: MeshBuilder): void {
  cut(mesh, part.torso, true, () =>
    mesh.frustum({
      ...{ bottom: 0.52, top: 1.5, bottomRadius: 0.42, topRadius: 0.27, sides: 5, caps: false },
      ...{ colour: clothDark, topColour: cloth },
    }),
  );
  cut(mesh, part.head, true, () =>
    mesh.frustum({ bottom: 1.42, top: 1.88, bottomRadius: 0.25, topRadius: 0.11, sides: 4, colour: cloth, twist: 10 }),
  );
  const trouser = mixColour(palette.shadow, palette.leather, 0.35);
  for (const side of [-1, 1] as const) {
    cut(mesh, side < 0 ? part.thighLeft : part.thighRight, false, () =>
      mesh.place({ at: [side * 0.12, 0, 0] }, () =>
        mesh.frustum({
          ...{ bottom: 0, top: 0.8, bottomRadius: 0.13, topRadius: 0.13, sides: 3, caps: false },
          colour: trouser,
        }),
      ),
    );
  }
}
