import type { Ability } from "../../simulation/combat/data/combat-data.ts";
import type { Mutable } from "./combat-parts.ts";
import type { CastView } from "./view/cast-view.ts";

/** There is none, and none has ended. */
export function forgetCast(cast: Mutable<CastView>): void {
  cast.active = false;
  cast.abilityId = 0;
  cast.ended = "none";
  cast.revision += 1;
}

/** Takes over what is being cast, nothing where `ability` is undefined; all ticks are of the clock of `cast`. */
export function fillCast(
  cast: Mutable<CastView>,
  ability: Ability | undefined,
  start: number,
  end: number,
  tick: number,
): void {
  if (ability === undefined) {
    if (!cast.active) return;
    cast.active = false;
    cast.ended = tick >= cast.endTick ? "finished" : "interrupted";
    cast.endedTick = tick;
    cast.abilityId = 0;
    cast.revision += 1;
    return;
  }
  cast.active = true;
  cast.channel = ability.use === "channel";
  cast.abilityId = ability.id;
  cast.abilityName = ability.name;
  cast.icon = ability.icon;
  cast.startTick = start;
  cast.endTick = end;
  cast.ended = "none";
  cast.revision += 1;
}
