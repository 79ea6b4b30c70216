import { COMBAT_EVENT_KINDS } from "../../scripts/protocol/combat/combat-words.ts";
import type { CombatCounts } from "../zone/combat/combat-counts.ts";
import type { DurationHistogram } from "./duration-histogram.ts";
import { boundTexts, type PrometheusText } from "./prometheus-text.ts";

/** What metrics want to know of the fighting in a zone. */
export interface MeasuredCombat {
  readonly counts: Readonly<CombatCounts>;
  /** Creatures that are here and not dead. */
  readonly creaturesAlive: number;
}

/** Everything of fights; a zone without fighting has none of it. */
export function exposeCombat(text: PrometheusText, combat: MeasuredCombat, ticks: DurationHistogram): void {
  const { counts, creaturesAlive } = combat;
  text.family("darkages_combat_events_total", "counter", "What happened in fights.");
  for (const [number, kind] of COMBAT_EVENT_KINDS.entries()) {
    if (kind !== "none") text.sample("darkages_combat_events_total", { kind }, counts.events[number] ?? 0);
  }
  outcomes(
    text,
    "darkages_combat_uses_total",
    "Wishes of players to use an ability: accepted, or why not.",
    counts.uses,
  );
  outcomes(
    text,
    "darkages_combat_commands_total",
    "Other wishes of players in fights: done, or why not.",
    counts.commands,
  );
  text.family("darkages_combat_deaths_total", "counter", "Characters that died.");
  text.sample("darkages_combat_deaths_total", { who: "player" }, counts.playersDied);
  text.sample("darkages_combat_deaths_total", { who: "creature" }, counts.creaturesDied);
  text.family("darkages_combat_creatures", "gauge", "Creatures that are alive.");
  text.sample("darkages_combat_creatures", {}, creaturesAlive);
  text.family(
    "darkages_combat_sequence",
    "gauge",
    "Number of the newest event: as far as a store of all events must have come.",
  );
  text.sample("darkages_combat_sequence", {}, counts.lastSequence);
  const name = "darkages_combat_tick_seconds";
  text.family(name, "histogram", "Time that fighting takes of one simulation tick, telling of it included.");
  text.histogram(name, {}, boundTexts(ticks.buckets.bounds, 1e-9), ticks.counts, 0, ticks.sumNs * 1e-9);
}

function outcomes(text: PrometheusText, name: string, help: string, counts: Readonly<Record<string, number>>): void {
  text.family(name, "counter", help);
  for (const [outcome, count] of Object.entries(counts)) {
    if (outcome !== "unknown") text.sample(name, { outcome }, count);
  }
}
