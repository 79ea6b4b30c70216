import type { PartyMemberView } from "../../client/combat/view/party-view.ts";
import type { OwnView } from "../../client/own-view.ts";
import { TICK_RATE_HZ } from "../../simulation/constants.ts";

/** The server tells of places twice a second: from so much silence on, one is shown faintly, and then it is not said any more how far it is. */
const FAINT_TICKS = 3 * TICK_RATE_HZ;
const FORGOTTEN_TICKS = 20 * TICK_RATE_HZ;

/** How far away and in which direction a member of the party is that is out of sight, by what the server told last. Numbers are fields, as in `MapFrame`. */
export class MemberBearing {
  /** Whole metres over the ground. */
  meters = 0;
  /** Share of a full turn clockwise from the right of the view. */
  turn = 0.5;
  /** Nothing was told of it lately. */
  faint = false;

  /** Fills it; false for a member that is in sight, or of whom nothing is known. */
  find({ near, placeX, placeZ, placeTick }: PartyMemberView, own: OwnView, serverTick: number): boolean {
    if (near || placeTick === 0 || serverTick - placeTick > FORGOTTEN_TICKS) return false;
    const dx = placeX - own.x;
    const dz = placeZ - own.z;
    const cos = Math.cos(own.yawRadians);
    const sin = Math.sin(own.yawRadians);
    this.meters = Math.round(Math.sqrt(dx * dx + dz * dz));
    this.turn = Math.atan2(dx * sin + dz * cos, dx * cos - dz * sin) / (2 * Math.PI);
    this.faint = serverTick - placeTick > FAINT_TICKS;
    return true;
  }
}
