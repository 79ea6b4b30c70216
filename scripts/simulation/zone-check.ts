import { checkCamp, checkCampTotal } from "./camp-check.ts";
import { BoxGrid } from "./collision/box-grid.ts";
import { BoxSet } from "./collision/box-set.ts";
import { CollisionWorld } from "./collision/collision-world.ts";
import { Heightfield } from "./collision/heightfield.ts";
import type { CreatureRule } from "./combat/data/combat-data.ts";
import {
  BORDER_MARGIN_METERS,
  MAX_BOX_GRID_ENTRIES,
  MAX_SAMPLES_PER_SIDE,
  YAW_STEPS_PER_TURN,
  ZONE_SIZE_METERS,
} from "./constants.ts";
import { POSITION_STEP_METERS } from "./lattice.ts";
import { checkSpawn } from "./spawn-check.ts";
import {
  BORDER_SIDES,
  type BorderDescription,
  type BoxDescription,
  type HeightfieldDescription,
  type PointOfInterestDescription,
  type ZoneDescription,
  type ZoneProblem,
} from "./zone-description.ts";

const NAME_PATTERN = /^[a-z][a-z0-9-]{0,31}$/;
const NAME_RULE = "1 to 32 characters: a to z, 0 to 9 and -, beginning with a letter";
/** Heights beyond this are a mistake of the scene: the wire would carry them, no one would reach them. */
const MAX_HEIGHT_METERS = 2000;
const MAX_BOXES = 100_000;
const MAX_SPAWNS = 1000;
const MAX_POINTS = 1000;
const MAX_POINT_NAME_LENGTH = 60;

/**
 * Everything that makes a zone unusable, for the designer; empty for a good zone. Takes any numbers, never throws. `creatures`: the kinds that
 * camps can have.
 */
export function checkZone(description: ZoneDescription, creatures: readonly CreatureRule[] = []): ZoneProblem[] {
  const { heightfield, boxes, borders, pointsOfInterest } = description;
  const groundProblems = checkHeightfield(heightfield, description.sizeMeters);
  const soundBoxes = boxes.filter((box) => checkBox(box).length === 0);
  const gridProblems = checkGrid(description, soundBoxes);
  const canStand = groundProblems.length === 0 && gridProblems.length === 0;
  return [
    checkRoot(description),
    groundProblems,
    boxes.flatMap(checkBox),
    gridProblems,
    borders.flatMap((border) => checkBorder(border, description)),
    pointsOfInterest.flatMap(checkPoint),
    checkCampTotal(description.camps, description.nodePath),
    canStand ? checkStanding(description, soundBoxes, creatures) : [],
  ].flat();
}

/** Whether a number lies in the zone's square, along one axis. */
function isInZone(meters: number): boolean {
  return meters >= 0 && meters < ZONE_SIZE_METERS;
}

function isYaw(yaw: number): boolean {
  return Number.isInteger(yaw) && yaw >= 0 && yaw < YAW_STEPS_PER_TURN;
}

function isHeight(meters: number): boolean {
  return Math.abs(meters) <= MAX_HEIGHT_METERS;
}

function checkRoot(description: ZoneDescription): ZoneProblem[] {
  const { name, nodePath, sizeMeters, boxes, spawns, pointsOfInterest } = description;
  const reasons: string[] = [];
  if (!NAME_PATTERN.test(name)) {
    reasons.push(`expected a zone name of ${NAME_RULE}; got "${name}". Change the zone's name on its root node.`);
  }
  if (sizeMeters !== ZONE_SIZE_METERS) {
    reasons.push(`expected a zone of ${ZONE_SIZE_METERS} m; got ${sizeMeters} m. Zones have one size: put it back.`);
  }
  if (spawns.length === 0) {
    reasons.push("expected at least one spawn; got none. Add a spawn point where new players shall appear.");
  }
  for (const [what, count, max] of [
    ["boxes", boxes.length, MAX_BOXES],
    ["spawns", spawns.length, MAX_SPAWNS],
    ["points of interest", pointsOfInterest.length, MAX_POINTS],
  ] as const) {
    if (count > max) reasons.push(`expected at most ${max} ${what}; got ${count}. Remove or merge some.`);
  }
  return reasons.map((reason) => ({ nodePath, reason }));
}

function checkHeightfield(heightfield: HeightfieldDescription, sizeMeters: number): ZoneProblem[] {
  const { nodePath, samplesPerSide, spacingMeters, heights } = heightfield;
  const refuse = (reason: string): ZoneProblem[] => [{ nodePath, reason }];
  if (!Number.isInteger(samplesPerSide) || samplesPerSide < 2 || samplesPerSide > MAX_SAMPLES_PER_SIDE) {
    return refuse(
      `expected 2 to ${MAX_SAMPLES_PER_SIDE} ground samples per side; got ${samplesPerSide}. Change the ground's resolution.`,
    );
  }
  if (!Number.isInteger(spacingMeters / POSITION_STEP_METERS) || spacingMeters <= 0) {
    return refuse(
      `expected a positive spacing of whole 1/1024 m; got ${spacingMeters} m. Use a resolution that divides ${ZONE_SIZE_METERS} m, such as 2 m.`,
    );
  }
  if (heights.length !== samplesPerSide ** 2) {
    return refuse(
      `expected ${samplesPerSide ** 2} ground heights; got ${heights.length}. The ground is incomplete: rebuild it.`,
    );
  }
  const coveredMeters = (samplesPerSide - 1) * spacingMeters;
  if (coveredMeters < sizeMeters) {
    return refuse(
      `expected ground under all ${sizeMeters} m; it covers ${coveredMeters} m, players would fall out of the world. Extend the ground.`,
    );
  }
  const holes = heights.flatMap((height, index) => (isHeight(height) ? [] : [index]));
  const first = holes[0];
  if (first === undefined) return [];
  const x = (first % samplesPerSide) * spacingMeters;
  const z = Math.floor(first / samplesPerSide) * spacingMeters;
  return refuse(
    `expected heights within ${MAX_HEIGHT_METERS} m everywhere; got ${heights[first]} at x ${x} m, z ${z} m (${holes.length} such holes). Close the hole in the ground.`,
  );
}

function checkBox(box: BoxDescription): ZoneProblem[] {
  const { nodePath, x, y, z, halfX, halfY, halfZ, yaw } = box;
  const extents = [halfX, halfY, halfZ];
  if (!extents.every((half) => half >= POSITION_STEP_METERS && half <= MAX_HEIGHT_METERS)) {
    const sizes = extents.map((half) => half * 2).join(" x ");
    return [
      {
        nodePath,
        reason: `expected a box with three sizes between 1/512 and ${2 * MAX_HEIGHT_METERS} m; got ${sizes} m. Give it a size and no negative scale, or delete it.`,
      },
    ];
  }
  if (!isInZone(x) || !isInZone(z) || !isHeight(y)) {
    return [
      {
        nodePath,
        reason: `expected a box with its centre in the zone, x and z 0 to ${ZONE_SIZE_METERS} m; got x ${x}, y ${y}, z ${z}. Move it in, or to the neighbour zone.`,
      },
    ];
  }
  if (isYaw(yaw)) return [];
  return [
    { nodePath, reason: `expected a yaw of 0 to ${YAW_STEPS_PER_TURN - 1}; got ${yaw}. Turn the box upright again.` },
  ];
}

function checkGrid({ nodePath }: ZoneDescription, boxes: readonly BoxDescription[]): ZoneProblem[] {
  if (BoxGrid.entriesFor(new BoxSet(boxes), ZONE_SIZE_METERS) <= MAX_BOX_GRID_ENTRIES) return [];
  const reason = `expected the ${boxes.length} boxes to be smaller or fewer: together they cover too much of the zone. Merge or shrink the largest.`;
  return [{ nodePath, reason }];
}

function checkBorder(border: BorderDescription, zone: ZoneDescription): ZoneProblem[] {
  const { nodePath, side, neighbour, auraMeters } = border;
  const reasons: string[] = [];
  if (!BORDER_SIDES.includes(side)) {
    reasons.push(`expected a side of ${BORDER_SIDES.join(", ")}; got "${side}". Choose one of them.`);
  }
  if (zone.borders.find((other) => other.side === side) !== border) {
    reasons.push(`expected one border per side; "${side}" has another one. Delete one of the two.`);
  }
  if (!NAME_PATTERN.test(neighbour) || neighbour === zone.name) {
    reasons.push(`expected the name of another zone (${NAME_RULE}); got "${neighbour}". Enter the neighbour's name.`);
  }
  if (!(auraMeters > 0 && auraMeters <= ZONE_SIZE_METERS)) {
    reasons.push(
      `expected an aura of more than 0 and at most ${ZONE_SIZE_METERS} m; got ${auraMeters} m. 128 m is usual.`,
    );
  }
  return reasons.map((reason) => ({ nodePath, reason }));
}

function checkPoint(point: PointOfInterestDescription): ZoneProblem[] {
  const { nodePath, name, x, y, z } = point;
  const reasons: string[] = [];
  if (name.trim() === "" || name.length > MAX_POINT_NAME_LENGTH) {
    reasons.push(`expected a name of 1 to ${MAX_POINT_NAME_LENGTH} characters; got "${name}". Name the place.`);
  }
  if (!isInZone(x) || !isInZone(z) || !isHeight(y)) {
    reasons.push(`expected a place in the zone; got x ${x}, y ${y}, z ${z}. Move the marker in.`);
  }
  return reasons.map((reason) => ({ nodePath, reason }));
}

/** What needs the ground and the boxes: where players arrive, and where creatures live. */
function checkStanding(
  description: ZoneDescription,
  boxes: readonly BoxDescription[],
  creatures: readonly CreatureRule[],
): ZoneProblem[] {
  const { samplesPerSide, spacingMeters, heights } = description.heightfield;
  const ground = new Heightfield(samplesPerSide, spacingMeters, heights);
  const world = new CollisionWorld(ZONE_SIZE_METERS, ground, boxes, []);
  const pathOf = (box: number) => boxes[box]?.nodePath ?? "";
  const { spawns } = description;
  return [
    ...checkSpawns(description, world, pathOf),
    ...description.camps.flatMap((camp) => checkCamp(camp, { spawns, world, creatures, pathOf })),
  ];
}

function checkSpawns(
  description: ZoneDescription,
  world: CollisionWorld,
  pathOf: (box: number) => string,
): ZoneProblem[] {
  const max = ZONE_SIZE_METERS - BORDER_MARGIN_METERS;
  const isInside = (meters: number) => meters >= BORDER_MARGIN_METERS && meters <= max;
  return description.spawns.flatMap(({ nodePath, x, y, z, yaw }) => {
    const refuse = (reason: string): ZoneProblem[] => [{ nodePath, reason }];
    if (!isInside(x) || !isInside(z) || !isHeight(y)) {
      return refuse(
        `expected a spawn in the zone, x and z ${BORDER_MARGIN_METERS} to ${max} m; got x ${x}, y ${y}, z ${z}. Move it in.`,
      );
    }
    if (!isYaw(yaw))
      return refuse(`expected a yaw of 0 to ${YAW_STEPS_PER_TURN - 1}; got ${yaw}. Set its rotation again.`);
    const reason = checkSpawn(world, { x, y, z, yaw }, pathOf);
    return reason === undefined ? [] : refuse(reason);
  });
}
