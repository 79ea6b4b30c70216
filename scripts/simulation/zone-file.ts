import { type Camp, MAX_CAMP_CREATURES, MAX_ZONE_CREATURES } from "./camp.ts";
import { BoxGrid } from "./collision/box-grid.ts";
import { type Box, BoxSet } from "./collision/box-set.ts";
import { CollisionWorld, type Place } from "./collision/collision-world.ts";
import { Heightfield } from "./collision/heightfield.ts";
import { MAX_BOX_GRID_ENTRIES, MAX_SAMPLES_PER_SIDE, ZONE_SIZE_METERS } from "./constants.ts";
import { ZoneReader, ZoneWriter } from "./zone-bytes.ts";
import { BORDER_SIDES, type BorderSide, type ZoneDescription } from "./zone-description.ts";
import { hashBytes } from "./zone-hash.ts";

// File, little-endian. m: signed 32 bits of 1/1024 m. text: length in 8 bits, then UTF-8.
//   0  "DAZN"
//   4  format version, 16 bits
//   6  minor version, 16 bits
//   8  length of the content, 32 bits
//  12  FNV-1a of the content, 8 bytes
//  20  content: name text, size m,
//      samples per side 16 bits, spacing m, heights m,
//      box count 32 bits, boxes { centre m m m, half extents m m m, yaw 16 bits },
//      spawn count 16 bits, spawns { m m m, yaw 16 bits },
//      border count 8 bits, borders { side 8 bits, aura m, neighbour text },
//      point count 16 bits, points { m m m, name text },
//      from 1.1 on: camp count 16 bits, camps { m m m, radius m, leash m, respawn seconds 16 bits, count 8 bits, creature text }
// A minor version adds to the end: who knows fewer reads what it knows. A zone without camps is written as 1.0, and keeps its hash.
// Scene node paths are not in it: a renamed node leaves the same world.

const MAGIC = 0x4e5a4144;
const FORMAT_VERSION = 1;
/** The newest that this code knows: camps. */
const MINOR_VERSION = 1;
const HEADER_BYTES = 20;
const BOX_BYTES = 26;
const SPAWN_BYTES = 14;
const BORDER_BYTES = 6;
const POINT_BYTES = 13;
const CAMP_BYTES = 24;

export interface ZoneBorder {
  readonly side: BorderSide;
  readonly neighbour: string;
  readonly auraMeters: number;
}

export interface PointOfInterest {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A zone that is ready to be played. */
export interface Zone {
  readonly name: string;
  /** 16 hexadecimal digits; the same on both sides, or a prediction cannot be right. */
  readonly worldHash: string;
  readonly sizeMeters: number;
  readonly world: CollisionWorld;
  readonly spawns: readonly Place[];
  readonly borders: readonly ZoneBorder[];
  readonly pointsOfInterest: readonly PointOfInterest[];
  readonly camps: readonly Camp[];
}

export type DecodedZone = { ok: true; zone: Zone } | { ok: false; reason: string };

/**
 * The baked file of a zone; positions go to the nearest 1/1024 m. Give it only what `checkZone` found no problem with.
 */
export function encodeZone(description: ZoneDescription): Uint8Array {
  const content = encodeContent(description);
  const file = new ZoneWriter();
  file.uint32(MAGIC);
  file.uint16(FORMAT_VERSION);
  file.uint16(description.camps.length > 0 ? MINOR_VERSION : 0);
  file.uint32(content.length);
  const hash = hashBytes(content);
  for (let digit = 0; digit < 16; digit += 2) file.uint8(Number.parseInt(hash.slice(digit, digit + 2), 16));
  file.raw(content);
  return file.finish();
}

function encodeContent(description: ZoneDescription): Uint8Array {
  const out = new ZoneWriter();
  out.text(description.name);
  out.meters(description.sizeMeters);
  out.uint16(description.heightfield.samplesPerSide);
  out.meters(description.heightfield.spacingMeters);
  for (const height of description.heightfield.heights) out.meters(height);
  out.uint32(description.boxes.length);
  for (const box of description.boxes) {
    for (const meters of [box.x, box.y, box.z, box.halfX, box.halfY, box.halfZ]) out.meters(meters);
    out.uint16(box.yaw);
  }
  out.uint16(description.spawns.length);
  for (const spawn of description.spawns) {
    for (const meters of [spawn.x, spawn.y, spawn.z]) out.meters(meters);
    out.uint16(spawn.yaw);
  }
  out.uint8(description.borders.length);
  for (const border of description.borders) {
    out.uint8(BORDER_SIDES.indexOf(border.side));
    out.meters(border.auraMeters);
    out.text(border.neighbour);
  }
  out.uint16(description.pointsOfInterest.length);
  for (const point of description.pointsOfInterest) {
    for (const meters of [point.x, point.y, point.z]) out.meters(meters);
    out.text(point.name);
  }
  if (description.camps.length > 0) encodeCamps(out, description.camps);
  return out.finish();
}

function encodeCamps(out: ZoneWriter, camps: readonly Camp[]): void {
  out.uint16(camps.length);
  for (const { x, y, z, radiusMeters, leashMeters, respawnSeconds, count, creature } of camps) {
    for (const meters of [x, y, z, radiusMeters, leashMeters]) out.meters(meters);
    out.uint16(respawnSeconds);
    out.uint8(count);
    out.text(creature);
  }
}

/** The zone in a baked file, or why these bytes are none. Takes any bytes and never throws. */
export function decodeZone(bytes: Uint8Array): DecodedZone {
  const reader = new ZoneReader(bytes);
  if (reader.uint32() !== MAGIC || reader.failed) {
    return refuse("expected a zone file, which begins with DAZN; this is something else: bake the zone again");
  }
  const version = reader.uint16();
  const minor = reader.uint16();
  const length = reader.uint32();
  let hash = "";
  for (let byte = 0; byte < 8; byte++) hash += reader.uint8().toString(16).padStart(2, "0");
  if (reader.failed) return refuse(`expected a header of ${HEADER_BYTES} bytes, the file has ${bytes.length}`);
  if (version !== FORMAT_VERSION) {
    return refuse(`expected zone format ${FORMAT_VERSION}, the file has ${version}: bake the zone again`);
  }
  if (length !== reader.remaining) {
    return refuse(`expected ${length} bytes of content, the file has ${reader.remaining}: bake the zone again`);
  }
  const actual = hashBytes(bytes.subarray(HEADER_BYTES));
  if (actual !== hash)
    return refuse(`expected content with hash ${hash}, found ${actual}: the file is damaged, bake again`);
  return decodeContent(reader, hash, minor);
}

function refuse(reason: string): DecodedZone {
  return { ok: false, reason };
}

function decodeContent(reader: ZoneReader, worldHash: string, minor: number): DecodedZone {
  const name = reader.text();
  if (reader.failed) return refuse("the zone's name is cut off or not UTF-8: bake the zone again");
  const sizeMeters = reader.meters();
  const heightfield = decodeHeightfield(reader);
  if (sizeMeters !== ZONE_SIZE_METERS)
    return refuse(`expected a zone of ${ZONE_SIZE_METERS} m, the file has ${sizeMeters} m`);
  if (heightfield === undefined)
    return refuse("the heightfield is cut off or has an impossible size: bake the zone again");
  const covered = (heightfield.samplesPerSide - 1) * heightfield.spacingMeters;
  if (covered < sizeMeters) return refuse(`expected ground for ${sizeMeters} m, the heightfield covers ${covered} m`);
  const boxes = decodeBoxes(reader);
  const spawns = decodeSpawns(reader);
  const borders = decodeBorders(reader);
  const pointsOfInterest = decodePoints(reader);
  const camps = minor >= 1 ? decodeCamps(reader) : [];
  if (reader.failed || borders === undefined)
    return refuse("the content is cut off or contradicts itself: bake the zone again");
  if (reader.remaining > 0 && minor <= MINOR_VERSION)
    return refuse(`expected the end of the file, ${reader.remaining} more bytes follow`);
  const gridEntries = BoxGrid.entriesFor(new BoxSet(boxes), sizeMeters);
  if (gridEntries > MAX_BOX_GRID_ENTRIES) {
    return refuse(`expected boxes that cover at most ${MAX_BOX_GRID_ENTRIES} cells, these cover ${gridEntries}`);
  }
  if (name === "" || spawns.length === 0) return refuse("expected a name and at least one spawn: bake the zone again");
  const world = new CollisionWorld(sizeMeters, heightfield, boxes, spawns);
  return { ok: true, zone: { name, worldHash, sizeMeters, world, spawns, borders, pointsOfInterest, camps } };
}

function decodeHeightfield(reader: ZoneReader): Heightfield | undefined {
  const samplesPerSide = reader.uint16();
  const spacingMeters = reader.meters();
  const count = samplesPerSide * samplesPerSide;
  if (samplesPerSide < 2 || samplesPerSide > MAX_SAMPLES_PER_SIDE || spacingMeters <= 0) return undefined;
  if (!reader.canHold(count, 4)) return undefined;
  const heights = new Float64Array(count);
  for (let index = 0; index < count; index++) heights[index] = reader.meters();
  return new Heightfield(samplesPerSide, spacingMeters, heights);
}

function decodeBoxes(reader: ZoneReader): Box[] {
  const count = reader.uint32();
  const boxes: Box[] = [];
  if (!reader.canHold(count, BOX_BYTES)) return boxes;
  for (let index = 0; index < count; index++) {
    const box: Box = {
      x: reader.meters(),
      y: reader.meters(),
      z: reader.meters(),
      halfX: reader.meters(),
      halfY: reader.meters(),
      halfZ: reader.meters(),
      yaw: reader.uint16(),
    };
    if (box.halfX <= 0 || box.halfY <= 0 || box.halfZ <= 0) reader.failed = true;
    boxes.push(box);
  }
  return boxes;
}

function decodeSpawns(reader: ZoneReader): Place[] {
  const count = reader.uint16();
  const spawns: Place[] = [];
  if (!reader.canHold(count, SPAWN_BYTES)) return spawns;
  for (let index = 0; index < count; index++) {
    spawns.push({ x: reader.meters(), y: reader.meters(), z: reader.meters(), yaw: reader.uint16() });
  }
  return spawns;
}

function decodeBorders(reader: ZoneReader): ZoneBorder[] | undefined {
  const count = reader.uint8();
  const borders: ZoneBorder[] = [];
  if (!reader.canHold(count, BORDER_BYTES)) return borders;
  for (let index = 0; index < count; index++) {
    const side = BORDER_SIDES[reader.uint8()];
    const auraMeters = reader.meters();
    const neighbour = reader.text();
    if (side === undefined) return undefined;
    borders.push({ side, neighbour, auraMeters });
  }
  return borders;
}

function decodePoints(reader: ZoneReader): PointOfInterest[] {
  const count = reader.uint16();
  const points: PointOfInterest[] = [];
  if (!reader.canHold(count, POINT_BYTES)) return points;
  for (let index = 0; index < count; index++) {
    points.push({ x: reader.meters(), y: reader.meters(), z: reader.meters(), name: reader.text() });
  }
  return points;
}

function decodeCamps(reader: ZoneReader): Camp[] {
  const count = reader.uint16();
  const camps: Camp[] = [];
  if (!reader.canHold(count, CAMP_BYTES)) return camps;
  let creatures = 0;
  for (let index = 0; index < count; index++) {
    const camp: Camp = {
      x: reader.meters(),
      y: reader.meters(),
      z: reader.meters(),
      radiusMeters: reader.meters(),
      leashMeters: reader.meters(),
      respawnSeconds: reader.uint16(),
      count: reader.uint8(),
      creature: reader.text(),
    };
    creatures += camp.count;
    if (camp.count < 1 || camp.count > MAX_CAMP_CREATURES || creatures > MAX_ZONE_CREATURES) reader.failed = true;
    if (camp.radiusMeters < 0 || camp.leashMeters <= 0 || camp.respawnSeconds < 1) reader.failed = true;
    camps.push(camp);
  }
  return camps;
}
