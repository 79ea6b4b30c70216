import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cosOfYaw,
  createYawVector,
  readYaw,
  sinOfYaw,
  yawFromRadians,
  yawToRadians,
} from "../../../scripts/simulation/trigonometry.ts";
import { hashBytes } from "../../../scripts/simulation/zone-hash.ts";

const yaws = fc.integer({ min: 0, max: 65535 });

describe("the sine table", () => {
  it("is the sine, to the last bits, at all 65,536 yaws", () => {
    let worst = 0;
    for (let yaw = 0; yaw < 65536; yaw++) {
      const radians = (yaw / 65536) * 2 * Math.PI;
      worst = Math.max(worst, Math.abs(sinOfYaw(yaw) - Math.sin(radians)), Math.abs(cosOfYaw(yaw) - Math.cos(radians)));
    }
    expect(worst).toBeLessThan(1e-15);
  });

  it("has the same bits in every engine", () => {
    const table = Float64Array.from({ length: 65536 }, (_, yaw) => sinOfYaw(yaw));
    expect(hashBytes(new Uint8Array(table.buffer))).toBe("407406d97cee833d");
  });

  it("is exact at quarter turns", () => {
    expect([0, 16384, 32768, 49152].map((yaw) => sinOfYaw(yaw))).toEqual([0, 1, -0, -1]);
    expect([0, 16384, 32768, 49152].map((yaw) => Math.abs(cosOfYaw(yaw)))).toEqual([1, 0, 1, 0]);
  });

  it("ignores whole turns", () => {
    fc.assert(
      fc.property(yaws, (yaw) => sinOfYaw(yaw + 65536) === sinOfYaw(yaw) && cosOfYaw(yaw - 65536) === cosOfYaw(yaw)),
    );
  });

  it("reads both at once", () => {
    const vector = createYawVector();
    readYaw(12345, vector);
    expect(vector).toEqual({ sin: sinOfYaw(12345), cos: cosOfYaw(12345) });
  });
});

describe("yaw and radians", () => {
  it("round-trip", () => {
    fc.assert(fc.property(yaws, (yaw) => yawFromRadians(yawToRadians(yaw)) === yaw));
  });

  it("take negative angles and whole turns", () => {
    expect(yawFromRadians(-Math.PI / 2)).toBe(49152);
    expect(yawFromRadians(2 * Math.PI)).toBe(0);
    expect(yawFromRadians(5 * Math.PI)).toBe(32768);
  });
});
