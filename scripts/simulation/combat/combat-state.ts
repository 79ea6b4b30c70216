import { AuraSlots } from "./aura-slots.ts";
import { CombatEvents } from "./combat-events.ts";
import type { CombatData } from "./data/combat-data.ts";
import { FighterKind, Fighters } from "./fighters.ts";
import { Projectiles } from "./projectiles.ts";
import { ThreatTables } from "./threat-tables.ts";

/** Everything that the rules work on. Fixed memory but for the events of a tick that has more than any before. */
export class CombatState {
  readonly fighters: Fighters;
  readonly auras: AuraSlots;
  readonly threat: ThreatTables;
  readonly projectiles = new Projectiles();
  readonly events = new CombatEvents();
  /** Server tick that is being computed. */
  tick = 0;

  /** `seed`: 32 bits, of all random numbers. */
  constructor(
    readonly data: CombatData,
    readonly capacity: number,
    readonly seed: number,
  ) {
    this.fighters = new Fighters(capacity);
    this.auras = new AuraSlots(capacity);
    this.threat = new ThreatTables(capacity);
  }

  /** Whether one may harm another: rule C21. */
  isEnemy(source: number, target: number): boolean {
    const { kind, party } = this.fighters;
    if (source === target) return false;
    if (kind[source] !== kind[target]) return true;
    if (kind[source] === FighterKind.creature) return false;
    return party[source] === 0 || party[source] !== party[target];
  }

  /** Whether one may help another. */
  isFriend(source: number, target: number): boolean {
    const { kind } = this.fighters;
    return kind[source] === kind[target];
  }

  /** Whether what helps all around somebody helps another one, too: the party, not strangers who happen to stand there. */
  isAlly(source: number, target: number): boolean {
    const { kind, party } = this.fighters;
    if (source === target) return true;
    if (kind[source] !== kind[target]) return false;
    return kind[source] === FighterKind.creature || (party[source] !== 0 && party[source] === party[target]);
  }

  inCombat(place: number): boolean {
    return (this.fighters.combatUntil[place] ?? 0) > this.tick;
  }

  /** An event between two that may be gone; -1 and 0 for nobody. */
  tell(kind: number, source: number, sourceId: number, target: number, what: number, amount: number): void {
    const targetId = target < 0 ? 0 : (this.fighters.entityId[target] ?? 0);
    this.events.add(kind, source, sourceId, target, targetId, what, amount);
  }
}
