import { Capability } from "../../scripts/protocol/capability.ts";
import type { SnapshotSender } from "../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { SNAPSHOT_RATE_HZ } from "../../scripts/simulation/constants.ts";
import type { Zone } from "../../scripts/simulation/zone-file.ts";
import type { Character } from "./character.ts";
import { type EntityBroadcast, TICKS_PER_SNAPSHOT } from "./entity-broadcast.ts";
import { LEGACY_SNAPSHOT_RATE_HZ } from "./nearest-entities.ts";
import type { Outbox } from "./outbox.ts";
import type { Player } from "./player.ts";
import { MAX_GUESSED_TICKS, showState } from "./player-simulation.ts";
import { RecordBudget } from "./record-budget.ts";
import { SnapshotBuilder } from "./snapshot-builder.ts";
import type { ZoneCounters } from "./zone-counters.ts";

/** Ticks that are guessed in one tick for all players together: a few milliseconds. */
const MOST_GUESSED_TICKS = 2_000;
const SNAPSHOTS_PER_LEGACY_SNAPSHOT = SNAPSHOT_RATE_HZ / LEGACY_SNAPSHOT_RATE_HZ;

export interface SnapshotTurnsParts {
  zone: Zone;
  /** Monotonic clock, milliseconds: telling takes no longer than it may. */
  nowMs: () => number;
  broadcast: EntityBroadcast;
  outbox: Outbox;
  counters: ZoneCounters;
  /** Who has which place; changed by its owner. */
  playersByPlace: readonly (Character | undefined)[];
}

/** Tells a third of the players in each tick where everybody is that they see, in the way that their session uses. */
export class SnapshotTurns {
  readonly #parts: SnapshotTurnsParts;
  readonly #snapshots = new SnapshotBuilder();
  readonly #budget = new RecordBudget();

  constructor(parts: SnapshotTurnsParts) {
    this.#parts = parts;
  }

  /** Where others see each player from now on. When very many are late, which is the machine's fault, not so much is guessed. */
  showStates(players: readonly Player[]): void {
    const { world } = this.#parts.zone;
    let owedTicks = 0;
    for (const { timeBank } of players) owedTicks += Math.min(timeBank.owedTicks, MAX_GUESSED_TICKS);
    const share = Math.ceil(MOST_GUESSED_TICKS / Math.max(1, players.length));
    const mostTicks = owedTicks > MOST_GUESSED_TICKS ? Math.min(share, MAX_GUESSED_TICKS) : MAX_GUESSED_TICKS;
    for (const player of players) showState(world, player, mostTicks);
  }

  /** Tells the `listeners` whose turn it is where all `players` and `creatures` are that they see. */
  tell(
    serverTick: number,
    listeners: readonly Player[],
    players: readonly Player[],
    creatures: readonly Character[],
  ): void {
    const { broadcast, nowMs } = this.#parts;
    const startedMs = nowMs();
    broadcast.record(serverTick, players, this.#budget.perViewer(listeners.length / TICKS_PER_SNAPSHOT), creatures);
    for (const player of listeners) if (broadcast.hasTurn(player.place, serverTick)) this.#tellOne(serverTick, player);
    this.#budget.spent(nowMs() - startedMs);
  }

  #tellOne(serverTick: number, player: Player): void {
    const { features, sender } = player;
    if (features.codec === Capability.legacy) this.#sendLegacy(serverTick, player);
    else if (features.differences && sender !== undefined) this.#sendDifferences(serverTick, player, sender);
    else this.#sendFull(serverTick, player);
  }

  #sendFull(serverTick: number, player: Player): void {
    const { broadcast, playersByPlace, outbox, counters } = this.#parts;
    outbox.snapshot(player, this.#snapshots.build(serverTick, player, broadcast.area, playersByPlace));
    counters.snapshotsSent += 1;
  }

  /** A few times a second, not to all players in the same tick, and only of those who are near. */
  #sendLegacy(serverTick: number, player: Player): void {
    const turn = Math.floor(serverTick / TICKS_PER_SNAPSHOT) + player.entityId;
    if (turn % SNAPSHOTS_PER_LEGACY_SNAPSHOT !== 0) return;
    const { broadcast, playersByPlace, outbox, counters } = this.#parts;
    outbox.snapshot(player, this.#snapshots.buildNearest(serverTick, player, broadcast.area, playersByPlace));
    counters.snapshotsSent += 1;
  }

  #sendDifferences(serverTick: number, player: Player, sender: SnapshotSender): void {
    const { broadcast, outbox, counters } = this.#parts;
    broadcast.show(player, sender);
    outbox.differences(player, this.#snapshots.report(serverTick, player), sender);
    counters.snapshotsSent += 1;
  }
}
