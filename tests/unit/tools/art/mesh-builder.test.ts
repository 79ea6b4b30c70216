import { describe, expect, test } from "vitest";
import { type Corner, MeshBuilder, type Vec3 } from "../../../../tools/art/mesh-builder.ts";
import { writeObj } from "../../../../tools/art/obj-writer.ts";
import { palette } from "../../../../tools/art/palette.ts";
import { seededRandom } from "../../../../tools/art/random.ts";

/** Six times the volume under a closed surface whose faces are counter-clockwise seen from outside (divergence theorem). */
function sixfoldVolume(mesh: MeshBuilder): number {
  return mesh.triangles.reduce((sum, triangle) => sum + tripleProduct(triangle), 0);
}

function tripleProduct([a, b, c]: readonly [Corner, Corner, Corner]): number {
  const [p, q, r]: Vec3[] = [a.position, b.position, c.position];
  if (!p || !q || !r) return Number.NaN;
  return p[0] * (q[1] * r[2] - q[2] * r[1]) + p[1] * (q[2] * r[0] - q[0] * r[2]) + p[2] * (q[0] * r[1] - q[1] * r[0]);
}

describe("MeshBuilder", () => {
  test("boxes have all faces outwards, also when placed and turned", () => {
    const mesh = new MeshBuilder(seededRandom(1));
    mesh.place({ at: [5, 6, 7], yaw: 33, pitch: 20, roll: 70, scale: 2 }, () =>
      mesh.box([1, 2, 3], [1, 2, 3], palette.stone),
    );
    expect(sixfoldVolume(mesh) / 6).toBeCloseTo(1 * 2 * 3 * 8, 6);
  });

  test("frusta and lumps are closed and outwards", () => {
    const cone = new MeshBuilder(seededRandom(1));
    cone.frustum({ bottom: 0, top: 3, bottomRadius: 1, topRadius: 0, sides: 64, colour: palette.stone });
    expect(sixfoldVolume(cone) / 6).toBeCloseTo(Math.PI, 1);
    const lump = new MeshBuilder(seededRandom(1));
    lump.blob([3, 3, 3], 1, palette.stone, { roughness: 0 });
    expect(sixfoldVolume(lump) / 6).toBeGreaterThan(3);
    expect(sixfoldVolume(lump) / 6).toBeLessThan((4 / 3) * Math.PI);
  });

  test("writes the same text for the same seed, with colours and all faces", () => {
    const text = () => {
      const mesh = new MeshBuilder(seededRandom(9));
      mesh.blob([0, 0, 0], 1, palette.moss);
      return writeObj("lump", mesh);
    };
    expect(text()).toBe(text());
    const lines = text().split("\n");
    expect(lines.filter((line) => line.startsWith("f "))).toHaveLength(80);
    expect(lines.find((line) => line.startsWith("v "))?.split(" ")).toHaveLength(7);
  });
});
