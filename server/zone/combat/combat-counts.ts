import {
  ABILITY_OUTCOMES,
  type AbilityOutcome,
  COMBAT_EVENT_KINDS,
  COMMAND_OUTCOMES,
  type CommandOutcome,
} from "../../../scripts/protocol/combat/combat-words.ts";
import { type CombatEvents, EventKindNumber } from "../../../scripts/simulation/combat/combat-events.ts";
import { FighterKind, type Fighters } from "../../../scripts/simulation/combat/fighters.ts";

/** What a zone's fighting has come to since the server started. Numbers that only grow; counting allocates nothing. */
export class CombatCounts {
  /** Events by `EventKindNumber`. */
  readonly events = new Float64Array(COMBAT_EVENT_KINDS.length);
  /** Wishes to use an ability by what came of them; copies of one that was answered are not counted again. */
  readonly uses = zeros<AbilityOutcome>(ABILITY_OUTCOMES);
  /** Other wishes, such as to lock on or to invite. */
  readonly commands = zeros<CommandOutcome>(COMMAND_OUTCOMES);
  playersDied = 0;
  creaturesDied = 0;
  /** Number of the newest event, 0 before the first: what a store that takes all of them must have come to. */
  lastSequence = 0;

  /** What happened in a tick. */
  add(events: Readonly<CombatEvents>, fighters: Readonly<Fighters>): void {
    this.lastSequence = events.firstSequence + events.count - 1;
    for (let i = 0; i < events.count; i += 1) {
      const kind = events.kind[i] ?? 0;
      this.events[kind] = (this.events[kind] ?? 0) + 1;
      if (kind !== EventKindNumber.death) continue;
      if (fighters.kind[events.targetPlace[i] ?? -1] === FighterKind.creature) this.creaturesDied += 1;
      else this.playersDied += 1;
    }
  }
}

function zeros<Name extends string>(names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
}
