import { EntityHistory } from "../../scripts/protocol/snapshot-codec/entity-history.ts";
import { SnapshotSender } from "../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { animationOf } from "../../scripts/simulation/animation.ts";
import { POSITION_STEPS_PER_METER } from "../../scripts/simulation/constants.ts";
import type { Zone } from "../../scripts/simulation/zone-file.ts";
import { ZoneTerrain } from "../../scripts/simulation/zone-terrain.ts";
import type { Player } from "./player.ts";

/** Longest packet of the codec: with the header and the own state before it, one datagram. */
const PACKET_BYTES = 1_100;
/** What one player is told per snapshot at most: 66 KB/s. Who does not fit waits for the next one, the near not for long. */
export const SNAPSHOT_BUDGET_BYTES = 3 * PACKET_BYTES;
/** Urgency of whoever stands beside the viewer; at `HALF_URGENCY_METERS` it is half as much. */
const NEAREST_URGENCY = 4_096;
const HALF_URGENCY_METERS = 32;

/**
 * The zone's characters as all senders tell of them: one history for everybody, written once per snapshot. A character keeps
 * its place in the history while it is here. Allocates nothing but senders.
 */
export class EntityBroadcast {
  readonly #history: EntityHistory;
  readonly #terrain: ZoneTerrain;
  readonly #free: number[];

  /** `maxPlayers`: characters that can be here at once. */
  constructor(zone: Zone, maxPlayers: number) {
    this.#history = new EntityHistory(maxPlayers);
    this.#terrain = new ZoneTerrain(zone.world.heightfield);
    this.#free = Array.from({ length: maxPlayers }, (_, index) => maxPlayers - 1 - index);
  }

  /** For one session: what it knows of its receiver ends with it. */
  createSender(): SnapshotSender {
    return new SnapshotSender(this.#history, { packetBytes: PACKET_BYTES, terrain: this.#terrain });
  }

  /** Writes down where everybody is at a tick, later than the one before. */
  record(serverTick: number, players: readonly Player[]): void {
    const history = this.#history;
    history.advance(serverTick);
    for (const player of players) {
      const { shown } = player;
      const x = Math.round(shown.x * POSITION_STEPS_PER_METER);
      const y = Math.round(shown.y * POSITION_STEPS_PER_METER);
      const z = Math.round(shown.z * POSITION_STEPS_PER_METER);
      const { place } = player;
      history.write(place, player.entityId, x, y, z, shown.yaw);
      history.writeCondition(place, 0, 0, 0, animationOf(shown));
    }
  }

  /** Begins the recorded snapshot for one viewer, who sees everybody else: the nearer, the more urgently. */
  show(viewer: Player, sender: SnapshotSender, players: readonly Player[]): void {
    sender.begin(SNAPSHOT_BUDGET_BYTES);
    for (const player of players) {
      if (player === viewer) continue;
      const dx = player.state.x - viewer.state.x;
      const dz = player.state.z - viewer.state.z;
      const meters = Math.sqrt(dx * dx + dz * dz);
      const urgency = Math.ceil((NEAREST_URGENCY * HALF_URGENCY_METERS) / (HALF_URGENCY_METERS + meters));
      sender.see(player.place, urgency);
    }
  }

  /** A place in the history for a character that comes, to be given back when it goes. */
  takePlace(): number {
    const place = this.#free.pop();
    if (place === undefined) throw new Error(`expected at most ${this.#history.capacity} players, one more came`);
    return place;
  }

  givePlaceBack(place: number): void {
    this.#free.push(place);
  }
}
