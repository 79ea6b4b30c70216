// The closed sets of the combat family as both sides name them. Their numbers on the wire are in schemas/combat.fbs.

/**
 * What comes of a wish to use an ability. `accepted` is done or begun; everything else is the reason why nothing happened, nothing
 * was paid and no cooldown runs.
 */
export const ABILITY_OUTCOMES = [
  /** Any number that a reader does not know. */
  "unknown",
  "accepted",
  /** The server has no such ability, or it is not one for players. */
  "unknown_ability",
  /** The character is dead. */
  "dead",
  /** No charge is left: too soon after the last use. */
  "cooldown",
  /** The pause after any ability is not over. */
  "global_cooldown",
  /** Another cast or channel is going on. */
  "busy",
  "no_resource",
  /** It needs a target, and there was none. */
  "no_target",
  /** Nobody ever had that entity id. */
  "no_such_target",
  /** It has left, or was not there yet. */
  "target_gone",
  "target_dead",
  /** It may not be used on that one: a friend where an enemy is meant, or the other way round, or oneself. */
  "invalid_target",
  "out_of_range",
  /** The target is not in front. */
  "out_of_arc",
  /** It needs standing still. */
  "moving",
  /** It needs ground under the feet. */
  "in_air",
  /** Its tick is too long ago. */
  "too_late",
  /** Its tick is further ahead than commands are taken. */
  "too_far_ahead",
  /** The command of its tick never came. */
  "no_command",
  "rate_limited",
  /** `combat_v1` is not in use any more. */
  "switched_off",
  /** The character is on its way to another zone. */
  "in_handoff",
] as const;
export type AbilityOutcome = (typeof ABILITY_OUTCOMES)[number];

/** What a player can ask for besides using abilities. */
export const COMBAT_COMMAND_KINDS = [
  "none",
  "target",
  "respawn",
  "cancel_cast",
  "cancel_aura",
  "invite",
  "accept",
  "decline",
  "leave",
  "kick",
] as const;
export type CombatCommandKind = (typeof COMBAT_COMMAND_KINDS)[number];

/** What comes of a combat command. All but `unknown` and `done` are refusals. */
export const COMMAND_OUTCOMES = [
  "unknown",
  "done",
  "unknown_command",
  /** Nobody ever had that entity id. */
  "no_such_target",
  /** It is not here any more. */
  "target_gone",
  /** It is too far away to be locked on to, or to be invited. */
  "out_of_range",
  "self",
  /** Not a player. */
  "not_a_player",
  /** Respawn while alive. */
  "alive",
  /** Respawn before the spirit may go; accept of an invitation that is not there counts as `no_invitation`. */
  "too_early",
  "no_such_point",
  /** The party has five. */
  "party_full",
  "already_in_party",
  /** It has an invitation that it has not answered. */
  "already_invited",
  "no_invitation",
  "not_in_party",
  "not_leader",
  "not_casting",
  "no_such_aura",
  "rate_limited",
  "switched_off",
] as const;
export type CommandOutcome = (typeof COMMAND_OUTCOMES)[number];

/** What can happen in a fight. What the numbers of an event mean for each kind is in docs/combat.md. */
export const COMBAT_EVENT_KINDS = [
  "none",
  "damage",
  "heal",
  "miss",
  "cast_started",
  "cast_finished",
  "cast_interrupted",
  "channel_started",
  "channel_finished",
  "used",
  "projectile",
  "aura_applied",
  "aura_removed",
  "death",
  "respawn",
  "noticed",
  "returned",
] as const;
export type CombatEventKind = (typeof COMBAT_EVENT_KINDS)[number];

/** Bits of an event. */
export const CombatFlag = {
  critical: 1,
  /** Part of it was blocked. */
  blocked: 2,
  /** By an aura, not by an ability. */
  periodic: 4,
  /** All of what was left of the target's absorption went with it. */
  shieldBroken: 8,
  /** The target was looked at longer ago than may be: it was favoured. */
  favoured: 16,
} as const;

/** Bits of what a snapshot says of everybody: `state` of the snapshot codec. */
export const FighterState = {
  dead: 1,
  inCombat: 2,
  casting: 4,
  /** Not a player. */
  creature: 8,
  /** A creature on its way home: nothing harms it. */
  returning: 16,
} as const;
