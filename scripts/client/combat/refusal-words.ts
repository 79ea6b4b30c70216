import type { CombatCommandKind, CommandOutcome } from "../../protocol/combat/combat-words.ts";
import type { SlotRefusal } from "./view/ability-slot-view.ts";

/** Why an ability was not used, in a few words for the player who pressed it; empty for `accepted`. */
export function abilityRefusalWords(refusal: SlotRefusal): string {
  switch (refusal) {
    case "accepted":
      return "";
    case "dead":
      return "You are dead";
    case "cooldown":
      return "Not ready yet";
    case "global_cooldown":
      return "Too soon after the last one";
    case "busy":
      return "You are busy";
    case "no_resource":
      return "Not enough focus";
    case "no_target":
      return "No target";
    case "no_such_target":
    case "target_gone":
      return "The target is gone";
    case "target_dead":
      return "The target is dead";
    case "invalid_target":
      return "Not on this target";
    case "out_of_range":
      return "Too far away";
    case "out_of_arc":
      return "Not in front of you";
    case "moving":
      return "Stand still for this";
    case "in_air":
      return "Not in the air";
    case "rate_limited":
    case "too_far_ahead":
      return "Too fast";
    case "too_late":
    case "no_command":
    case "no_answer":
      return "Lost on the way to the world";
    case "switched_off":
    case "unknown_ability":
      return "This world has no such ability";
    case "in_handoff":
      return "Not while crossing a border";
    case "unknown":
      return "It did not work";
  }
}

/** Why something else that was asked for did not happen, in a sentence; `name`: of whom it was about, or "". Empty for `done`. */
export function commandRefusalWords(kind: CombatCommandKind, outcome: CommandOutcome, name: string): string {
  const who = name === "" ? "That one" : name;
  switch (outcome) {
    case "done":
      return "";
    case "no_such_target":
    case "target_gone":
      return `${who} is not here any more.`;
    case "out_of_range":
      return `${who} is too far away.`;
    case "self":
      return kind === "kick" ? "To go yourself, leave the party." : "You are with yourself already.";
    case "not_a_player":
      return `${who} is no player.`;
    case "alive":
      return "You are alive already.";
    case "too_early":
      return "Not yet: your spirit still lingers.";
    case "no_such_point":
      return "There is no such place to return at.";
    case "party_full":
      return "The party is full: five is the most.";
    case "already_in_party":
      return kind === "invite" ? `${who} is in a party already.` : "You are in a party already.";
    case "already_invited":
      return `${who} has an invitation already, and has not answered it.`;
    case "no_invitation":
      return "There is no invitation any more.";
    case "not_in_party":
      return kind === "kick" ? `${who} is not in your party.` : "You are in no party.";
    case "not_leader":
      return "Only the leader of the party may do that.";
    case "not_casting":
      return "You are casting nothing.";
    case "no_such_aura":
      return "That has ended already.";
    case "rate_limited":
      return "Too fast: try again in a moment.";
    case "switched_off":
    case "unknown_command":
      return "This world does not know that.";
    case "unknown":
      return "It did not work.";
  }
}
