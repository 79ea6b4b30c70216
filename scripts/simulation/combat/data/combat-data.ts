// The data that designers write, made ready for the rules: times in ticks, names of others as indices. Read-only after reading.

/** From `min` to `max`, whole points. */
export interface Amount {
  readonly min: number;
  readonly max: number;
}

export type Effect =
  | { readonly type: "damage"; readonly min: number; readonly max: number }
  | { readonly type: "heal"; readonly min: number; readonly max: number }
  /** `aura`: index in `CombatData.auras`. */
  | { readonly type: "aura"; readonly aura: number }
  | { readonly type: "interrupt" };

export type AbilityUse = "instant" | "cast" | "channel" | "dash";
export type AbilityTarget = "enemy" | "friend" | "none";

export interface AbilityArea {
  readonly radiusMeters: number;
  readonly mostTargets: number;
}

export interface Ability {
  /** Place in `CombatData.abilities`. */
  readonly index: number;
  /** Number on the wire. */
  readonly id: number;
  readonly name: string;
  readonly icon: string;
  readonly description: string;
  /** 1 to 10; 0: not for players. */
  readonly slot: number;
  readonly use: AbilityUse;
  /** Of a cast or a channel; else 0. */
  readonly castTicks: number;
  /** From one effect of a channel to the next; else 0. */
  readonly everyTicks: number;
  readonly target: AbilityTarget;
  readonly rangeMeters: number;
  /** Cosine of half the arc; -1 for all around. */
  readonly arcCosine: number;
  /** Points. */
  readonly cost: number;
  readonly cooldownTicks: number;
  readonly charges: number;
  readonly globalCooldown: boolean;
  /** Metres per second; 0: at once. */
  readonly projectileSpeed: number;
  readonly threatPercent: number;
  readonly area: AbilityArea | undefined;
  readonly effects: readonly Effect[];
  /** Whether it is for friends. */
  readonly helpful: boolean;
}

export interface AuraRule {
  /** Place in `CombatData.auras`. */
  readonly index: number;
  /** Number on the wire. */
  readonly id: number;
  readonly name: string;
  readonly icon: string;
  readonly harmful: boolean;
  readonly durationTicks: number;
  /** From one tick of it to the next; 0: it does nothing by itself. */
  readonly everyTicks: number;
  readonly damage: Amount | undefined;
  readonly heal: Amount | undefined;
  /** Points that it absorbs per stack; 0: none. */
  readonly absorb: number;
  readonly stacks: number;
  readonly power: number;
  readonly precision: number;
  readonly guard: number;
  /** Index of the aura that follows when it runs out; -1: none. */
  readonly followedBy: number;
}

export interface CreatureRule {
  /** Place in `CombatData.creatures`. */
  readonly index: number;
  readonly id: number;
  /** File name without its end: what a camp names. */
  readonly key: string;
  readonly name: string;
  readonly level: number;
  readonly health: number;
  readonly power: number;
  readonly precision: number;
  readonly guard: number;
  readonly noticeMeters: number;
  readonly wanderMeters: number;
  readonly chaseSprint: boolean;
  /** Indices of abilities, the one to be used first at first. */
  readonly abilities: readonly number[];
}

/** What is the same for everybody: `data/combat.json`. */
export interface CombatBasics {
  readonly resourceName: string;
  readonly level: number;
  readonly health: number;
  readonly resource: number;
  readonly resourcePerSecond: number;
  readonly power: number;
  readonly precision: number;
  readonly guard: number;
  readonly globalCooldownTicks: number;
  readonly restPercentPerSecond: number;
  readonly combatTicks: number;
  readonly respawnTicks: number;
  readonly releaseTicks: number;
  readonly bodyTicks: number;
  readonly helpRangeMeters: number;
  readonly invitationTicks: number;
}

export interface CombatData {
  readonly basics: CombatBasics;
  readonly abilities: readonly Ability[];
  readonly auras: readonly AuraRule[];
  readonly creatures: readonly CreatureRule[];
  /** Of everything that is in the files, 32 bits: the same on both sides, or predictions are wrong. */
  readonly hash: number;
  /** By number on the wire. */
  ability(id: number): Ability | undefined;
  aura(id: number): AuraRule | undefined;
  /** By slot of the bar, 1 to 10. */
  inSlot(slot: number): Ability | undefined;
  /** By file name without its end. */
  creature(key: string): CreatureRule | undefined;
}
