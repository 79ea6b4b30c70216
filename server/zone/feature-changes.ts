import { Capability, knownCapability } from "../../scripts/protocol/capability.ts";
import type { FeatureProblem } from "../../scripts/protocol/messages.ts";
import type { MessageMeter } from "../../scripts/protocol/metering/message-meter.ts";
import type { FeatureGate } from "../features/feature-gate.ts";
import type { Outbox } from "./outbox.ts";
import type { Player } from "./player.ts";
import type { SessionFeatures } from "./session-features.ts";
import type { LogLine } from "./throttled-log.ts";
import type { ZoneCounters } from "./zone-counters.ts";

export interface FeatureChangesParts {
  gate: FeatureGate;
  outbox: Outbox;
  counters: ZoneCounters;
  meter?: MessageMeter;
  log: LogLine;
}

/** Moves living sessions from one set of features to another: when the gate says so, and when something cannot be read. Nobody is disconnected. */
export class FeatureChanges {
  readonly #parts: FeatureChangesParts;
  #revision: number;

  constructor(parts: FeatureChangesParts) {
    this.#parts = parts;
    this.#revision = parts.gate.revision;
  }

  /** Once a tick: if what is allowed has changed, every session uses from now on what it may. */
  follow(players: readonly Player[]): void {
    if (this.#parts.gate.revision === this.#revision) return;
    this.#revision = this.#parts.gate.revision;
    let moved = 0;
    for (const player of players) {
      if (this.#change(player, (features) => features.refresh())) moved += 1;
    }
    this.#parts.log(`features changed: ${moved} of ${players.length} sessions moved`);
  }

  /** Too much of what a player writes cannot be read: it is asked to write otherwise. `byInputs`: it was `InputDelta`. */
  fallBack(player: Player, byInputs: boolean, detail: string): void {
    const { inUse, codec } = player.features;
    const capability = byInputs && inUse.includes(Capability.inputDelta) ? Capability.inputDelta : codec;
    this.#giveUp(player, capability, detail);
  }

  /** A player cannot read what is written to it. */
  report(player: Player, problem: FeatureProblem): void {
    this.#parts.counters.featureProblems += 1;
    this.#parts.meter?.problemReported(player.features.cohort);
    const capability = knownCapability(problem.capability);
    if (capability !== undefined) this.#giveUp(player, capability, `the client says: ${problem.detail}`);
  }

  #giveUp(player: Player, capability: Capability, detail: string): void {
    if (!this.#change(player, (features) => features.giveUp(capability))) return;
    this.#parts.log(`${player.name} goes on without ${capability}: ${detail}`);
  }

  /** Lets `change` decide what a session uses, and tells the player if it is something else than before. */
  #change(player: Player, change: (features: SessionFeatures) => boolean): boolean {
    const { features } = player;
    const { cohort } = features;
    if (!change(features)) return false;
    this.#parts.counters.featureChanges += 1;
    this.#parts.meter?.moveSession(cohort, features.cohort);
    if (features.agreement.protocolMinor >= 2) this.#parts.outbox.features(player);
    return true;
  }
}
