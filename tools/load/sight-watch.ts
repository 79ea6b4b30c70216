import { MessageDecoder } from "../../scripts/protocol/message-decoder.ts";
import { MessageType, type Snapshot } from "../../scripts/protocol/messages.ts";
import { SnapshotReceiver } from "../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import { POSITION_STEPS_PER_METER, SNAPSHOT_RATE_HZ, TICK_RATE_HZ } from "../../scripts/simulation/constants.ts";
import type { Zone } from "../../scripts/simulation/zone-file.ts";
import { terrainOf } from "../../scripts/simulation/zone-terrain.ts";

/** Whose updates are looked at apart from the others'. */
const NEAREST = 50;
const MAX_HZ = SNAPSHOT_RATE_HZ;

interface Sight {
  x: number;
  z: number;
  /** Times that something was said of it in this second. */
  told: number;
  /** Whether it was in sight for all of this second. */
  whole: boolean;
  /** Whether it was one of the nearest when this second began. */
  near: boolean;
}

/** How often a bot is told of those in its sight: histograms by updates per second, 0 to 20 Hz. */
export interface SightFigures {
  /** Of the nearest 50, each second: those who are among them when it begins and when it ends. */
  nearestHz: number[];
  /** Of those in sight who are farther away, at the beginning and at the end. */
  othersHz: number[];
  /** Entities in sight, summed over seconds. */
  inSight: number;
  seconds: number;
  /** Packets that could not be read, or what they say of the others: it is missing above. */
  unread: number;
}

export function createSightFigures(): SightFigures {
  return {
    nearestHz: new Array<number>(MAX_HZ + 1).fill(0),
    othersHz: new Array<number>(MAX_HZ + 1).fill(0),
    inSight: 0,
    seconds: 0,
    unread: 0,
  };
}

/** Reads a bot's mail for itself, independent of its client, and notes of whom it is told how often. By the server's clock. */
export class SightWatch {
  readonly figures = createSightFigures();
  readonly #decoder = new MessageDecoder();
  readonly #receiver: SnapshotReceiver;
  readonly #sights = new Map<number, Sight>();
  #x = 0;
  #z = 0;
  #second = 0;

  constructor(zone: Zone) {
    this.#receiver = new SnapshotReceiver(undefined, terrainOf(zone.world.heightfield));
  }

  read(bytes: Uint8Array): void {
    const type = this.#decoder.decode(bytes);
    if (type === 0) this.figures.unread += 1;
    else if (type === MessageType.snapshot) this.#onSnapshot(this.#decoder.snapshot);
    else if (type === MessageType.snapshotDelta) this.#onDelta();
  }

  #onDelta(): void {
    const { serverTick, own, entities } = this.#decoder.snapshotDelta;
    this.#advance(serverTick, own);
    if (!this.#receiver.decode(entities)) {
      this.figures.unread += 1;
      return;
    }
    const { update } = this.#receiver;
    for (let i = 0; i < update.count; i += 1) {
      this.#tell(update.entityId[i] ?? 0, update.x[i] ?? 0, update.z[i] ?? 0);
    }
    for (let i = 0; i < update.leftCount; i += 1) this.#sights.delete(update.leftEntityId[i] ?? 0);
  }

  #onSnapshot(snapshot: Snapshot): void {
    this.#advance(snapshot.serverTick, snapshot.own);
    const present = new Set<number>();
    for (let i = 0; i < snapshot.entityCount; i += 1) {
      const entityId = snapshot.entityId[i] ?? 0;
      present.add(entityId);
      this.#tell(entityId, snapshot.x[i] ?? 0, snapshot.z[i] ?? 0);
    }
    for (const entityId of this.#sights.keys()) if (!present.has(entityId)) this.#sights.delete(entityId);
  }

  #tell(entityId: number, x: number, z: number): void {
    let sight = this.#sights.get(entityId);
    if (sight === undefined) {
      sight = { x, z, told: 0, whole: false, near: false };
      this.#sights.set(entityId, sight);
    }
    sight.x = x;
    sight.z = z;
    sight.told += 1;
  }

  #advance(serverTick: number, own: { x: number; z: number }): void {
    this.#x = own.x;
    this.#z = own.z;
    const second = Math.floor(serverTick / TICK_RATE_HZ);
    if (second <= this.#second) return;
    if (this.#second > 0) this.#endSecond();
    this.#second = second;
  }

  #endSecond(): void {
    const { figures } = this;
    const byDistance = [...this.#sights.values()].sort((a, b) => this.#distance(a) - this.#distance(b));
    for (const [index, sight] of byDistance.entries()) {
      const near = index < NEAREST;
      const counts = near ? figures.nearestHz : figures.othersHz;
      const hz = Math.min(sight.told, MAX_HZ);
      if (sight.whole && near === sight.near) counts[hz] = (counts[hz] ?? 0) + 1;
      sight.near = near;
      sight.told = 0;
      sight.whole = true;
    }
    figures.inSight += byDistance.length;
    figures.seconds += 1;
  }

  #distance({ x, z }: Sight): number {
    return Math.hypot(x - this.#x, z - this.#z) / POSITION_STEPS_PER_METER;
  }
}
