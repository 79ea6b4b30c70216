import type { ActionOutcome } from "../../protocol/messages.ts";

/**
 * Whether an action with that outcome was done, hit or not: others see it, and its cooldown runs. Otherwise it was refused, and nothing
 * happened.
 */
export function wasDone(outcome: ActionOutcome): boolean {
  switch (outcome) {
    case "hit":
    case "no_target":
    case "out_of_range":
    case "out_of_arc":
    case "target_gone":
      return true;
    case "unknown":
    case "cooldown":
    case "no_such_target":
    case "self":
    case "too_late":
    case "too_far_ahead":
    case "no_command":
    case "rate_limited":
    case "switched_off":
    case "unknown_action":
      return false;
  }
}
