import type { MeshBuilder } from "../mesh-builder.ts";
import { mixColour, palette, scaleColour } from "../palette.ts";

/** A conifer of stacked skirts, `height` metres; a `distant` one has no undersides. */
export function pine(mesh: MeshBuilder, height: number, skirts: number, distant = false): void {
  const { random } = mesh;
  const trunkTop = height * 0.28;
  mesh.frustum({
    bottom: -0.6,
    top: trunkTop,
    bottomRadius: height * 0.045,
    topRadius: height * 0.03,
    sides: distant ? 4 : 6,
    colour: palette.bark,
    caps: false,
  });
  const crownBottom = height * 0.16;
  const step = (height - crownBottom) / (skirts + 0.6);
  for (let i = 0; i < skirts; i++) {
    const amount = i / skirts;
    const bottom = crownBottom + i * step;
    const colour = mixColour(palette.pine, palette.pineLight, amount);
    mesh.place({ at: [(random() - 0.5) * 0.15, 0, (random() - 0.5) * 0.15], yaw: random() * 60 }, () =>
      mesh.frustum({
        bottom,
        top: bottom + step * 1.75,
        bottomRadius: height * 0.23 * (1 - amount * 0.72),
        topRadius: 0,
        sides: distant ? 6 : 7,
        caps: !distant,
        colour: scaleColour(colour, 0.78),
        topColour: scaleColour(colour, 1.16),
        jitter: 0.09,
      }),
    );
  }
}

/** A wind-bent broadleaf tree with three crowns. */
export function windTree(mesh: MeshBuilder, gold: boolean): void {
  const leaf = gold ? palette.leafGold : palette.leaf;
  const crown = (x: number, y: number, z: number, radius: number, coarse = true) =>
    mesh.blob([x, y, z], radius, scaleColour(leaf, 0.72), {
      squash: 0.72,
      roughness: 0.16,
      topColour: scaleColour(leaf, 1.18),
      coarse,
    });
  mesh.beam([0, -0.6, 0], [0.25, 1.7, 0], 0.46, palette.birch, 0.34);
  mesh.beam([0.25, 1.6, 0], [1.0, 3.3, 0.2], 0.34, palette.birch, 0.2);
  mesh.beam([0.3, 1.9, 0], [-0.5, 3.2, -0.5], 0.24, palette.birch, 0.14);
  mesh.beam([0.6, 2.4, 0.1], [1.9, 3.2, -0.4], 0.2, palette.birch, 0.12);
  crown(1.1, 4.0, 0.2, 1.55, false);
  crown(-0.5, 3.5, -0.6, 1.1);
  crown(2.1, 3.5, -0.5, 1.05);
}

/** A low round shrub. */
export function bush(mesh: MeshBuilder): void {
  const shade = (factor: number) => scaleColour(palette.moss, factor);
  mesh.blob([0, 0.35, 0], 0.7, shade(0.7), { squash: 0.75, roughness: 0.16, topColour: shade(1.35), coarse: true });
  mesh.blob([0.55, 0.22, 0.2], 0.45, shade(0.7), {
    squash: 0.75,
    roughness: 0.16,
    topColour: shade(1.3),
    coarse: true,
  });
}

/** A tuft of blades, each one triangle seen from both sides. */
export function grassTuft(
  mesh: MeshBuilder,
  blades: number,
  height: number,
  tip: readonly [number, number, number],
): void {
  const { random } = mesh;
  for (let i = 0; i < blades; i++) {
    const angle = (i / blades) * Math.PI * 2 + random();
    const reach = 0.06 + random() * 0.2;
    const lean = reach + 0.08 + random() * 0.2;
    const tall = height * (0.65 + random() * 0.5);
    const [x, z] = [Math.cos(angle), Math.sin(angle)];
    const side = 0.035 + random() * 0.02;
    const root = scaleColour(palette.grass, 0.66);
    mesh.face(
      [
        [x * reach - z * side, -0.05, z * reach + x * side],
        [x * reach + z * side, -0.05, z * reach - x * side],
        [x * lean, tall, z * lean],
      ],
      [root, root, tip],
    );
  }
}

/** A few stems with bright heads. */
export function flowers(mesh: MeshBuilder): void {
  const { random } = mesh;
  grassTuft(mesh, 5, 0.3, palette.grass);
  for (let i = 0; i < 4; i++) {
    const [x, z] = [(random() - 0.5) * 0.6, (random() - 0.5) * 0.6];
    const y = 0.26 + random() * 0.16;
    const colour = i % 2 ? palette.flower : palette.flowerGold;
    mesh.face(
      [
        [x - 0.012, 0, z],
        [x + 0.012, 0, z],
        [x, y, z],
      ],
      palette.moss,
    );
    mesh.place({ at: [x, y, z] }, () =>
      mesh.frustum({
        bottom: 0,
        top: 0.07,
        bottomRadius: 0.03,
        topRadius: 0.085,
        sides: 5,
        colour: scaleColour(colour, 0.8),
        topColour: colour,
      }),
    );
  }
}
