import {
  type AuraState,
  type CombatCommand,
  type CombatEvent,
  type CombatMessages,
  type CooldownState,
  POWER_OFFSET,
  type ThreatState,
} from "../../../scripts/protocol/combat/combat-messages.ts";
import { MAX_COMBAT_EVENTS } from "../../../scripts/protocol/combat/combat-shapes.ts";
import { COMBAT_EVENT_KINDS, type CommandOutcome } from "../../../scripts/protocol/combat/combat-words.ts";
import { createCombatMessages } from "../../../scripts/protocol/combat/create-combat-messages.ts";
import type { CombatWorld } from "../../../scripts/simulation/combat/combat-world.ts";
import { MAX_ABILITIES } from "../../../scripts/simulation/combat/data/read-combat-data.ts";
import { criticalChance, reductionPercent } from "../../../scripts/simulation/combat/hit-roll.ts";
import type { AreaOfInterest } from "../area-of-interest.ts";
import type { Outbox } from "../outbox.ts";
import type { Player } from "../player.ts";
import { PartyNews } from "./party-news.ts";

/** Events of strangers that one viewer is told in one tick. */
const STRANGERS_PER_TICK = 48;
/** From one look at what only drifts, the threat, to the next. */
const DRIFT_TICKS = 15;
const MOST_THREATS = 5;

export interface CombatNewsParts {
  combat: CombatWorld;
  /** Who sees whom. */
  area: AreaOfInterest;
  outbox: Outbox;
}

/** What a viewer was told last, so that only changes are told. */
interface Told {
  ownTick: number;
  resource: number;
  target: string;
}

/**
 * Tells each player what concerns it, in the tick that made it: events in one message, its own condition, its target and party when they changed.
 * Costs a few comparisons for a player with whom nothing happens.
 */
export class CombatNews {
  readonly #parts: CombatNewsParts;
  readonly #messages: CombatMessages = createCombatMessages();
  readonly #events: CombatEvent[] = [];
  readonly #party: PartyNews;
  readonly #told = new Map<number, Told>();
  /** By place: a number that changes with what a player is told of itself. */
  readonly #signature: Float64Array;

  constructor(parts: CombatNewsParts) {
    this.#parts = parts;
    this.#party = new PartyNews(parts);
    this.#signature = new Float64Array(parts.combat.state.capacity);
  }

  forget(place: number): void {
    this.#told.delete(place);
    this.#party.forget(place);
    this.#signature[place] = Number.NaN;
  }

  tell(players: readonly Player[]): void {
    const { events } = this.#parts.combat.state;
    for (const player of players) {
      if (!player.features.combat || player.deaf) continue;
      if (events.count > 0) this.#tellEvents(player);
      this.#tellSelf(player);
      this.#tellTarget(player);
      this.#party.tell(player);
    }
  }

  tellCommandResult(player: Player, { commandId, kind }: Readonly<CombatCommand>, outcome: CommandOutcome): void {
    this.#parts.outbox.combat(player, "combatCommandResult", { commandId, kind, outcome });
  }

  #tellEvents(player: Player): void {
    const { events, fighters } = this.#parts.combat.state;
    const { area, outbox } = this.#parts;
    const { place, entityId } = player;
    const party = fighters.party[place] ?? 0;
    const message = this.#messages.combatEvents;
    message.serverTick = events.tick;
    message.events.length = 0;
    message.omitted = 0;
    let strangers = 0;
    for (let i = 0; i < events.count; i += 1) {
      const source = events.sourcePlace[i] ?? -1;
      const target = events.targetPlace[i] ?? -1;
      const own =
        events.source[i] === entityId ||
        events.target[i] === entityId ||
        (party !== 0 && (fighters.party[source] === party || fighters.party[target] === party));
      if (!own) {
        const seen = (source >= 0 && area.sees(place, source)) || (target >= 0 && area.sees(place, target));
        if (!seen) continue;
        if (strangers >= STRANGERS_PER_TICK || !player.combatEvents.take(events.tick)) {
          message.omitted = Math.min(message.omitted + 1, 0xffff);
          continue;
        }
        strangers += 1;
      }
      if (message.events.length === MAX_COMBAT_EVENTS) {
        outbox.combat(player, "combatEvents", message);
        message.events.length = 0;
        message.omitted = 0;
      }
      message.events.push(this.#event(message.events.length, i));
    }
    if (message.events.length > 0 || message.omitted > 0) outbox.combat(player, "combatEvents", message);
  }

  #event(slot: number, i: number): CombatEvent {
    const { events } = this.#parts.combat.state;
    let event = this.#events[slot];
    if (event === undefined) {
      event = {
        sequence: 0,
        sourceEntityId: 0,
        targetEntityId: 0,
        what: 0,
        amount: 0,
        absorbed: 0,
        blocked: 0,
        over: 0,
        kind: "none",
        flags: 0,
      };
      this.#events[slot] = event;
    }
    event.sequence = (events.firstSequence + i) >>> 0;
    event.sourceEntityId = events.source[i] ?? 0;
    event.targetEntityId = events.target[i] ?? 0;
    event.what = events.what[i] ?? 0;
    event.amount = events.amount[i] ?? 0;
    event.absorbed = events.absorbed[i] ?? 0;
    event.blocked = events.blocked[i] ?? 0;
    event.over = events.over[i] ?? 0;
    event.kind = COMBAT_EVENT_KINDS[events.kind[i] ?? 0] ?? "none";
    event.flags = events.flags[i] ?? 0;
    return event;
  }

  /** What does not change by itself. The resource grows as the client reckons; anything else is told. */
  #tellSelf(player: Player): void {
    const { combat } = this.#parts;
    const { fighters, auras, data } = combat.state;
    const { place } = player;
    const told = this.#toldOf(place);
    const ownTick = fighters.ownTick[place] ?? 0;
    const max = fighters.maxResource[place] ?? 0;
    const grown = told.resource + (fighters.regeneration[place] ?? 0) * (ownTick - told.ownTick);
    const resource = fighters.resource[place] ?? 0;
    const signature =
      (fighters.health[place] ?? 0) +
      combat.conditionOf(place) * 0x1_0000 +
      (auras.revision[place] ?? 0) * 0x100_0000 +
      (fighters.castStart[place] ?? 0) * 7.25 +
      (fighters.globalEnd[place] ?? 0) * 3.125;
    if (signature === this.#signature[place] && Math.min(grown, max) === resource) return;
    this.#signature[place] = signature;
    told.ownTick = ownTick;
    told.resource = resource;
    const message = this.#messages.combatSelf;
    message.serverTick = combat.state.tick;
    message.ownTick = ownTick;
    message.level = fighters.level[place] ?? 0;
    message.health = fighters.health[place] ?? 0;
    message.maxHealth = fighters.maxHealth[place] ?? 0;
    message.resource = resource;
    message.maxResource = max;
    message.regeneration = fighters.regeneration[place] ?? 0;
    message.power = Math.max((fighters.power[place] ?? 0) + POWER_OFFSET, 0);
    message.criticalChance = criticalChance(fighters.precision[place] ?? 0);
    message.reduction = reductionPercent(fighters.guard[place] ?? 0);
    message.state = combat.conditionOf(place);
    message.globalStartTick = fighters.globalStart[place] ?? 0;
    message.globalEndTick = fighters.globalEnd[place] ?? 0;
    const casting = data.abilities[fighters.casting[place] ?? -1];
    message.castAbilityId = casting?.id ?? 0;
    message.castStartTick = casting === undefined ? 0 : (fighters.castStart[place] ?? 0);
    message.castEndTick = casting === undefined ? 0 : (fighters.castEnd[place] ?? 0);
    const dead = fighters.dead[place] === 1;
    const died = dead ? (fighters.diedTick[place] ?? 0) : 0;
    message.diedTick = died;
    message.respawnTick = dead ? died + data.basics.respawnTicks : 0;
    message.releaseTick = dead ? died + data.basics.releaseTicks : 0;
    message.killerEntityId = dead ? (fighters.killer[place] ?? 0) : 0;
    message.killedBy = dead ? (fighters.killedBy[place] ?? 0) : 0;
    message.rulesHash = data.hash;
    message.cooldowns = this.#cooldowns(place, ownTick);
    message.auras = this.#auras(place);
    this.#parts.outbox.combat(player, "combatSelf", message);
  }

  #cooldowns(place: number, ownTick: number): CooldownState[] {
    const { fighters, data } = this.#parts.combat.state;
    const cooldowns: CooldownState[] = [];
    for (const { index, id, slot } of data.abilities) {
      const chargedTick = fighters.chargedTick[place * MAX_ABILITIES + index] ?? 0;
      if (slot > 0 && chargedTick > ownTick) cooldowns.push({ abilityId: id, chargedTick });
    }
    return cooldowns;
  }

  #auras(place: number): AuraState[] {
    const { auras, data } = this.#parts.combat.state;
    return Array.from({ length: auras.count[place] ?? 0 }, (_, number) => {
      const at = auras.at(place, number);
      return {
        sourceEntityId: auras.source[at] ?? 0,
        startTick: auras.startTick[at] ?? 0,
        endTick: auras.endTick[at] ?? 0,
        auraId: data.auras[auras.rule[at] ?? 0]?.id ?? 0,
        absorb: Math.min(auras.absorb[at] ?? 0, 0xffff),
        stacks: auras.stacks[at] ?? 0,
      };
    });
  }

  #tellTarget(player: Player): void {
    const { combat } = this.#parts;
    const { fighters, auras, threat, tick, data } = combat.state;
    const told = this.#toldOf(player.place);
    const place = player.lockedOn === 0 ? -1 : fighters.placeOf(player.lockedOn);
    if (place < 0 && told.target === "") return;
    const drift = Math.floor(tick / DRIFT_TICKS);
    const version =
      place < 0
        ? ""
        : `${player.lockedOn} ${auras.revision[place]} ${fighters.casting[place]} ${fighters.castStart[place]} ` +
          `${threat.attacked[place]} ${threat.count[place] === 0 ? 0 : drift}`;
    if (version === told.target) return;
    told.target = version;
    const casting = place < 0 ? undefined : data.abilities[fighters.casting[place] ?? -1];
    const ahead = place < 0 ? 0 : tick - (fighters.ownTick[place] ?? 0);
    this.#parts.outbox.combat(player, "combatTarget", {
      serverTick: tick,
      entityId: place < 0 ? 0 : player.lockedOn,
      level: place < 0 ? 0 : (fighters.level[place] ?? 0),
      itsTargetEntityId: place < 0 ? 0 : (threat.attacked[place] ?? 0),
      castAbilityId: casting?.id ?? 0,
      castStartTick: casting === undefined ? 0 : Math.max((fighters.castStart[place] ?? 0) + ahead, 0),
      castEndTick: casting === undefined ? 0 : Math.max((fighters.castEnd[place] ?? 0) + ahead, 0),
      auras: place < 0 ? [] : this.#auras(place),
      threat: place < 0 ? [] : this.#threats(place),
    });
  }

  #threats(place: number): ThreatState[] {
    const { threat } = this.#parts.combat.state;
    const list = Array.from({ length: threat.count[place] ?? 0 }, (_, index) => ({
      entityId: threat.who(place, index),
      threat: threat.threat(place, index),
    }));
    list.sort((a, b) => b.threat - a.threat || a.entityId - b.entityId);
    const most = Math.max(list[0]?.threat ?? 1, 1);
    return list.slice(0, MOST_THREATS).map((one) => ({
      entityId: one.entityId,
      percent: Math.floor((one.threat * 100) / most),
    }));
  }

  #toldOf(place: number): Told {
    let told = this.#told.get(place);
    if (told === undefined) {
      told = { ownTick: 0, resource: 0, target: "" };
      this.#told.set(place, told);
    }
    return told;
  }
}
