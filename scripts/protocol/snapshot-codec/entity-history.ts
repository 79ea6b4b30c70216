import { POSITION_LIMIT } from "./codec-limits.ts";
import { Field, packLook, packVitals, StatePlanes } from "./state-planes.ts";

const MAX_TICK = 2 ** 32 - 1;

/**
 * The sender's memory, one for all clients of a zone: what every entity was in each of the last 32 snapshots, quantized.
 * Clients keep no states at all, only the numbers of the snapshots that they have. For every snapshot: `advance`, then
 * `write` each entity, then encode for each client. An entity keeps its index while it exists.
 */
export class EntityHistory {
  readonly planes: StatePlanes;
  /** By index: id of the entity that was last written there, as a signed word. */
  readonly ids: Int32Array;
  /** By index: number of the snapshot in which it was last written. */
  readonly newest: Int32Array;
  /** Number of the current snapshot, counted from 1; on the wire its low 16 bits. */
  number = 0;
  /** Simulation tick of the current snapshot. */
  tick = 0;

  /** `capacity`: entities that can exist at once. */
  constructor(readonly capacity: number) {
    this.planes = new StatePlanes(capacity);
    this.ids = new Int32Array(capacity);
    this.newest = new Int32Array(capacity);
  }

  /** Begins the snapshot of a tick, 1 to 2^32 - 1, later than the one before. */
  advance(tick: number): void {
    if (!Number.isInteger(tick) || tick <= this.tick || tick > MAX_TICK) {
      throw new RangeError(`tick: expected an integer above ${this.tick} and up to ${MAX_TICK}, got ${tick}`);
    }
    this.tick = tick;
    this.number += 1;
  }

  /** Motion of an entity in the current snapshot. Position in 1/1024 m, yaw 0 to 65535. `write` its condition, too. */
  write(index: number, id: number, x: number, y: number, z: number, yaw: number): void {
    if (!(index >= 0 && index < this.capacity)) throw outOfRange("index", `0 to ${this.capacity - 1}`, index);
    if (!(id >= 1 && id <= 0xffff_ffff)) throw outOfRange("id", "1 to 2^32 - 1", id);
    if (!isPosition(x)) throw outOfRange("x", "a position", x);
    if (!isPosition(y)) throw outOfRange("y", "a position", y);
    if (!isPosition(z)) throw outOfRange("z", "a position", z);
    const { number } = this;
    this.ids[index] = id;
    this.newest[index] = number;
    const { words } = this.planes;
    const at = this.planes.at(number, index);
    words[at + Field.x] = x;
    words[at + Field.y] = y;
    words[at + Field.z] = z;
    words[at + Field.yaw] = yaw & 0xffff;
    words[at + Field.vitals] = 0;
    words[at + Field.look] = 0;
    words[at + Field.number] = number;
    words[at + Field.id] = id;
  }

  /** Condition of an entity that has been written: health and maximum 0 to 65535, state and animation 0 to 255. */
  writeCondition(index: number, health: number, maxHealth: number, state: number, animation: number): void {
    const { words } = this.planes;
    const at = this.planes.at(this.number, index);
    words[at + Field.vitals] = packVitals(health & 0xffff, maxHealth & 0xffff);
    words[at + Field.look] = packLook(state & 0xff, animation & 0xff);
  }
}

function isPosition(steps: number): boolean {
  return Number.isInteger(steps) && steps >= -POSITION_LIMIT && steps <= POSITION_LIMIT;
}

function outOfRange(field: string, expected: string, got: number): RangeError {
  return new RangeError(`${field}: expected ${expected}, got ${got}`);
}
