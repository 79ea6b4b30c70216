import type { MeshBuilder, Vec3 } from "../mesh-builder.ts";
import { type Colour, mixColour, palette, scaleColour } from "../palette.ts";
import { cut, cutGlowing, part } from "./body-parts.ts";

const fur: Colour = mixColour(palette.slate, palette.stone, 0.35);
const back: Colour = mixColour(palette.slate, palette.shadow, 0.45);
const pale: Colour = mixColour(palette.cloud, palette.stone, 0.4);

/** The wolf of the windy heights: 0.95 m at the mane, lean behind, looks to -z, feet at the origin. */
export function galeWolf(mesh: MeshBuilder): void {
  body(mesh, true);
  mane(mesh);
  head(mesh, true);
  for (const side of [-1, 1] as const) legs(mesh, side, true);
  tail(mesh);
}

export function galeWolfSimple(mesh: MeshBuilder): void {
  body(mesh, false);
  head(mesh, false);
  for (const side of [-1, 1] as const) legs(mesh, side, false);
  tail(mesh);
}

export function galeWolfDot(mesh: MeshBuilder): void {
  cut(mesh, part.torso, false, () => mesh.box([0, 0.66, 0.08], [0.32, 0.4, 1.15], fur, [0.8, 0.95], 0.7));
  cut(mesh, part.head, false, () => mesh.box([0, 0.95, -0.72], [0.24, 0.3, 0.5], pale, [0.7, 0.5]));
  for (const side of [-1, 1] as const) {
    cut(mesh, side < 0 ? part.upperArmLeft : part.upperArmRight, false, () =>
      mesh.box([side * 0.13, 0.26, -0.32], [0.12, 0.52, 0.14], back),
    );
    cut(mesh, side < 0 ? part.thighLeft : part.thighRight, false, () =>
      mesh.box([side * 0.12, 0.26, 0.48], [0.12, 0.52, 0.16], back),
    );
  }
}

function body(mesh: MeshBuilder, full: boolean): void {
  cut(mesh, part.torso, false, () => {
    mesh.place({ at: [0, 0.7, -0.22], pitch: -6 }, () =>
      mesh.box([0, 0, 0], [0.36, 0.44, 0.56], fur, [0.72, 0.94], 0.72),
    );
    mesh.place({ at: [0, 0.7, 0.3], pitch: 5 }, () => mesh.box([0, 0, 0], [0.27, 0.3, 0.66], fur, [0.75, 0.95], 0.75));
    mesh.place({ at: [0, 0.69, 0.5] }, () => mesh.box([0, 0, 0], [0.33, 0.34, 0.3], fur, [0.7, 0.8], 0.75));
    if (!full) return;
    mesh.box([0, 0.5, -0.24], [0.24, 0.07, 0.4], pale, 1.1);
    mesh.place({ at: [0, 0.9, 0.12], pitch: 2 }, () => mesh.box([0, 0, 0], [0.14, 0.07, 0.95], back, [0.5, 0.95]));
  });
}

/** Tufts that stand up along the neck, as if the wind always came from before it. */
function mane(mesh: MeshBuilder): void {
  cut(mesh, part.cloak, false, () => {
    const tufts: [at: Vec3, reach: Vec3, colour: Colour][] = [
      [[0, 0.94, -0.46], [0, 0.17, 0.24], pale],
      [[0.09, 0.9, -0.38], [0.07, 0.14, 0.26], back],
      [[-0.09, 0.9, -0.38], [-0.07, 0.14, 0.26], back],
      [[0.14, 0.78, -0.42], [0.09, 0.03, 0.3], pale],
      [[-0.14, 0.78, -0.42], [-0.09, 0.03, 0.3], pale],
      [[0, 0.9, -0.2], [0, 0.1, 0.28], back],
    ];
    for (const [[x, y, z], [dx, dy, dz], colour] of tufts) {
      mesh.beam([x, y, z], [x + dx, y + dy, z + dz], 0.2, colour, 0.03);
    }
  });
}

function head(mesh: MeshBuilder, full: boolean): void {
  cut(mesh, part.head, false, () => {
    mesh.beam([0, 0.78, -0.4], [0, 0.98, -0.66], 0.26, fur, 0.22);
    mesh.box([0, 1.0, -0.72], [0.27, 0.25, 0.28], fur, [0.8, 0.85], 0.85);
    mesh.box([0, 0.95, -0.95], [0.14, 0.13, 0.28], pale, [0.8, 0.9]);
    for (const side of [-1, 1]) mesh.beam([side * 0.09, 1.1, -0.66], [side * 0.12, 1.28, -0.6], 0.1, back, 0.02);
    if (!full) return;
    mesh.box([0, 1.0, -1.1], [0.07, 0.05, 0.04], palette.shadow);
    mesh.box([0, 0.86, -0.9], [0.11, 0.05, 0.24], scaleColour(fur, 0.7));
    for (const side of [-1, 1]) {
      mesh.beam([side * 0.045, 0.89, -1.06], [side * 0.045, 0.8, -1.05], 0.025, palette.sail, 0.008);
      mesh.beam([side * 0.12, 0.95, -0.68], [side * 0.2, 0.86, -0.56], 0.12, pale, 0.02);
    }
  });
  if (full) {
    cutGlowing(mesh, part.head, () => {
      for (const side of [-1, 1]) mesh.box([side * 0.085, 1.04, -0.862], [0.05, 0.03, 0.02], palette.rune, 1, 1);
    });
  }
}

function legs(mesh: MeshBuilder, side: -1 | 1, full: boolean): void {
  const left = side < 0;
  const fore = side * 0.14;
  cut(mesh, left ? part.upperArmLeft : part.upperArmRight, false, () =>
    mesh.box([fore, 0.52, -0.32], [0.13, 0.36, 0.19], fur, [1.1, 1.15], 0.85),
  );
  cut(mesh, left ? part.forearmLeft : part.forearmRight, false, () => {
    mesh.box([fore, 0.2, -0.32], [0.095, 0.32, 0.11], back, 1.15);
    if (full) mesh.box([fore, 0.04, -0.36], [0.13, 0.08, 0.19], pale, 0.85);
  });
  const hind = side * 0.13;
  cut(mesh, left ? part.thighLeft : part.thighRight, false, () =>
    mesh.place({ at: [hind, 0.54, 0.48], pitch: 14 }, () =>
      mesh.box([0, 0, 0], [0.14, 0.4, 0.26], fur, [1.05, 1.2], 0.85),
    ),
  );
  cut(mesh, left ? part.shinLeft : part.shinRight, false, () => {
    mesh.beam([hind, 0.4, 0.5], [hind, 0.24, 0.62], 0.1, back);
    mesh.beam([hind, 0.27, 0.62], [hind, 0.02, 0.54], 0.09, back);
    if (full) mesh.box([hind, 0.04, 0.5], [0.12, 0.08, 0.18], pale, 0.85);
  });
}

function tail(mesh: MeshBuilder): void {
  cut(mesh, part.cloak, false, () => {
    mesh.beam([0, 0.78, 0.6], [0, 0.66, 0.86], 0.12, fur, 0.19);
    mesh.beam([0, 0.67, 0.85], [0, 0.5, 1.14], 0.19, pale, 0.03);
  });
}
