import type { SnapshotError } from "../protocol/snapshot-codec/snapshot-error.ts";
import { SnapshotReceiver } from "../protocol/snapshot-codec/snapshot-receiver.ts";
import type { SnapshotUpdate } from "../protocol/snapshot-codec/snapshot-update.ts";
import type { CollisionWorld } from "../simulation/collision/collision-world.ts";
import { TICK_RATE_HZ } from "../simulation/constants.ts";
import { terrainOf, type ZoneTerrain } from "../simulation/zone-terrain.ts";

/** From one sweep to the next, and so long must nothing have been heard of an entity that is swept away: a keyframe is through by then. */
export const SWEEP_TICKS = TICK_RATE_HZ;

/**
 * Reads what a server tells by differences. That takes the zone's ground, so what comes while the zone is being loaded is lost,
 * and a keyframe is asked for. Each session starts from nothing.
 */
export class VisibleWorld {
  /** Ids of all entities that differences tell of, as of the last sweep. */
  readonly visible = new Set<number>();
  #nextSweepTick = 0;
  #receiver: SnapshotReceiver | undefined;
  #world: CollisionWorld | undefined;
  #terrain: ZoneTerrain | undefined;

  /** Whether the server must be asked for a keyframe. */
  get keyframeNeeded(): boolean {
    return this.#receiver?.keyframeNeeded ?? false;
  }

  /** Why the last packet was refused; "" if it was not, or if there is no zone to read about yet. */
  get error(): SnapshotError | "" {
    return this.#receiver?.error ?? "";
  }

  get detail(): string {
    return this.#receiver?.detail ?? "";
  }

  /** Gets ready to read about a world; does nothing the second time in a session. */
  enter(world: CollisionWorld): void {
    if (this.#receiver !== undefined) return;
    if (this.#world !== world) {
      this.#world = world;
      this.#terrain = terrainOf(world.heightfield);
    }
    this.#receiver = new SnapshotReceiver(undefined, this.#terrain);
  }

  /** The session is over, and with it all that was known. */
  leave(): void {
    this.#receiver = undefined;
    this.#nextSweepTick = 0;
  }

  /** Whether it is time to compare what is drawn with `visible`, which is then filled. `tick`: of the newest packet. */
  sweepDue(tick: number): boolean {
    const entities = this.#receiver?.entities;
    if (entities === undefined || tick < this.#nextSweepTick) return false;
    this.#nextSweepTick = tick + SWEEP_TICKS;
    this.visible.clear();
    const ids = entities.id;
    for (let i = 0; i < ids.length; i += 1) {
      const id = ids[i] ?? 0;
      if (id !== 0) this.visible.add(id >>> 0);
    }
    return true;
  }

  /** What a packet of the codec says, valid until the next one; nothing if it cannot be read. */
  decode(packet: Uint8Array): SnapshotUpdate | undefined {
    const receiver = this.#receiver;
    return receiver?.decode(packet) ? receiver.update : undefined;
  }
}
