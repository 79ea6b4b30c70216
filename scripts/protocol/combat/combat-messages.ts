import type { AbilityOutcome, CombatCommandKind, CombatEventKind, CommandOutcome } from "./combat-words.ts";

// The combat family of protocol 1.5 as plain data; units and ranges are in schemas/combat.fbs.

export interface AbilityUse {
  useId: number;
  abilityId: number;
  tick: number;
  viewTick: number;
  viewFraction: number;
  targetEntityId: number;
}

export interface AbilityResult {
  useId: number;
  abilityId: number;
  outcome: AbilityOutcome;
  serverTick: number;
  tick: number;
  targetEntityId: number;
  rewoundMs: number;
  chargedTick: number;
  globalEndTick: number;
  castEndTick: number;
  /** Sixtieths of a point at `resourceTick`. */
  resource: number;
  resourceTick: number;
}

export interface CombatEvent {
  sequence: number;
  sourceEntityId: number;
  targetEntityId: number;
  what: number;
  amount: number;
  absorbed: number;
  blocked: number;
  over: number;
  kind: CombatEventKind;
  flags: number;
}

export interface CombatEventBatch {
  serverTick: number;
  omitted: number;
  events: CombatEvent[];
}

export interface AuraState {
  sourceEntityId: number;
  startTick: number;
  endTick: number;
  auraId: number;
  absorb: number;
  stacks: number;
}

export interface CooldownState {
  chargedTick: number;
  abilityId: number;
}

export interface CombatSelf {
  serverTick: number;
  ownTick: number;
  level: number;
  health: number;
  maxHealth: number;
  /** Sixtieths of a point at `ownTick`. */
  resource: number;
  maxResource: number;
  regeneration: number;
  /** Percent plus 1,000. */
  power: number;
  criticalChance: number;
  reduction: number;
  state: number;
  globalStartTick: number;
  globalEndTick: number;
  castAbilityId: number;
  castStartTick: number;
  castEndTick: number;
  diedTick: number;
  respawnTick: number;
  releaseTick: number;
  killerEntityId: number;
  killedBy: number;
  rulesHash: number;
  cooldowns: CooldownState[];
  auras: AuraState[];
}

export interface ThreatState {
  entityId: number;
  percent: number;
}

export interface CombatTarget {
  serverTick: number;
  entityId: number;
  level: number;
  itsTargetEntityId: number;
  castAbilityId: number;
  castStartTick: number;
  castEndTick: number;
  auras: AuraState[];
  threat: ThreatState[];
}

export interface PartyMember {
  entityId: number;
  health: number;
  maxHealth: number;
  level: number;
  state: number;
  resourcePercent: number;
}

/** Where a member out of sight is, quarters of a metre from the zone's corner. */
export interface PartyPlace {
  entityId: number;
  x: number;
  z: number;
}

export interface PartyState {
  serverTick: number;
  leaderEntityId: number;
  inviterEntityId: number;
  invitationEndTick: number;
  members: PartyMember[];
  /** Since 1.5; absent: nothing is told of places. */
  places?: PartyPlace[] | undefined;
}

export interface CombatCommand {
  commandId: number;
  kind: CombatCommandKind;
  entityId: number;
  number: number;
}

export interface CombatCommandResult {
  commandId: number;
  kind: CombatCommandKind;
  outcome: CommandOutcome;
}

/** The messages of the family by name. */
export interface CombatMessages {
  abilityUse: AbilityUse;
  abilityResult: AbilityResult;
  combatEvents: CombatEventBatch;
  combatSelf: CombatSelf;
  combatTarget: CombatTarget;
  partyState: PartyState;
  combatCommand: CombatCommand;
  combatCommandResult: CombatCommandResult;
}
export type CombatMessageName = keyof CombatMessages;

/** Steps of a `PartyPlace` in a metre. */
export const PLACE_STEPS_PER_METER = 4;

/** The power of a `CombatSelf` of 0 percent: what is unsigned on the wire can be below. */
export const POWER_OFFSET = 1_000;
