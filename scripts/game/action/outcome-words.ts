import type { OwnOutcome } from "../../client/actions.ts";

/** What came of a strike, in words for the one who struck; empty where nothing is to be said. */
export function outcomeWords(outcome: OwnOutcome, favouredTarget: boolean): string {
  switch (outcome) {
    case "hit":
    case "cooldown":
    case "no_target":
      return "";
    case "out_of_range":
      return favouredTarget ? "Too far away by now: your connection is too slow" : "Too far away";
    case "out_of_arc":
      return favouredTarget ? "Out of the way by now: your connection is too slow" : "Not in front of you";
    case "target_gone":
    case "no_such_target":
      return "No longer there";
    case "self":
      return "Not yourself";
    case "too_late":
    case "no_command":
    case "no_answer":
      return "Lost on the way to the world";
    case "too_far_ahead":
    case "rate_limited":
      return "Too fast";
    case "switched_off":
    case "unknown_action":
      return "There is no fighting in this world";
    case "unknown":
      return "It did not work";
  }
}
