import { type CombatEvent, type PartyState, PLACE_STEPS_PER_METER } from "../../protocol/combat/combat-messages.ts";
import { FighterState } from "../../protocol/combat/combat-words.ts";
import type { OwnView } from "../own-view.ts";
import type { RemoteEntities } from "../remote-entities.ts";
import { createParty } from "./combat-parts.ts";
import type { OtherFighters } from "./other-fighters.ts";
import { PartyHealth } from "./party-health.ts";

export interface OwnPartyParts {
  readonly own: OwnView;
  readonly remotes: RemoteEntities;
  readonly nameplates: OtherFighters;
}

/** The player's party: who is in it and how they are, by what the server tells now and then and by the events in between. */
export class OwnParty {
  readonly view = createParty();
  readonly #parts: OwnPartyParts;
  readonly #health = new PartyHealth();
  /** `revision` of the remotes for which names are filled in. */
  #namedRevision = -1;

  constructor(parts: OwnPartyParts) {
    this.#parts = parts;
  }

  /** Something happened, perhaps to one of them. */
  addEvent(event: Readonly<CombatEvent>, tick: number): void {
    if (this.#health.add(this.view, event, tick)) this.view.revision += 1;
  }

  /** The server tells of it. */
  add(message: Readonly<PartyState>): void {
    const { own, remotes, nameplates } = this.#parts;
    const party = this.view;
    nameplates.party.clear();
    this.#health.beginState(message.serverTick);
    let count = 0;
    for (const from of message.members) {
      if (from.entityId === own.entityId) continue;
      nameplates.party.add(from.entityId);
      const to = party.members[count];
      if (to === undefined) continue;
      count += 1;
      const isNew = to.entityId !== from.entityId;
      if (isNew) to.placeTick = 0;
      to.name = remotes.nameOf(from.entityId) || (isNew ? "" : to.name);
      to.entityId = from.entityId;
      to.level = from.level;
      to.maxHealth = from.maxHealth;
      to.resource = from.resourcePercent;
      if (isNew || this.#health.isNews(from.entityId, message.serverTick)) {
        to.health = from.health;
        to.dead = (from.state & FighterState.dead) !== 0;
      }
      to.leader = from.entityId === message.leaderEntityId;
      to.near = remotes.indexOf(from.entityId) >= 0;
    }
    party.count = count;
    this.#addPlaces(message);
    party.joined = message.leaderEntityId !== 0;
    party.leading = message.leaderEntityId === own.entityId;
    party.inviterEntityId = message.inviterEntityId;
    party.inviterName = remotes.nameOf(message.inviterEntityId);
    party.invitationEndTick = message.invitationEndTick;
    party.revision += 1;
    nameplates.changes += 1;
  }

  /** Names come after those who have them, and members come and go out of sight. */
  advance(): void {
    const { remotes } = this.#parts;
    if (remotes.revision === this.#namedRevision) return;
    const party = this.view;
    this.#namedRevision = remotes.revision;
    let changed = false;
    for (let i = 0; i < party.count; i += 1) {
      const member = party.members[i];
      if (member === undefined) continue;
      const near = remotes.indexOf(member.entityId) >= 0;
      const name = remotes.nameOf(member.entityId) || member.name;
      changed ||= near !== member.near || name !== member.name;
      member.near = near;
      // What was told of an earlier walk says nothing of the next one.
      if (near) member.placeTick = 0;
      member.name = name;
    }
    const inviter = remotes.nameOf(party.inviterEntityId) || party.inviterName;
    changed ||= inviter !== party.inviterName;
    party.inviterName = inviter;
    if (changed) party.revision += 1;
  }

  #addPlaces({ places, serverTick }: Readonly<PartyState>): void {
    if (places === undefined) return;
    for (const { entityId, x, z } of places) {
      const member = this.view.members.find((one, index) => index < this.view.count && one.entityId === entityId);
      if (member === undefined) continue;
      member.placeX = x / PLACE_STEPS_PER_METER;
      member.placeZ = z / PLACE_STEPS_PER_METER;
      member.placeTick = serverTick;
    }
  }

  /** The session is over. */
  clear(): void {
    const party = this.view;
    this.#health.clear();
    party.joined = false;
    party.count = 0;
    party.inviterEntityId = 0;
    party.revision += 1;
  }
}
