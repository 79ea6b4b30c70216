import type { MeshBuilder } from "../mesh-builder.ts";
import { type Colour, mixColour, palette, scaleColour } from "../palette.ts";
import { cut, cutGlowing, part } from "./body-parts.ts";

const shell: Colour = mixColour(palette.roof, palette.flower, 0.22);
const shellTop: Colour = mixColour(palette.roofDark, palette.shadow, 0.25);
const limb: Colour = mixColour(palette.roof, palette.sand, 0.35);
const coral: Colour = mixColour(palette.flower, palette.sail, 0.35);

/** Where its six legs leave the shell, by part: left and right of three pairs. */
const LEGS = [
  { index: part.thighLeft, side: -1, z: -0.28, spread: -0.24 },
  { index: part.shinLeft, side: -1, z: 0.05, spread: 0.04 },
  { index: part.upperArmLeft, side: -1, z: 0.36, spread: 0.3 },
  { index: part.thighRight, side: 1, z: -0.28, spread: -0.24 },
  { index: part.shinRight, side: 1, z: 0.05, spread: 0.04 },
  { index: part.upperArmRight, side: 1, z: 0.36, spread: 0.3 },
] as const;

/** The crab of the reefs, broad and low: 1.6 m from claw to claw, coral on its back, looks to -z, feet at the origin. */
export function reefCrawler(mesh: MeshBuilder): void {
  carapace(mesh, 8);
  cut(mesh, part.torso, false, () => {
    const growths = [
      [-0.26, 0.7, 0.12, 0.34, -22],
      [0.12, 0.76, 0.24, 0.46, 12],
      [0.34, 0.66, -0.02, 0.26, 30],
      [-0.06, 0.76, -0.08, 0.24, -6],
    ] as const;
    for (const [x, y, z, height, roll] of growths) {
      mesh.place({ at: [x, y, z], roll }, () => {
        mesh.beam([0, -0.06, 0], [0, height, 0], 0.11, coral, 0.05);
        mesh.beam([0, height * 0.45, 0], [0.12, height * 0.95, 0.05], 0.07, coral, 0.03);
      });
    }
  });
  for (const leg of LEGS) walkingLeg(mesh, leg, true);
  for (const side of [-1, 1] as const) claw(mesh, side, true);
  eyes(mesh);
}

export function reefCrawlerSimple(mesh: MeshBuilder): void {
  carapace(mesh, 6);
  cut(mesh, part.torso, false, () => {
    mesh.beam([-0.22, 0.62, 0.1], [-0.32, 1.0, 0.14], 0.13, coral, 0.05);
    mesh.beam([0.14, 0.66, 0.2], [0.24, 1.16, 0.24], 0.13, coral, 0.05);
  });
  for (const leg of LEGS) walkingLeg(mesh, leg, false);
  for (const side of [-1, 1] as const) claw(mesh, side, false);
}

export function reefCrawlerDot(mesh: MeshBuilder): void {
  cut(mesh, part.torso, false, () =>
    mesh.frustum({
      ...{ bottom: 0.2, top: 0.74, bottomRadius: 0.72, topRadius: 0.3, sides: 6, caps: true },
      ...{ colour: shell, topColour: shellTop },
    }),
  );
  for (const side of [-1, 1] as const) {
    cut(mesh, side < 0 ? part.forearmLeft : part.forearmRight, false, () =>
      mesh.box([side * 0.5, 0.36, -0.72], [0.24, 0.2, 0.4], limb, 0.6),
    );
  }
}

function carapace(mesh: MeshBuilder, sides: number): void {
  cut(mesh, part.torso, false, () => {
    mesh.place({ at: [0, 0, 0.04], scale: [1.12, 1, 0.88] }, () => {
      mesh.frustum({
        ...{ bottom: 0.26, top: 0.44, bottomRadius: 0.44, topRadius: 0.66, sides },
        ...{ colour: scaleColour(palette.sand, 0.75), topColour: shell, caps: true },
      });
      mesh.frustum({
        ...{ bottom: 0.44, top: 0.76, bottomRadius: 0.66, topRadius: 0.3, sides, jitter: 0.05 },
        ...{ colour: shell, topColour: shellTop, caps: true },
      });
    });
  });
}

function walkingLeg(mesh: MeshBuilder, { index, side, z, spread }: (typeof LEGS)[number], full: boolean): void {
  cut(mesh, index, false, () => {
    mesh.beam([side * 0.5, 0.4, z], [side * 0.86, 0.58, z + spread * 0.6], 0.12, limb, 0.1);
    mesh.beam([side * 0.86, 0.58, z + spread * 0.6], [side * 1.06, 0, z + spread], 0.1, limb, 0.03);
    if (full) mesh.box([side * 0.86, 0.6, z + spread * 0.6], [0.12, 0.1, 0.12], shellTop, 0.6);
  });
}

/** Left and right differ: one crushes, one cuts. */
function claw(mesh: MeshBuilder, side: -1 | 1, full: boolean): void {
  const size = side < 0 ? 1 : 1.3;
  cut(mesh, side < 0 ? part.forearmLeft : part.forearmRight, false, () => {
    mesh.beam([side * 0.42, 0.42, -0.4], [side * 0.62, 0.44, -0.68], 0.14, limb, 0.12);
    mesh.place({ at: [side * 0.6, 0.44, -0.72], yaw: side * 16, scale: size }, () => {
      mesh.box([0, 0, -0.1], [0.26, 0.2, 0.28], shell, [0.85, 0.9]);
      mesh.place({ at: [side * 0.06, 0.03, -0.2], yaw: side * 8 }, () =>
        mesh.beam([0, 0, 0], [0, 0.03, -0.34], 0.15, shell, 0.03),
      );
      if (full) {
        mesh.place({ at: [side * -0.08, -0.02, -0.2], yaw: side * -14 }, () =>
          mesh.beam([0, 0, 0], [0, 0, -0.26], 0.1, scaleColour(shell, 0.8), 0.02),
        );
      }
    });
  });
}

function eyes(mesh: MeshBuilder): void {
  cut(mesh, part.head, false, () => {
    for (const side of [-1, 1]) mesh.beam([side * 0.14, 0.5, -0.5], [side * 0.18, 0.78, -0.6], 0.06, limb, 0.05);
  });
  cutGlowing(mesh, part.head, () => {
    for (const side of [-1, 1]) mesh.box([side * 0.18, 0.82, -0.61], [0.1, 0.1, 0.1], palette.rune, 0.8, 1);
  });
}
