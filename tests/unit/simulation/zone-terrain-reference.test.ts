import { describe, expect, test } from "vitest";
import { decodeZone, encodeZone } from "../../../scripts/simulation/zone-file.ts";
import { ZoneTerrain } from "../../../scripts/simulation/zone-terrain.ts";
import { createSeededRandom } from "../../fixtures/seeded-random.ts";
import { createTestZone } from "../../fixtures/test-zone.ts";
import { readZoneGround } from "../../reference/zone-ground.ts";

describe("[S20] the ground, read by the specification out of a zone's file", () => {
  // Also spacings by which one cannot divide exactly.
  for (const spacingMeters of [2, 2.5, 3 + 1 / 1024]) {
    test(`is that of the codec, samples ${spacingMeters} m apart`, () => {
      const random = createSeededRandom(Math.round(spacingMeters * 1024));
      const zone = createTestZone();
      const samplesPerSide = Math.ceil(zone.sizeMeters / spacingMeters) + 1;
      const heights = Array.from({ length: samplesPerSide ** 2 }, () => random() * 40 - 10);
      const bytes = encodeZone({
        ...zone,
        heightfield: { ...zone.heightfield, samplesPerSide, spacingMeters, heights },
      });
      const decoded = decodeZone(bytes);
      if (!decoded.ok) throw new Error(decoded.reason);
      const { worldHash, ground } = readZoneGround(bytes);
      expect(worldHash).toBe(decoded.zone.worldHash);
      const terrain = new ZoneTerrain(decoded.zone.world.heightfield);
      for (let count = 0; count < 20_000; count++) {
        const reach = count % 4 === 0 ? 2 ** 25 : 700 * 1024;
        const x = Math.floor((random() - 0.2) * reach);
        const z = Math.floor((random() - 0.2) * reach);
        expect(ground(x, z) + 0, `at ${x}, ${z}`).toBe(terrain.heightSteps(x, z) + 0);
      }
    });
  }
});
