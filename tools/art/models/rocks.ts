import type { MeshBuilder } from "../mesh-builder.ts";
import { palette, scaleColour } from "../palette.ts";

/** A weathered lump, `radius` metres, mossy from above when `moss`. */
export function rock(mesh: MeshBuilder, radius: number, squash: number, moss: boolean): void {
  mesh.faceVariation = 0.09;
  const top = moss ? palette.moss : palette.stoneWarm;
  mesh.blob([0, radius * squash * 0.45, 0], radius, palette.stoneDark, {
    squash,
    roughness: 0.2,
    topColour: scaleColour(top, 1.05),
  });
}

/** A stack that the sea has left standing: three leaning slabs. */
export function seaStack(mesh: MeshBuilder): void {
  mesh.faceVariation = 0.09;
  const pillar = (x: number, z: number, radius: number, top: number) =>
    mesh.place({ at: [x, -3, z] }, () => {
      mesh.frustum({
        bottom: 0,
        top: top * 0.55 + 3,
        bottomRadius: radius * 1.25,
        topRadius: radius,
        sides: 7,
        colour: palette.stoneDark,
        topColour: palette.stone,
        jitter: 0.12,
      });
      mesh.frustum({
        bottom: top * 0.5 + 3,
        top: top + 3,
        bottomRadius: radius * 0.98,
        topRadius: radius * 0.62,
        sides: 7,
        colour: palette.stone,
        topColour: palette.stoneWarm,
        twist: 14,
        jitter: 0.12,
      });
      mesh.frustum({
        bottom: top + 2.9,
        top: top + 3.5,
        bottomRadius: radius * 0.66,
        topRadius: radius * 0.3,
        sides: 7,
        colour: palette.moss,
        topColour: scaleColour(palette.grass, 1.05),
        jitter: 0.1,
      });
    });
  pillar(0, 0, 5, 15);
  pillar(6.5, 2.5, 3.2, 8);
  pillar(-4.8, 4, 2.4, 4.5);
}

/** A standing stone with a carved band that glows: faces with tag 1 are the runes. */
export function standingStone(mesh: MeshBuilder): void {
  mesh.faceVariation = 0.08;
  mesh.place({ roll: 2.5 }, () => {
    mesh.box([0, 0.0, 0], [1.7, 1.2, 1.15], palette.stoneDark, 0.9);
    mesh.box([0, 1.9, 0], [1.36, 2.9, 0.86], palette.stone, [0.84, 0.86]);
    mesh.box([0, 3.75, 0], [1.12, 0.8, 0.72], palette.stoneWarm, [0.45, 0.6]);
    mesh.tag = [1, 0];
    for (const side of [1, -1]) {
      mesh.place({ yaw: side > 0 ? 0 : 180 }, () => {
        mesh.box([0, 2.95, 0.385], [0.1, 0.7, 0.05], palette.rune, 1, 1);
        mesh.box([-0.17, 2.82, 0.385], [0.1, 0.42, 0.05], palette.rune, 1, 1);
        mesh.box([0.17, 2.82, 0.385], [0.1, 0.42, 0.05], palette.rune, 1, 1);
        mesh.box([0, 2.2, 0.415], [0.52, 0.09, 0.05], palette.rune, 1, 1);
      });
    }
    mesh.tag = [0, 0];
  });
}

/** A faceted cloud with a flat belly. */
export function cloud(mesh: MeshBuilder, puffs: number): void {
  mesh.faceVariation = 0.015;
  const { random } = mesh;
  for (let i = 0; i < puffs; i++) {
    const along = (i / (puffs - 1)) * 2 - 1;
    const radius = (1 - Math.abs(along) * 0.55) * (9 + random() * 5);
    mesh.blob([along * puffs * 5.4, radius * 0.28, (random() - 0.5) * 12], radius, scaleColour(palette.cloud, 0.8), {
      squash: 0.5,
      roughness: 0.1,
      topColour: palette.cloud,
      coarse: true,
    });
  }
}
