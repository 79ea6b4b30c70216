import type { MeshBuilder } from "../mesh-builder.ts";

/**
 * What the shaders of characters turn about their joints; `assets/shaders/wanderer.gdshader`, `beast.gdshader` and `crawler.gdshader` have the
 * same numbers. Who goes on all fours has its forelegs for arms.
 */
export const part = {
  torso: 0,
  head: 1,
  upperArmLeft: 2,
  forearmLeft: 3,
  upperArmRight: 4,
  forearmRight: 5,
  thighLeft: 6,
  shinLeft: 7,
  thighRight: 8,
  shinRight: 9,
  cloak: 10,
} as const;

/** Builds a part. What is tinted takes its bearer's colour, the rest keeps its own. The tag is (part, tinted). */
export function cut(mesh: MeshBuilder, index: number, tinted: boolean, build: () => void): void {
  mesh.tag = [(index + 0.5) / 16, tinted ? 1 : 0];
  build();
  mesh.tag = [0, 0];
}

/** Builds a part that has a light of its own, such as eyes. */
export function cutGlowing(mesh: MeshBuilder, index: number, build: () => void): void {
  mesh.tag = [(index + 0.85) / 16, 0];
  build();
  mesh.tag = [0, 0];
}
