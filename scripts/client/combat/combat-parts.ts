import type { AuraState } from "../../protocol/combat/combat-messages.ts";
import type { CombatData } from "../../simulation/combat/data/combat-data.ts";
import type { AuraList, AuraView } from "./view/aura-view.ts";
import type { CastView } from "./view/cast-view.ts";
import type { CombatTextEvent } from "./view/combat-text.ts";
import type { DeathView } from "./view/death-view.ts";
import type { PartyMemberView, PartyView } from "./view/party-view.ts";
import type { SelfView } from "./view/self-view.ts";
import type { TargetView, ThreatView } from "./view/target-view.ts";

/** The views, for the one who fills them. */
export type Mutable<View> = { -readonly [Key in keyof View]: View[Key] };

const MAX_AURAS = 16;
const MAX_MEMBERS = 4;
const MAX_THREATS = 5;

export function createCast(clock: "own" | "server"): Mutable<CastView> {
  return {
    ...{ revision: 0, active: false, channel: false, clock, abilityId: 0, abilityName: "", icon: "" },
    ...{ startTick: 0, endTick: 0, ended: "none" as const, endedTick: 0 },
  };
}

export type MutableAuraList = Mutable<Omit<AuraList, "entries">> & { readonly entries: readonly Mutable<AuraView>[] };

export function createAuraList(): MutableAuraList {
  const entries = Array.from({ length: MAX_AURAS }, () => ({
    ...{ auraId: 0, name: "", icon: "", harmful: false, stacks: 0, endTick: 0, durationTicks: 0, absorb: 0 },
    sourceEntityId: 0,
  }));
  return { revision: 0, count: 0, entries };
}

/** Takes over what a server says of somebody's auras. */
export function fillAuras(list: MutableAuraList, auras: readonly AuraState[], data: CombatData | undefined): void {
  list.count = Math.min(auras.length, MAX_AURAS);
  list.revision += 1;
  for (let i = 0; i < list.count; i += 1) {
    const from = auras[i];
    const to = list.entries[i];
    const rule = data?.aura(from?.auraId ?? 0);
    if (from === undefined || to === undefined) continue;
    to.auraId = from.auraId;
    to.name = rule?.name ?? "";
    to.icon = rule?.icon ?? "";
    to.harmful = rule?.harmful ?? false;
    to.stacks = from.stacks;
    to.endTick = from.endTick;
    to.durationTicks = from.endTick - from.startTick;
    to.absorb = from.absorb;
    to.sourceEntityId = from.sourceEntityId;
  }
}

export interface MutableSelf extends Mutable<SelfView> {
  readonly cast: Mutable<CastView>;
  readonly auras: MutableAuraList;
}

export function createSelf(resourceName: string): MutableSelf {
  return {
    ...{ revision: 0, entityId: 0, name: "", level: 0, health: 0, maxHealth: 0, absorb: 0, resource: 0 },
    ...{ maxResource: 0, resourceName, inCombat: false, power: 0, criticalChance: 0, reduction: 0 },
    cast: createCast("own"),
    auras: createAuraList(),
  };
}

export interface MutableTarget extends Mutable<TargetView> {
  readonly cast: Mutable<CastView>;
  readonly auras: MutableAuraList;
  readonly threat: readonly Mutable<ThreatView>[];
}

export function createTarget(): MutableTarget {
  return {
    ...{ revision: 0, entityId: 0, name: "", relation: "player" as const, level: 0, health: 0, maxHealth: 0 },
    ...{ dead: false, inCombat: false, distanceMeters: 0, itsTargetEntityId: 0, threatCount: 0 },
    cast: createCast("server"),
    auras: createAuraList(),
    threat: Array.from({ length: MAX_THREATS }, () => ({ entityId: 0, name: "", percent: 0, self: false })),
  };
}

export interface MutableParty extends Mutable<PartyView> {
  readonly members: readonly Mutable<PartyMemberView>[];
}

export function createParty(): MutableParty {
  const members = Array.from({ length: MAX_MEMBERS }, () => ({
    ...{ entityId: 0, name: "", level: 0, health: 0, maxHealth: 0, resource: 0 },
    ...{ dead: false, leader: false, near: false, placeX: 0.5, placeZ: 0.5, placeTick: 0 },
  }));
  return {
    ...{ revision: 0, joined: false, leading: false, count: 0, members },
    ...{ inviterEntityId: 0, inviterName: "", invitationEndTick: 0 },
  };
}

export function createDeath(): Mutable<DeathView> {
  return {
    ...{ revision: 0, dead: false, killerEntityId: 0, killerName: "", killedByAbilityId: 0, diedTick: 0 },
    killedBy: "",
    ...{ respawnTick: 0, releaseTick: 0, pending: false, points: [] },
  };
}

export function createText(): Mutable<CombatTextEvent> {
  return {
    ...{ number: 0, kind: "damage" as const, entityId: 0, sourceEntityId: 0, amount: 0, critical: false },
    ...{ periodic: false, own: false, predicted: false, confirms: 0, label: "", tick: 0 },
  };
}
