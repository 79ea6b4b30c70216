import type { RemoteEntities } from "../../client/remote-entities.ts";
import { ARCHETYPES, knownArchetype } from "../character/archetypes.ts";
import type { CharacterFacts } from "../character/character-facts.ts";
import type { ViewFrame } from "../character/view-frame.ts";

/** Somebody far away is hit as easily as that: half of a touch target. */
const LEAST_PIXELS = 22;
/** Around the point where a name stands. */
const PLATE_HALF_WIDTH = 56;
const PLATE_ABOVE = 34;
const PLATE_BELOW = 8;

/**
 * Who is meant by a click at a point of the interface, pixels: whose body or name is there, the nearest to the eye. 0 for nobody. `view` has looked
 * at the camera of this frame.
 */
export function pointAt(view: ViewFrame, remotes: RemoteEntities, facts: CharacterFacts, x: number, y: number): number {
  let best = 0;
  let bestDepth = Number.POSITIVE_INFINITY;
  for (let index = 0; index < remotes.count; index += 1) {
    const kind = ARCHETYPES[knownArchetype(facts.archetype(index))];
    view.x = remotes.x[index] ?? 0;
    view.z = remotes.z[index] ?? 0;
    view.y = remotes.y[index] ?? 0;
    if (!view.project()) continue;
    const { screenX: feetX, screenY: feetY, depth } = view;
    view.y += kind?.plateMeters ?? 2;
    if (!view.project() || depth >= bestDepth) continue;
    const radius = Math.max(((kind?.radiusMeters ?? 0.5) * view.pixelsPerMeter) / depth, LEAST_PIXELS);
    const onBody = distanceToLine(x, y, feetX, feetY, view.screenX, view.screenY) <= radius;
    const dx = Math.abs(x - view.screenX);
    const onPlate = dx <= PLATE_HALF_WIDTH && y >= view.screenY - PLATE_ABOVE && y <= view.screenY + PLATE_BELOW;
    if (!onBody && !onPlate) continue;
    best = remotes.entityId[index] ?? 0;
    bestDepth = depth;
  }
  return best;
}

function distanceToLine(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / length, 0), 1);
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}
