import type { GameClient } from "../../../scripts/client/game-client.ts";
import type { Fighters } from "../../../scripts/simulation/combat/fighters.ts";
import { Histogram } from "../histogram.ts";

interface Change {
  readonly ms: number;
  readonly health: number;
}

/** Changes that nobody has shown after so long count as if they were shown then. */
const LOST_MS = 2_000;

/** How long after a change of health on the server a client shows it, of itself and of all whom it sees. */
export class HealthWatch {
  readonly latencyMs = new Histogram(0.25, 8_000);
  readonly #changes = new Map<number, Change[]>();
  readonly #last = new Map<number, number>();

  /** After a turn of the server. */
  lookAtServer(fighters: Fighters, nowMs: number): void {
    for (let i = 0; i < fighters.count; i += 1) {
      const place = fighters.places[i] ?? 0;
      const entityId = fighters.entityId[place] ?? 0;
      const health = fighters.health[place] ?? 0;
      if (this.#last.get(entityId) === health) continue;
      const known = this.#last.has(entityId);
      this.#last.set(entityId, health);
      if (!known) continue;
      const changes = this.#changes.get(entityId);
      if (changes === undefined) this.#changes.set(entityId, [{ ms: nowMs, health }]);
      else changes.push({ ms: nowMs, health });
    }
  }

  /** A client's eyes. */
  watch(client: GameClient): ClientHealthWatch {
    return new ClientHealthWatch(client, this.#changes, this.latencyMs);
  }

  /** Forgets what everybody has had time to show: memory stays flat. */
  forgetBefore(ms: number, watches: readonly ClientHealthWatch[]): void {
    for (const [entityId, changes] of this.#changes) {
      const old = changes.findIndex((change) => change.ms >= ms);
      const count = old < 0 ? changes.length : old;
      if (count === 0) continue;
      changes.splice(0, count);
      for (const watch of watches) watch.shift(entityId, count);
    }
  }
}

/** What one client shows, against the server's changes. */
export class ClientHealthWatch {
  readonly #client: GameClient;
  readonly #changes: ReadonlyMap<number, readonly Change[]>;
  readonly #latencyMs: Histogram;
  /** By entity id: how many changes were shown. */
  readonly #shown = new Map<number, number>();
  /** By entity id: the last look at which it was in sight. */
  readonly #seen = new Map<number, number>();
  #looks = 0;

  constructor(client: GameClient, changes: ReadonlyMap<number, readonly Change[]>, latencyMs: Histogram) {
    this.#client = client;
    this.#changes = changes;
    this.#latencyMs = latencyMs;
  }

  /** After a frame. */
  look(nowMs: number): void {
    const { combat, own, remotes } = this.#client;
    if (!own.present || !combat.inUse) return;
    this.#looks += 1;
    this.#lookAt(own.entityId, combat.self.health, nowMs);
    for (let index = 0; index < remotes.count; index += 1) {
      this.#lookAt(remotes.entityId[index] ?? 0, remotes.health[index] ?? 0, nowMs);
    }
    for (const [entityId, look] of this.#seen) {
      if (look === this.#looks) continue;
      this.#seen.delete(entityId);
      this.#shown.delete(entityId);
    }
  }

  shift(entityId: number, count: number): void {
    const shown = this.#shown.get(entityId);
    if (shown !== undefined) this.#shown.set(entityId, Math.max(0, shown - count));
  }

  #lookAt(entityId: number, health: number, nowMs: number): void {
    this.#seen.set(entityId, this.#looks);
    const changes = this.#changes.get(entityId) ?? [];
    const shown = this.#shown.get(entityId);
    if (shown === undefined) {
      // It came into sight as it is now.
      this.#shown.set(entityId, changes.length);
      return;
    }
    let upTo = shown;
    for (let at = shown; at < changes.length; at += 1) {
      const change = changes[at];
      if (change !== undefined && (change.health === health || nowMs - change.ms > LOST_MS)) upTo = at + 1;
    }
    for (let at = shown; at < upTo; at += 1) this.#latencyMs.add(nowMs - (changes[at]?.ms ?? nowMs));
    this.#shown.set(entityId, upTo);
  }
}
