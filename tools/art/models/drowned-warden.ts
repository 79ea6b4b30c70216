import type { MeshBuilder } from "../mesh-builder.ts";
import { type Colour, mixColour, palette, scaleColour } from "../palette.ts";
import { cut, cutGlowing, part } from "./body-parts.ts";

const bone: Colour = mixColour(palette.birch, palette.moss, 0.18);
const kelp: Colour = mixColour(palette.pine, palette.shadow, 0.35);
const kelpLight: Colour = mixColour(palette.moss, palette.pine, 0.4);
const rust: Colour = mixColour(palette.iron, palette.roofDark, 0.5);

/** A guard that the sea gave back: bare bones, kelp, a rusted helmet, an anchor on a pole. Made in the wanderer's size; its material draws it larger. */
export function drownedWarden(mesh: MeshBuilder): void {
  ribs(mesh);
  skull(mesh, true);
  for (const side of [-1, 1] as const) {
    arm(mesh, side);
    leg(mesh, side);
  }
  anchor(mesh, true);
  shroud(mesh, 4);
}

export function drownedWardenSimple(mesh: MeshBuilder): void {
  cut(mesh, part.torso, false, () => {
    mesh.box([0, 1.24, 0], [0.4, 0.42, 0.24], bone, [1.2, 1.05], 0.5);
    mesh.box([0, 0.9, 0], [0.36, 0.26, 0.26], kelp, [0.8, 0.8]);
  });
  skull(mesh, false);
  for (const side of [-1, 1] as const) {
    arm(mesh, side);
    leg(mesh, side);
  }
  anchor(mesh, false);
  shroud(mesh, 2);
}

export function drownedWardenDot(mesh: MeshBuilder): void {
  cut(mesh, part.torso, false, () =>
    mesh.frustum({
      ...{ bottom: 0.6, top: 1.5, bottomRadius: 0.3, topRadius: 0.32, sides: 5, caps: false },
      ...{ colour: kelp, topColour: bone },
    }),
  );
  cut(mesh, part.head, false, () => mesh.box([0, 1.66, 0], [0.26, 0.34, 0.28], bone, 0.8));
  anchor(mesh, false);
  for (const side of [-1, 1] as const) {
    cut(mesh, side < 0 ? part.thighLeft : part.thighRight, false, () =>
      mesh.box([side * 0.12, 0.42, 0], [0.12, 0.84, 0.13], bone),
    );
  }
}

function ribs(mesh: MeshBuilder): void {
  cut(mesh, part.torso, false, () => {
    mesh.box([0, 1.16, 0.06], [0.09, 0.62, 0.09], scaleColour(bone, 0.8));
    mesh.box([0, 0.9, 0], [0.34, 0.14, 0.22], bone, [0.8, 0.9]);
    for (const [y, width] of [
      [1.4, 0.46],
      [1.27, 0.44],
      [1.15, 0.38],
    ] as const) {
      mesh.box([0, y, -0.06], [width, 0.065, 0.22], bone, [0.92, 0.9]);
    }
    // Kelp about the hips, and what is left of its armour.
    mesh.box([0, 0.8, 0], [0.46, 0.24, 0.34], kelp, [0.72, 0.72], 0.6);
    for (const side of [-1, 1])
      mesh.place({ at: [side * 0.3, 1.47, 0], roll: side * -18 }, () =>
        mesh.box([0, 0, 0], [0.26, 0.13, 0.3], rust, 0.65),
      );
  });
}

function skull(mesh: MeshBuilder, full: boolean): void {
  cut(mesh, part.head, false, () => {
    mesh.box([0, 1.64, -0.02], [0.24, 0.24, 0.26], bone, [0.95, 0.95]);
    mesh.box([0, 1.5, -0.07], [0.15, 0.1, 0.15], scaleColour(bone, 0.82), 1.2);
    mesh.frustum({
      ...{ bottom: 1.7, top: 1.86, bottomRadius: 0.175, topRadius: 0.12, sides: 6, caps: true },
      ...{ colour: rust, topColour: palette.iron },
    });
    if (!full) return;
    mesh.box([0, 1.72, 0], [0.37, 0.05, 0.37], rust, 0.95);
    mesh.box([0, 1.84, 0.02], [0.06, 0.14, 0.34], palette.iron, [0.6, 0.8]);
    for (const x of [-0.06, 0.06]) mesh.box([x, 1.645, -0.15], [0.08, 0.07, 0.02], palette.shadow, 1, 1);
    mesh.beam([0.15, 1.62, 0.1], [0.19, 1.3, 0.18], 0.07, kelpLight, 0.02);
    mesh.beam([-0.12, 1.62, 0.12], [-0.16, 1.22, 0.2], 0.08, kelp, 0.02);
  });
  cutGlowing(mesh, part.head, () => {
    for (const x of [-0.06, 0.06]) mesh.box([x, 1.645, -0.163], [0.04, 0.035, 0.012], palette.rune, 1, 1);
  });
}

function arm(mesh: MeshBuilder, side: -1 | 1): void {
  const left = side < 0;
  const x = side * 0.31;
  cut(mesh, left ? part.upperArmLeft : part.upperArmRight, false, () =>
    mesh.box([x, 1.26, 0], [0.09, 0.36, 0.1], bone, 1.15, 0.8),
  );
  cut(mesh, left ? part.forearmLeft : part.forearmRight, false, () => {
    mesh.box([x, 0.97, 0], [0.075, 0.32, 0.085], bone, 1.15, 0.85);
    mesh.box([x, 0.78, -0.02], [0.1, 0.13, 0.13], scaleColour(bone, 0.85));
  });
}

function leg(mesh: MeshBuilder, side: -1 | 1): void {
  const left = side < 0;
  const x = side * 0.115;
  cut(mesh, left ? part.thighLeft : part.thighRight, false, () =>
    mesh.box([x, 0.68, 0], [0.1, 0.44, 0.11], bone, 1.2, 0.85),
  );
  cut(mesh, left ? part.shinLeft : part.shinRight, false, () => {
    mesh.box([x, 0.28, 0], [0.085, 0.44, 0.095], bone, 1.2, 0.85);
    mesh.box([x, 0.05, -0.06], [0.13, 0.09, 0.28], rust, [0.9, 0.8]);
  });
}

/** In the right hand, so it goes with that forearm. */
function anchor(mesh: MeshBuilder, full: boolean): void {
  cut(mesh, part.forearmRight, false, () => {
    mesh.beam([0.33, 0.78, 0.42], [0.33, 0.8, -0.95], 0.065, palette.timberDark);
    mesh.beam([0.33, 0.52, -0.72], [0.33, 0.8, -0.98], 0.08, rust, 0.1);
    mesh.beam([0.33, 1.08, -0.72], [0.33, 0.8, -0.98], 0.08, rust, 0.1);
    if (!full) return;
    mesh.beam([0.33, 0.52, -0.72], [0.33, 0.5, -0.86], 0.13, rust, 0.02);
    mesh.beam([0.33, 1.08, -0.72], [0.33, 1.1, -0.86], 0.13, rust, 0.02);
  });
}

function shroud(mesh: MeshBuilder, columns: number): void {
  cut(mesh, part.cloak, false, () => {
    for (let column = 0; column < columns; column += 1) {
      const from = (column / columns) * 2 - 1;
      const to = ((column + 1) / columns) * 2 - 1;
      const end = 0.5 + (column % 2) * 0.22;
      const outside: [number, number, number][] = [
        [from * 0.38, end, 0.28],
        [to * 0.34, end + 0.06, 0.28],
        [to * 0.27, 1.48, 0.15],
        [from * 0.27, 1.48, 0.15],
      ];
      mesh.face(outside, column % 2 ? kelpLight : kelp);
      mesh.face([...outside].reverse(), scaleColour(kelp, 0.6));
    }
  });
}
