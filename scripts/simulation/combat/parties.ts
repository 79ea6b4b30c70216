import type { CommandOutcome } from "../../protocol/combat/combat-words.ts";
import type { CombatState } from "./combat-state.ts";
import { FighterKind } from "./fighters.ts";

/** Rule C60. */
export const MAX_PARTY = 5;

/** A party: who is in it, by entity id, in the order in which they joined. The first leads. */
export interface Party {
  readonly number: number;
  readonly members: number[];
  /** Rises with every change. */
  revision: number;
}

interface Invitation {
  readonly inviter: number;
  readonly endTick: number;
}

/** Who is with whom: rules C60 to C62. Nothing here happens often. */
export class Parties {
  readonly #state: CombatState;
  readonly #parties = new Map<number, Party>();
  /** By who is invited. */
  readonly #invitations = new Map<number, Invitation>();
  #nextNumber = 1;
  /** Rises when any invitation comes or goes. */
  invitationRevision = 0;

  constructor(state: CombatState) {
    this.#state = state;
  }

  /** The party of whoever is at a place. */
  of(place: number): Party | undefined {
    return this.#parties.get(this.#state.fighters.party[place] ?? 0);
  }

  /** Who invites an entity: entity id, 0 for nobody. */
  inviterOf(entityId: number): number {
    return this.#invitations.get(entityId)?.inviter ?? 0;
  }

  invitationEnd(entityId: number): number {
    return this.#invitations.get(entityId)?.endTick ?? 0;
  }

  invite(place: number, target: number): CommandOutcome {
    const { fighters, data, tick } = this.#state;
    if (place === target) return "self";
    if (target < 0) return "target_gone";
    if (fighters.kind[target] !== FighterKind.player) return "not_a_player";
    const party = this.of(place);
    const id = fighters.entityId[place] ?? 0;
    if (party !== undefined && party.members[0] !== id) return "not_leader";
    if (party !== undefined && party.members.length >= MAX_PARTY) return "party_full";
    if (this.of(target) !== undefined) return "already_in_party";
    const targetId = fighters.entityId[target] ?? 0;
    if (this.#invitations.has(targetId)) return "already_invited";
    this.#invitations.set(targetId, { inviter: id, endTick: tick + data.basics.invitationTicks });
    this.invitationRevision += 1;
    return "done";
  }

  accept(place: number): CommandOutcome {
    const { fighters } = this.#state;
    const id = fighters.entityId[place] ?? 0;
    const invitation = this.#invitations.get(id);
    if (invitation === undefined) return "no_invitation";
    const inviter = fighters.placeOf(invitation.inviter);
    const party = inviter < 0 ? undefined : this.of(inviter);
    this.#forget(id);
    if (inviter < 0) return "target_gone";
    if (this.of(place) !== undefined) return "already_in_party";
    // It may have joined somebody else's party since, and not lead that one.
    if (party !== undefined && party.members[0] !== invitation.inviter) return "no_invitation";
    if (party !== undefined && party.members.length >= MAX_PARTY) return "party_full";
    this.#join(party ?? this.#found(inviter), place);
    return "done";
  }

  decline(place: number): CommandOutcome {
    const id = this.#state.fighters.entityId[place] ?? 0;
    if (!this.#invitations.has(id)) return "no_invitation";
    this.#forget(id);
    return "done";
  }

  leave(place: number): CommandOutcome {
    const party = this.of(place);
    if (party === undefined) return "not_in_party";
    this.#part(party, place);
    return "done";
  }

  kick(place: number, target: number): CommandOutcome {
    const { fighters } = this.#state;
    const party = this.of(place);
    if (party === undefined) return "not_in_party";
    if (party.members[0] !== fighters.entityId[place]) return "not_leader";
    if (target === place) return "self";
    if (target < 0) return "target_gone";
    if (this.of(target) !== party) return "not_in_party";
    this.#part(party, target);
    return "done";
  }

  /** Somebody leaves the zone. */
  forget(place: number): void {
    const id = this.#state.fighters.entityId[place] ?? 0;
    this.#forget(id);
    const party = this.of(place);
    if (party !== undefined) this.#part(party, place);
  }

  /** Ends invitations that nobody answered. */
  expire(): void {
    if (this.#invitations.size === 0) return;
    for (const [id, { endTick }] of this.#invitations) if (endTick <= this.#state.tick) this.#forget(id);
  }

  #forget(entityId: number): void {
    if (this.#invitations.delete(entityId)) this.invitationRevision += 1;
  }

  #found(leader: number): Party {
    const party: Party = { number: this.#nextNumber, members: [], revision: 0 };
    this.#nextNumber += 1;
    this.#parties.set(party.number, party);
    this.#join(party, leader);
    return party;
  }

  #join(party: Party, place: number): void {
    const { fighters } = this.#state;
    party.members.push(fighters.entityId[place] ?? 0);
    party.revision += 1;
    fighters.party[place] = party.number;
  }

  #part(party: Party, place: number): void {
    const { fighters } = this.#state;
    const at = party.members.indexOf(fighters.entityId[place] ?? 0);
    if (at >= 0) party.members.splice(at, 1);
    party.revision += 1;
    fighters.party[place] = 0;
    if (party.members.length > 1) return;
    const last = fighters.placeOf(party.members[0] ?? 0);
    if (last >= 0) fighters.party[last] = 0;
    party.members.length = 0;
    this.#parties.delete(party.number);
  }
}
