import type { BorderSide, ZoneDescription, ZoneProblem } from "./zone-description.ts";

/** A zone and its place among the others: whole zones from the origin, x to the east, z to the south. */
export interface PlacedZone {
  description: ZoneDescription;
  gridX: number;
  gridZ: number;
}

const STEP: Record<BorderSide, { x: number; z: number; opposite: BorderSide }> = {
  north: { x: 0, z: -1, opposite: "south" },
  east: { x: 1, z: 0, opposite: "west" },
  south: { x: 0, z: 1, opposite: "north" },
  west: { x: -1, z: 0, opposite: "east" },
};

/**
 * What makes zones that are good by themselves (`checkZone`) no world together: a name or a place taken twice, a border
 * to a zone that is missing, elsewhere, or without the border back. Give it all zones of the world.
 */
export function checkWorld(zones: readonly PlacedZone[]): ZoneProblem[] {
  return zones.flatMap((zone, index) => [
    ...checkPlace(zone, zones.slice(0, index)),
    ...zone.description.borders.flatMap((_, border) => checkNeighbour(zone, border, zones)),
  ]);
}

function checkPlace(zone: PlacedZone, earlier: readonly PlacedZone[]): ZoneProblem[] {
  const { nodePath, name } = zone.description;
  const problems: ZoneProblem[] = [];
  if (!Number.isInteger(zone.gridX) || !Number.isInteger(zone.gridZ)) {
    const reason = `expected a place of whole zones; got (${zone.gridX}, ${zone.gridZ}). Move "${name}" to the grid.`;
    problems.push({ nodePath, reason });
  }
  if (earlier.some((other) => other.description.name === name)) {
    problems.push({
      nodePath,
      reason: `expected a name for every zone; "${name}" is taken twice. Rename one of the two.`,
    });
  }
  for (const other of earlier) {
    if (Math.abs(other.gridX - zone.gridX) >= 1 || Math.abs(other.gridZ - zone.gridZ) >= 1) continue;
    const reason = `expected a place of its own; "${name}" overlaps "${other.description.name}" at (${other.gridX}, ${other.gridZ}). Move one of the two.`;
    problems.push({ nodePath, reason });
  }
  return problems;
}

function checkNeighbour(zone: PlacedZone, borderIndex: number, zones: readonly PlacedZone[]): ZoneProblem[] {
  const border = zone.description.borders[borderIndex];
  if (border === undefined) return [];
  const { nodePath, side, neighbour } = border;
  const refuse = (reason: string): ZoneProblem[] => [{ nodePath, reason }];
  const other = zones.find((candidate) => candidate.description.name === neighbour);
  if (other === undefined) {
    return refuse(
      `expected a zone "${neighbour}" behind the ${side} border; there is none. Add it or delete the border.`,
    );
  }
  const step = STEP[side];
  if (other.gridX !== zone.gridX + step.x || other.gridZ !== zone.gridZ + step.z) {
    return refuse(
      `expected "${neighbour}" at (${zone.gridX + step.x}, ${zone.gridZ + step.z}), ${side} of here; it is at (${other.gridX}, ${other.gridZ}). Move it or choose another side.`,
    );
  }
  const back = other.description.borders.some(
    (candidate) => candidate.side === step.opposite && candidate.neighbour === zone.description.name,
  );
  if (back) return [];
  return refuse(
    `expected a ${step.opposite} border of "${neighbour}" back to "${zone.description.name}"; there is none. Add it there.`,
  );
}
