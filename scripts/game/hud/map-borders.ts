import type { Zone, ZoneBorder } from "../../simulation/zone-file.ts";

/** Fills `out` with the point of a zone's side that is nearest to a place, metres. */
export function nearestOfBorder(
  { side }: Pick<ZoneBorder, "side">,
  sizeMeters: number,
  place: { readonly x: number; readonly z: number },
  out: { x: number; z: number },
): void {
  out.x = side === "west" ? 0 : side === "east" ? sizeMeters : Math.min(Math.max(place.x, 0), sizeMeters);
  out.z = side === "north" ? 0 : side === "south" ? sizeMeters : Math.min(Math.max(place.z, 0), sizeMeters);
}

/** 1 for every side of the zone that leads to a neighbour: north, east, south, west. */
export function borderSides({
  borders,
}: Pick<Zone, "borders">): [north: number, east: number, south: number, west: number] {
  const has = (wanted: ZoneBorder["side"]) => (borders.some(({ side }) => side === wanted) ? 1 : 0);
  return [has("north"), has("east"), has("south"), has("west")];
}
