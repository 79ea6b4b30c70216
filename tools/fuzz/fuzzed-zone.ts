import { ZoneReader } from "../../scripts/simulation/zone-bytes.ts";
import type { BoxDescription, ZoneDescription } from "../../scripts/simulation/zone-description.ts";
import { type DecodedZone, decodeZone, encodeZone, type Zone } from "../../scripts/simulation/zone-file.ts";
import { hashBytes } from "../../scripts/simulation/zone-hash.ts";
import { FuzzRandom } from "./fuzz-random.ts";
import { type FuzzedDecoder, magnitude, shapeOf } from "./fuzzed-decoder.ts";
import { joinBytes, mutateBytes } from "./mutate-bytes.ts";

const HEADER_BYTES = 20;
const LENGTH_AT = 8;
const HASH_AT = 12;
const BOXES_AFTER_NAME = 1 + 4 + 2 + 4;
const SIZE_METERS = 512;
const MAX_INPUT_BYTES = 8_192;
const SEED_ZONES = 8;

/** `decodeZone`. `decode`: a substitute, to see whether its faults are found. */
export function createFuzzedZone(decode: (bytes: Uint8Array) => DecodedZone = decodeZone): FuzzedDecoder {
  return {
    name: "zone",
    seeds: () => Array.from({ length: SEED_ZONES }, (_, seed) => randomZone(new FuzzRandom(seed + 1))),
    generate: randomZone,
    mutate: mutateZone,
    run: (bytes) => runZone(bytes, decode),
  };
}

/** A zone of few samples, so that a thousand of them are decoded in the time of a real one. */
function randomZone(random: FuzzRandom): Uint8Array {
  const cells = random.pick([1, 2, 4]);
  const many = () => random.whole(random.chance(0.1) ? 40 : 4);
  const place = () => random.whole(SIZE_METERS * 1024) / 1024;
  const spot = () => ({ nodePath: "", x: place(), y: place() / 8, z: place() });
  return encodeZone({
    name: random.pick(["shore", "a", "forest-2"]),
    nodePath: "",
    sizeMeters: SIZE_METERS,
    heightfield: {
      nodePath: "",
      samplesPerSide: cells + 1,
      spacingMeters: SIZE_METERS / cells,
      heights: Array.from({ length: (cells + 1) ** 2 }, () => place() / 8),
    },
    boxes: Array.from({ length: many() }, () => ({
      ...spot(),
      halfX: 1 + random.whole(20),
      halfY: 1 + random.whole(20),
      halfZ: 1 + random.whole(20),
      yaw: random.whole(65_536),
    })),
    spawns: Array.from({ length: 1 + many() }, () => ({ ...spot(), yaw: random.whole(65_536) })),
    borders: random.chance(0.5) ? [{ nodePath: "", side: "east", neighbour: "forest", auraMeters: 128 }] : [],
    pointsOfInterest: Array.from({ length: many() }, () => ({ ...spot(), name: "Hügel" })),
    camps: Array.from({ length: random.chance(0.3) ? 0 : many() }, () => ({
      ...spot(),
      creature: random.pick(["gale-wolf", "x", ""]),
      count: 1 + random.whole(3),
      radiusMeters: random.whole(30),
      leashMeters: 1 + random.whole(80),
      respawnSeconds: 1 + random.whole(600),
    })),
  });
}

function mutateZone(bytes: Uint8Array, other: Uint8Array, random: FuzzRandom): Uint8Array {
  if (bytes.length <= HEADER_BYTES || random.chance(0.05)) return mutateBytes(bytes, other, random, MAX_INPUT_BYTES);
  const content = mutateBytes(
    bytes.subarray(HEADER_BYTES),
    other.subarray(Math.min(HEADER_BYTES, other.length)),
    random,
    MAX_INPUT_BYTES,
  );
  const file = joinBytes(bytes.subarray(0, HEADER_BYTES), content);
  if (random.chance(0.05)) return file;
  new DataView(file.buffer).setUint32(LENGTH_AT, content.length, true);
  if (random.chance(0.98)) file.set(Buffer.from(hashBytes(content), "hex"), HASH_AT);
  return file;
}

function runZone(bytes: Uint8Array, decode: (bytes: Uint8Array) => DecodedZone): string[] {
  const before = Buffer.from(bytes);
  const decoded = decode(bytes);
  const again = decode(bytes);
  if (!before.equals(bytes)) throw new Error("the input was changed");
  if (!decoded.ok) {
    if (decoded.reason === "") throw new Error("refused without a reason");
    if (again.ok || again.reason !== decoded.reason) throw new Error("the second answer is another");
    return [shapeOf(decoded.reason)];
  }
  const { zone } = decoded;
  const description = describeZone(zone, bytes);
  if (!again.ok || summary(again.zone) !== summary(zone)) throw new Error("the second answer is another");
  checkNumbers(zone);
  const copy = decode(encodeZone(description));
  if (!copy.ok) throw new Error(`taken, yet encoded again it is refused: ${copy.reason}`);
  if (summary(copy.zone) !== summary(zone)) throw new Error("encoded again, the zone is another");
  const counts = [
    zone.world.boxes.count,
    zone.spawns.length,
    zone.borders.length,
    zone.pointsOfInterest.length,
    zone.camps.length,
  ];
  return [`taken, ${zone.world.heightfield.samplesPerSide} samples, 2^${counts.map(magnitude).join(" 2^")}`];
}

function checkNumbers({ spawns, world }: Zone): void {
  const numbers = [world.killHeightMeters, ...spawns.flatMap(({ x, y, z, yaw }) => [x, y, z, yaw])];
  if (!numbers.every(Number.isFinite)) throw new Error("took a number that is none");
}

function heightsOf({ heightfield }: Zone["world"], groundHeight: (x: number, z: number) => number): number[] {
  const { samplesPerSide, spacingMeters } = heightfield;
  return Array.from({ length: samplesPerSide ** 2 }, (_, index) =>
    groundHeight((index % samplesPerSide) * spacingMeters, Math.floor(index / samplesPerSide) * spacingMeters),
  );
}

function summary(zone: Zone): string {
  const { name, sizeMeters, world, spawns, borders, pointsOfInterest, camps } = zone;
  const { topMeters, bottomMeters } = world.boxes;
  const heights = heightsOf(world, (x, z) => world.groundHeight(x, z));
  const boxes = Array.from(topMeters, (top, index) => [top, bottomMeters[index], world.boxes.boundsHalfX(index)]);
  return JSON.stringify({ name, sizeMeters, heights, boxes, spawns, borders, pointsOfInterest, camps });
}

/** The description that would be baked into this zone. A loaded zone does not keep its boxes' angles: those are read again. */
function describeZone(zone: Zone, bytes: Uint8Array): ZoneDescription {
  const { samplesPerSide, spacingMeters } = zone.world.heightfield;
  const named = <T extends object>(list: readonly T[]) => list.map((each) => ({ nodePath: "", ...each }));
  return {
    name: zone.name,
    nodePath: "",
    sizeMeters: zone.sizeMeters,
    heightfield: {
      nodePath: "",
      samplesPerSide,
      spacingMeters,
      heights: heightsOf(zone.world, (x, z) => zone.world.groundHeight(x, z)),
    },
    boxes: readBoxes(bytes, samplesPerSide),
    spawns: named(zone.spawns),
    borders: named(zone.borders),
    pointsOfInterest: named(zone.pointsOfInterest),
    camps: named(zone.camps),
  };
}

function readBoxes(bytes: Uint8Array, samplesPerSide: number): BoxDescription[] {
  const nameBytes = bytes[HEADER_BYTES] ?? 0;
  const reader = new ZoneReader(bytes.subarray(HEADER_BYTES + BOXES_AFTER_NAME + nameBytes + 4 * samplesPerSide ** 2));
  return Array.from({ length: reader.uint32() }, () => ({
    nodePath: "",
    x: reader.meters(),
    y: reader.meters(),
    z: reader.meters(),
    halfX: reader.meters(),
    halfY: reader.meters(),
    halfZ: reader.meters(),
    yaw: reader.uint16(),
  }));
}
