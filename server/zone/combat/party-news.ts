import { Capability } from "../../../scripts/protocol/capability.ts";
import {
  type PartyMember,
  type PartyPlace,
  type PartyState,
  PLACE_STEPS_PER_METER,
} from "../../../scripts/protocol/combat/combat-messages.ts";
import type { CombatWorld } from "../../../scripts/simulation/combat/combat-world.ts";
import type { Party } from "../../../scripts/simulation/combat/parties.ts";
import type { AreaOfInterest } from "../area-of-interest.ts";
import type { Outbox } from "../outbox.ts";
import type { Player } from "../player.ts";

/** From one message about a party to the next while nobody comes or goes: what only drifts is health. */
const DRIFT_TICKS = 15;
/** Of the messages about the party in a session of 1.5 every other one says where those are that the viewer does not see: twice a second. */
const DRIFTS_PER_PLACES = 2;
const PLACES_MINOR = 5;
const MAX_STEPS = 0xffff;

export interface PartyNewsParts {
  combat: CombatWorld;
  /** Where everybody is, and who sees whom. */
  area: AreaOfInterest;
  outbox: Outbox;
}

/** What a viewer was told last. */
interface Told {
  party: number;
  revision: number;
  inviter: number;
  drift: number;
}

/** Tells players of their party and of who invites them: at once when it changes, a few times a second otherwise. Allocates nothing but for newcomers. */
export class PartyNews {
  readonly #parts: PartyNewsParts;
  readonly #told = new Map<number, Told>();
  readonly #places: PartyPlace[] = [];
  readonly #message: PartyState = {
    ...{ serverTick: 0, leaderEntityId: 0, inviterEntityId: 0, invitationEndTick: 0 },
    ...{ members: [], places: undefined },
  };
  /** Rows of the message, for ever. */
  readonly #memberRows: PartyMember[] = [];
  readonly #placeRows: PartyPlace[] = [];

  constructor(parts: PartyNewsParts) {
    this.#parts = parts;
  }

  forget(place: number): void {
    this.#told.delete(place);
  }

  tell(player: Player): void {
    const { combat, outbox } = this.#parts;
    const { tick } = combat.state;
    const party = combat.parties.of(player.place);
    const number = party?.number ?? 0;
    const revision = party?.revision ?? 0;
    const inviter = combat.parties.inviterOf(player.entityId);
    const drift = party === undefined && inviter === 0 ? 0 : Math.floor(tick / DRIFT_TICKS);
    const told = this.#toldOf(player.place);
    if (told.party === number && told.revision === revision && told.inviter === inviter && told.drift === drift) {
      return;
    }
    told.party = number;
    told.revision = revision;
    told.inviter = inviter;
    told.drift = drift;
    const message = this.#message;
    message.serverTick = tick;
    message.leaderEntityId = party?.members[0] ?? 0;
    message.inviterEntityId = inviter;
    message.invitationEndTick = combat.parties.invitationEnd(player.entityId);
    this.#fillMembers(party);
    message.places = undefined;
    if (drift % DRIFTS_PER_PLACES === 0 && player.features.agreement.protocolMinor >= PLACES_MINOR) {
      this.#fillPlaces(player, party);
      message.places = this.#places;
    }
    outbox.combat(player, "partyState", message);
  }

  #fillMembers(party: Party | undefined): void {
    const { combat } = this.#parts;
    const { fighters } = combat.state;
    const { members } = this.#message;
    members.length = 0;
    if (party === undefined) return;
    for (const entityId of party.members) {
      const place = fighters.placeOf(entityId);
      const max = Math.max(fighters.maxResource[place] ?? 1, 1);
      const row = this.#memberRow(members.length);
      row.entityId = entityId;
      row.health = fighters.health[place] ?? 0;
      row.maxHealth = fighters.maxHealth[place] ?? 0;
      row.level = fighters.level[place] ?? 0;
      row.state = combat.conditionOf(place);
      row.resourcePercent = Math.floor(((fighters.resource[place] ?? 0) * 100) / max);
      members.push(row);
    }
  }

  /**
   * Where those of its party are that a viewer is not told of by snapshots. Who speaks the legacy codec is told of the nearest few only, so that
   * somebody in sight may not be among them: of everybody then.
   */
  #fillPlaces({ place: viewer, features }: Player, party: Party | undefined): void {
    const { combat, area } = this.#parts;
    const places = this.#places;
    places.length = 0;
    if (party === undefined) return;
    const toldOfAll = features.codec !== Capability.legacy;
    for (const entityId of party.members) {
      const place = combat.state.fighters.placeOf(entityId);
      if (place < 0 || place === viewer || (toldOfAll && area.sees(viewer, place))) continue;
      const row = this.#placeRow(places.length);
      row.entityId = entityId;
      row.x = stepsOf(area.xOf(place));
      row.z = stepsOf(area.zOf(place));
      places.push(row);
    }
  }

  #memberRow(index: number): PartyMember {
    let row = this.#memberRows[index];
    if (row === undefined) {
      row = { entityId: 0, health: 0, maxHealth: 0, level: 0, state: 0, resourcePercent: 0 };
      this.#memberRows[index] = row;
    }
    return row;
  }

  #placeRow(index: number): PartyPlace {
    let row = this.#placeRows[index];
    if (row === undefined) {
      row = { entityId: 0, x: 0, z: 0 };
      this.#placeRows[index] = row;
    }
    return row;
  }

  #toldOf(place: number): Told {
    let told = this.#told.get(place);
    if (told === undefined) {
      told = { party: 0, revision: 0, inviter: 0, drift: 0 };
      this.#told.set(place, told);
    }
    return told;
  }
}

function stepsOf(meters: number): number {
  return Math.min(Math.max(Math.round(meters * PLACE_STEPS_PER_METER), 0), MAX_STEPS);
}
