import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeZone, encodeZone } from "../../../scripts/simulation/zone-file.ts";
import { hashBytes } from "../../../scripts/simulation/zone-hash.ts";
import { createTestZone, FLAT_HEIGHT_METERS, HILL } from "../../fixtures/test-zone.ts";

const encoded = encodeZone(createTestZone());

/** A file with another content, and a header that fits it. */
function withContent(file: Uint8Array, content: Uint8Array): Uint8Array {
  const changed = new Uint8Array([...file.subarray(0, 20), ...content]);
  new DataView(changed.buffer).setUint32(8, content.length, true);
  changed.set(Buffer.from(hashBytes(content), "hex"), 12);
  return changed;
}

describe("zone file", () => {
  it("brings back what was baked", () => {
    const description = createTestZone();
    const decoded = decodeZone(encoded);
    if (!decoded.ok) throw new Error(decoded.reason);
    const { zone } = decoded;
    expect(zone.name).toBe("test");
    expect(zone.sizeMeters).toBe(512);
    expect(zone.worldHash).toMatch(/^[0-9a-f]{16}$/);
    expect(zone.spawns).toEqual(description.spawns.map(({ x, y, z, yaw }) => ({ x, y, z, yaw })));
    expect(zone.borders).toEqual([{ side: "east", neighbour: "forest", auraMeters: 128 }]);
    expect(zone.pointsOfInterest).toEqual([{ name: "Hilltop", x: 160, y: 22, z: 160 }]);
    expect(zone.world.boxes.count).toBe(description.boxes.length);
    expect(zone.world.groundHeight(300, 300)).toBe(FLAT_HEIGHT_METERS);
    expect(zone.world.groundHeight(HILL.x, HILL.z)).toBe(FLAT_HEIGHT_METERS + HILL.heightMeters);
  });

  it("has a hash that depends on the world and not on node names", () => {
    const renamed = createTestZone();
    for (const box of renamed.boxes) box.nodePath = `Other/${box.nodePath}`;
    expect(encodeZone(renamed)).toEqual(encoded);
    const moved = createTestZone();
    moved.heightfield.heights[1234] = FLAT_HEIGHT_METERS + 1 / 1024;
    const before = decodeZone(encoded);
    const after = decodeZone(encodeZone(moved));
    expect(before.ok && after.ok && before.zone.worldHash !== after.zone.worldHash).toBe(true);
  });

  it("brings back camps, as a minor version that adds to the end", () => {
    const description = createTestZone();
    const camp = {
      ...{ creature: "gale-wolf", count: 3, x: 300, y: FLAT_HEIGHT_METERS, z: 100.5 },
      ...{ radiusMeters: 6.5, leashMeters: 40, respawnSeconds: 90 },
    };
    description.camps.push({ nodePath: "TestZone/Camp", ...camp });
    const file = encodeZone(description);
    expect(decodeZone(file)).toMatchObject({ ok: true, zone: { camps: [camp] } });
    expect(new DataView(file.buffer).getUint16(6, true)).toBe(1);
    for (let cut = 1; cut < 30; cut++) expect(decodeZone(withContent(file, file.subarray(20, -cut))).ok).toBe(false);
  });

  it("reads files from before there were camps, and writes zones without camps as those", () => {
    expect(new DataView(encoded.buffer).getUint16(6, true)).toBe(0);
    expect(decodeZone(encoded)).toMatchObject({ ok: true, zone: { camps: [] } });
    expect(decodeZone(withContent(encoded, new Uint8Array([...encoded.subarray(20), 0, 0])))).toMatchObject({
      ok: false,
      reason: expect.stringContaining("2 more bytes follow"),
    });
  });

  it("reads what it knows of a later minor version", () => {
    const later = withContent(encoded, new Uint8Array([...encoded.subarray(20), 0, 0, 1, 2, 3]));
    new DataView(later.buffer).setUint16(6, 2, true);
    expect(decodeZone(later)).toMatchObject({ ok: true, zone: { name: "test", camps: [] } });
  });

  it.each([
    ["without creatures", { count: 0 }],
    ["with too many", { count: 13 }],
    ["with a radius below 0", { radiusMeters: -1 }],
    ["without a leash", { leashMeters: 0 }],
    ["without a pause", { respawnSeconds: 0 }],
  ])("refuses a camp %s", (_, change) => {
    const description = createTestZone();
    const camp = { creature: "x", count: 1, x: 1, y: 1, z: 1, radiusMeters: 1, leashMeters: 20, respawnSeconds: 30 };
    description.camps.push({ nodePath: "", ...camp, ...change });
    expect(decodeZone(encodeZone(description)).ok).toBe(false);
  });

  it("refuses every truncation, with a reason", () => {
    fc.assert(
      fc.property(fc.nat(encoded.length - 1), (length) => {
        const decoded = decodeZone(encoded.subarray(0, length));
        expect(decoded.ok ? "" : decoded.reason).toMatch(/expected/);
      }),
    );
  });

  it("refuses every flipped bit", () => {
    fc.assert(
      fc.property(fc.nat(encoded.length - 1), fc.nat(7), (at, bit) => {
        const damaged = encoded.slice();
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        // Bytes 6 and 7 are reserved and carry nothing.
        fc.pre(at !== 6 && at !== 7);
        expect(decodeZone(damaged).ok).toBe(false);
      }),
    );
  });

  it("takes any content behind a right header without throwing", () => {
    const header = encoded.slice(0, 20);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(60), (tail, kept) => {
        const content = new Uint8Array([...encoded.subarray(20, 20 + kept), ...tail]);
        const file = new Uint8Array([...header, ...content]);
        new DataView(file.buffer).setUint32(8, content.length, true);
        file.set(Buffer.from(hashBytes(content), "hex"), 12);
        expect(decodeZone(file).ok).toBe(false);
      }),
    );
  });

  it("refuses text that is not UTF-8, which could not be written again", () => {
    const named = createTestZone();
    named.name = "test\uffff";
    const file = encodeZone(named);
    expect(decodeZone(file)).toMatchObject({ ok: true, zone: { name: named.name } });
    // The last byte of the three that the name's last character takes.
    file[20 + "test".length + 3] = 0xff;
    file.set(Buffer.from(hashBytes(file.subarray(20)), "hex"), 12);
    expect(decodeZone(file)).toMatchObject({ ok: false, reason: expect.stringContaining("not UTF-8") });
  });

  it("refuses bytes that are something else", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => !decodeZone(bytes).ok));
  });
});

describe("hashBytes", () => {
  it("is FNV-1a of 64 bits: the published vectors", () => {
    expect(hashBytes(new Uint8Array())).toBe("cbf29ce484222325");
    expect(hashBytes(Buffer.from("a"))).toBe("af63dc4c8601ec8c");
    expect(hashBytes(Buffer.from("foobar"))).toBe("85944171f73967e8");
  });
});
