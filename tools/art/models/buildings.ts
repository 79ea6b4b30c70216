import type { MeshBuilder } from "../mesh-builder.ts";
import { type Colour, palette, scaleColour } from "../palette.ts";

/** Tag of faces that glow: lit windows and lantern panes. */
const glowing = [1, 0] as const;
const plain = [0, 0] as const;

function windowPane(mesh: MeshBuilder, x: number, y: number, z: number, width = 0.7): void {
  mesh.box([x, y, z], [width + 0.22, 1.02, 0.1], palette.timberDark);
  mesh.tag = glowing;
  mesh.box([x, y, z + 0.02], [width, 0.8, 0.1], palette.glow, 1, 1);
  mesh.tag = plain;
  mesh.box([x, y, z + 0.045], [0.07, 0.8, 0.08], palette.timberDark);
  mesh.box([x, y, z + 0.045], [width, 0.07, 0.08], palette.timberDark);
}

function door(mesh: MeshBuilder, x: number, z: number): void {
  mesh.box([x, 1.05, z], [1.36, 2.26, 0.16], palette.timberDark);
  for (let i = 0; i < 4; i++) mesh.box([x - 0.39 + i * 0.26, 1.0, z + 0.06], [0.24, 2.0, 0.12], palette.timber);
  mesh.box([x + 0.34, 1.0, z + 0.13], [0.08, 0.14, 0.06], palette.gold);
  mesh.box([x, 0.06, z + 0.5], [1.7, 0.2, 0.9], palette.stone);
}

/** A half-timbered fisher's cottage of `width` x `depth` metres; walls 2.6 m high, ridge along x, door to +z. */
export function cottage(mesh: MeshBuilder, width: number, depth: number, roof: Colour): void {
  const wall = 2.6;
  const [hw, hd] = [width / 2, depth / 2];
  const rise = depth * 0.52;
  mesh.box([0, -0.35, 0], [width + 0.3, 1.5, depth + 0.3], palette.stoneDark, 0.985);
  mesh.box([0, 1.4, 0], [width, 2.4, depth], palette.plaster, 1, 0.8);
  for (const x of [-hw, hw]) {
    for (const z of [-hd, hd]) mesh.box([x, 1.5, z], [0.26, 2.3, 0.26], palette.timberDark);
  }
  for (const z of [-hd, hd]) {
    mesh.box([0, wall - 0.02, z], [width + 0.2, 0.24, 0.24], palette.timberDark);
    for (const x of [-hw * 0.42, hw * 0.42]) mesh.box([x, 1.5, z], [0.18, 2.2, 0.16], palette.timberDark);
  }
  for (const x of [-hw, hw]) {
    const out = Math.sign(x);
    const gableWall: [number, number, number][] = [
      [x, wall, -hd * out * -1],
      [x, wall, hd * out * -1],
      [x, wall + rise - 0.1, 0],
    ];
    mesh.face(gableWall, scaleColour(palette.plaster, 0.94));
    mesh.box([x, wall, 0], [0.2, 0.22, depth], palette.timberDark);
    mesh.box([x + out * 0.02, wall + rise * 0.42, 0], [0.16, rise * 0.8, 0.18], palette.timberDark);
    mesh.beam([x + out * 0.03, 0.5, -hd * 0.95], [x + out * 0.03, wall, -hd * 0.15], 0.16, palette.timberDark);
    mesh.beam([x + out * 0.03, 0.5, hd * 0.95], [x + out * 0.03, wall, hd * 0.15], 0.16, palette.timberDark);
  }
  mesh.gable([0, wall - 0.32, 0], width + 1.1, depth + 1.3, rise + 0.62, 0.24, roof);
  // Rows of tiles: thin steps down both slopes, only to break the surface.
  for (let row = 1; row < 5; row++) {
    const amount = row / 5;
    for (const side of [1, -1]) {
      const z = side * (hd + 0.65) * (1 - amount);
      mesh.box(
        [0, wall - 0.3 + (rise + 0.62) * amount, z],
        [width + 1.14, 0.1, 0.16],
        scaleColour(roof, 0.84 + 0.04 * row),
      );
    }
  }
  mesh.box([0, wall + rise + 0.3, 0], [width + 1.2, 0.2, 0.3], scaleColour(roof, 0.72));
  mesh.box([hw * 0.55, wall + rise * 0.75, -hd * 0.35], [0.8, rise * 1.3, 0.8], palette.stone, 0.9);
  mesh.box([hw * 0.55, wall + rise * 1.42, -hd * 0.35], [0.94, 0.22, 0.94], palette.stoneDark);
  door(mesh, -hw * 0.1, hd + 0.02);
  windowPane(mesh, hw * 0.55, 1.65, hd + 0.02);
  windowPane(mesh, -hw * 0.68, 1.65, hd + 0.02);
  mesh.place({ yaw: 180 }, () => windowPane(mesh, 0, 1.65, hd + 0.02));
  mesh.place({ yaw: 90 }, () => windowPane(mesh, 0, 1.65, hw + 0.02));
}

function courses(
  mesh: MeshBuilder,
  width: number,
  height: number,
  depth: number,
  stones: number,
  colour: Colour,
): void {
  const rows = Math.round(height / 0.7);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < stones; i++) {
      const w = width / stones;
      const shift = row % 2 ? w * 0.25 : -w * 0.25;
      const x = Math.max(-width / 2 + w * 0.3, Math.min(width / 2 - w * 0.3, -width / 2 + w * (i + 0.5) + shift));
      const tone = scaleColour(colour, 0.88 + mesh.random() * 0.24);
      mesh.box([x, (row + 0.5) * 0.7, 0], [w * 0.98, 0.69, depth * (0.96 + mesh.random() * 0.08)], tone, 0.99, 0.9);
    }
  }
}

/** A broken wall, 6 m long, up to 3.5 m high, 1 m thick, that steps down to +x. */
export function wallRuin(mesh: MeshBuilder): void {
  mesh.faceVariation = 0.07;
  mesh.box([0, -0.6, 0], [6.2, 1.4, 1.15], palette.stoneDark, 0.98);
  mesh.place({ at: [-2, 0, 0] }, () => courses(mesh, 2, 3.5, 1, 2, palette.stone));
  mesh.place({ at: [0, 0, 0] }, () => courses(mesh, 2, 2.1, 1, 2, palette.stoneWarm));
  mesh.place({ at: [2, 0, 0] }, () => courses(mesh, 2, 1.4, 1, 2, palette.stone));
  mesh.box([-2.6, 3.62, 0], [0.8, 0.4, 0.94], palette.stoneDark, 0.8);
  mesh.box([0, 2.12, 0.06], [1.5, 0.12, 0.7], palette.moss, 0.7);
  mesh.box([2.2, 1.44, -0.06], [1.3, 0.12, 0.7], palette.moss, 0.7);
}

/** A free-standing gate, opening 3 m wide and 3.4 m high. */
export function arch(mesh: MeshBuilder): void {
  mesh.faceVariation = 0.07;
  for (const side of [-1, 1]) {
    mesh.place({ at: [side * 2.2, 0, 0] }, () => {
      mesh.box([0, -0.4, 0], [1.7, 1.4, 1.7], palette.stoneDark, 0.95);
      courses(mesh, 1.3, 3.5, 1.3, 1, palette.stone);
      mesh.box([0, 3.6, 0], [1.6, 0.3, 1.6], palette.stoneDark);
    });
  }
  for (let i = 0; i < 7; i++) {
    const angle = Math.PI * (i + 0.5) * (1 / 7);
    mesh.place(
      { at: [Math.cos(angle) * 2.1, 3.7 + Math.sin(angle) * 1.7, 0], roll: (angle * 180) / Math.PI - 90 },
      () => mesh.box([0, 0, 0], [1.05, 0.86, 1.1], i === 3 ? palette.stoneWarm : palette.stone, 1.08),
    );
  }
}

/** The old light: an octagonal tower, 15 m, broken on one side, a fire bowl on its gallery. */
export function beacon(mesh: MeshBuilder): void {
  mesh.faceVariation = 0.07;
  const ring = (bottom: number, top: number, low: number, high: number, colour: Colour) =>
    mesh.frustum({
      bottom,
      top,
      bottomRadius: low,
      topRadius: high,
      sides: 8,
      colour: scaleColour(colour, 0.86),
      topColour: colour,
    });
  ring(-1.5, 0.9, 4.6, 4.3, palette.stoneDark);
  ring(0.9, 5.2, 3.7, 3.4, palette.stoneWarm);
  ring(5.2, 5.6, 3.75, 3.75, palette.stoneDark);
  ring(5.6, 10.4, 3.3, 2.9, palette.stone);
  ring(10.4, 10.9, 3.7, 3.9, palette.stoneDark);
  for (let i = 0; i < 8; i++) {
    if (i === 2) continue;
    mesh.place({ yaw: 22.5 + i * 45 }, () =>
      mesh.box([3.3, 11.4, 0], [0.6, i === 5 ? 0.6 : 1.1, 1.5], palette.stone, 0.94),
    );
  }
  for (let i = 0; i < 4; i++) {
    mesh.place({ yaw: i * 90 + 45 }, () => mesh.beam([1.7, 10.9, 0], [1.5, 13.6, 0], 0.3, palette.timberDark));
  }
  mesh.frustum({
    bottom: 10.9,
    top: 11.7,
    bottomRadius: 0.5,
    topRadius: 1.1,
    sides: 8,
    colour: palette.iron,
    topColour: palette.iron,
  });
  mesh.tag = glowing;
  mesh.frustum({
    bottom: 11.6,
    top: 13.0,
    bottomRadius: 0.8,
    topRadius: 0,
    sides: 6,
    colour: palette.glow,
    topColour: palette.leafGold,
    jitter: 0.1,
  });
  mesh.tag = plain;
  mesh.frustum({
    bottom: 13.5,
    top: 15.6,
    bottomRadius: 2.7,
    topRadius: 0,
    sides: 8,
    colour: scaleColour(palette.slate, 0.9),
    topColour: palette.slate,
  });
  mesh.box([0, 2.0, 3.5], [1.8, 2.9, 0.7], palette.stoneDark);
  mesh.box([0, 1.8, 3.62], [1.2, 2.4, 0.6], palette.shadow, 0.9, 1);
  for (const [yaw, y] of [
    [70, 3.6],
    [170, 7.8],
    [290, 7.2],
    [0, 8.2],
  ] as const) {
    mesh.place({ yaw }, () => {
      const reach = y > 5 ? 3.06 : 3.48;
      mesh.box([0, y, reach], [0.9, 1.5, 0.5], palette.stoneDark);
      mesh.tag = glowing;
      mesh.box([0, y, reach + 0.06], [0.44, 1.05, 0.5], palette.glow, 1, 1);
      mesh.tag = plain;
    });
  }
}

/** A flight of ten steps, 3 m wide, 0.25 m each, rising to -z; the origin is its foot. */
export function stairs(mesh: MeshBuilder): void {
  mesh.faceVariation = 0.08;
  for (let i = 0; i < 10; i++) {
    const top = 0.25 * (i + 1);
    mesh.box(
      [0, (top - 1) / 2, -0.25 - i * 0.5],
      [3 - mesh.random() * 0.08, top + 1, 0.5],
      i % 3 ? palette.stone : palette.stoneWarm,
      1,
      0.9,
    );
  }
}

/** A block to look out from: 6 x 5 m, 2.5 m high, a parapet on three sides; its open side is +z. */
export function lookout(mesh: MeshBuilder): void {
  mesh.faceVariation = 0.08;
  mesh.box([0, -0.2, 0], [6.3, 1.6, 5.3], palette.stoneDark, 0.97);
  for (const [z, yaw] of [
    [2.05, 0],
    [-2.05, 180],
  ] as const) {
    mesh.place({ at: [0, 0, z], yaw }, () => courses(mesh, 6, 2.4, 0.9, 5, palette.stone));
  }
  for (const [x, yaw] of [
    [2.55, 90],
    [-2.55, -90],
  ] as const) {
    mesh.place({ at: [x, 0, 0], yaw }, () => courses(mesh, 5, 2.4, 0.9, 4, palette.stoneWarm));
  }
  mesh.box([0, 2.35, 0], [6.2, 0.3, 5.2], palette.stoneWarm);
  for (let i = 0; i < 5; i++) {
    mesh.box([-2.4 + i * 1.2, 2.8, -2.35], [0.8, i === 3 ? 0.35 : 0.7, 0.4], palette.stone, 0.95);
  }
  for (const x of [-2.85, 2.85]) {
    for (const z of [-1.4, 0.2]) mesh.box([x, 2.8, z], [0.4, 0.7, 0.8], palette.stone, 0.95);
  }
}

/** A village well with a small roof. */
export function well(mesh: MeshBuilder): void {
  mesh.frustum({
    bottom: -0.4,
    top: 0.85,
    bottomRadius: 1.15,
    topRadius: 1.05,
    sides: 8,
    colour: palette.stoneDark,
    topColour: palette.stone,
    caps: false,
  });
  mesh.frustum({ bottom: 0.8, top: 0.98, bottomRadius: 1.2, topRadius: 1.2, sides: 8, colour: palette.stoneWarm });
  mesh.frustum({ bottom: 0.95, top: 1.0, bottomRadius: 0.85, topRadius: 0.85, sides: 8, colour: palette.shadow });
  for (const x of [-0.95, 0.95]) mesh.box([x, 1.7, 0], [0.16, 1.6, 0.16], palette.timberDark);
  mesh.beam([-0.9, 1.9, 0], [0.9, 1.9, 0], 0.14, palette.timber);
  mesh.gable([0, 2.35, 0], 2.7, 2.0, 0.9, 0.12, palette.roof);
}
