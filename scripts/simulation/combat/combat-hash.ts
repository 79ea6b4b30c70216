import type { CombatState } from "./combat-state.ts";
import { MAX_ABILITIES } from "./data/read-combat-data.ts";

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);
let hash = 0;

function add(value: number | undefined): void {
  double[0] = value ?? 0;
  hash = Math.imul(hash ^ (halves[0] ?? 0), 0x0100_0193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash ^ (halves[1] ?? 0), 0x0100_0193);
  hash ^= hash >>> 15;
}

/** 32 bits over everything that the rules work on: equal on a server and on a replay of it, or something is not deterministic. */
export function hashCombat(state: CombatState): number {
  const { fighters, auras, threat, projectiles, events } = state;
  hash = 0x811c_9dc5 | 0;
  add(state.tick);
  add(events.firstSequence + events.count);
  for (let i = 0; i < fighters.count; i += 1) {
    const place = fighters.places[i] ?? 0;
    add(fighters.entityId[place]);
    add(fighters.health[place]);
    add(fighters.resource[place]);
    add(fighters.ownTick[place]);
    add(fighters.globalEnd[place]);
    add(fighters.casting[place]);
    if ((fighters.casting[place] ?? -1) >= 0) {
      add(fighters.castEnd[place]);
      add(fighters.castTarget[place]);
    }
    add(fighters.combatUntil[place]);
    add(fighters.dead[place]);
    add(fighters.returning[place]);
    add(fighters.x[place]);
    add(fighters.y[place]);
    add(fighters.z[place]);
    for (let ability = 0; ability < state.data.abilities.length; ability += 1) {
      add(fighters.chargedTick[place * MAX_ABILITIES + ability]);
    }
    for (let number = 0; number < (auras.count[place] ?? 0); number += 1) {
      const at = auras.at(place, number);
      add(auras.rule[at]);
      add(auras.source[at]);
      add(auras.endTick[at]);
      add(auras.stacks[at]);
      add(auras.absorb[at]);
    }
    add(threat.attacked[place]);
    for (let index = 0; index < (threat.count[place] ?? 0); index += 1) {
      add(threat.who(place, index));
      add(threat.threat(place, index));
    }
  }
  for (let at = 0; at < projectiles.count; at += 1) {
    add(projectiles.ability[at]);
    add(projectiles.source[at]);
    add(projectiles.target[at]);
    add(projectiles.arrivalTick[at]);
  }
  return hash >>> 0;
}
