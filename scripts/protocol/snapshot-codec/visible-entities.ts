import type { SnapshotUpdate } from "./snapshot-update.ts";
import { Field, ROW_WORDS, StatePlanes } from "./state-planes.ts";

// Copies of what another module exports: constants of this module are literals in the machine code.
const X = Field.x;
const Y = Field.y;
const Z = Field.z;
const YAW = Field.yaw;
const VITALS = Field.vitals;
const LOOK = Field.look;
const NUMBER = Field.number;
const ID = Field.id;
const ROW = ROW_WORDS;
const NO_ENTITY = 0;
const LONG_AGO = -1;
/** Slots whose states there is room for from the beginning: 64 KiB. Senders give out the lowest that are free. */
const FIRST_ROWS = 64;

/**
 * What a receiver knows: the entity in each slot, the newest snapshot in which it was told about, and the states of the
 * last 32 snapshots. States are true whenever they come, for a slot and a snapshot number mean one state; who is where is
 * decided by the newest packet that spoke of it, so that packets which overtake each other change nothing.
 */
export class VisibleEntities {
  readonly planes: StatePlanes;
  /** Entity in each slot; 0: none. As a signed word. */
  readonly id: Int32Array;
  /** Newest snapshot that told about the slot: its state then, or that it was left. */
  readonly newest: Int32Array;
  count = 0;

  constructor(readonly slots: number) {
    this.planes = new StatePlanes(Math.min(slots, FIRST_ROWS));
    this.id = new Int32Array(slots);
    this.newest = new Int32Array(slots).fill(LONG_AGO);
  }

  clear(): void {
    this.planes.clear();
    this.id.fill(NO_ENTITY);
    this.newest.fill(LONG_AGO);
    this.count = 0;
  }

  /** Empties a slot as of a snapshot, unless something newer is known of it. Notes who left. */
  leave(slot: number, update: SnapshotUpdate): void {
    if ((this.newest[slot] ?? 0) >= update.number) return;
    this.newest[slot] = update.number;
    const id = this.id[slot] ?? NO_ENTITY;
    if (id === NO_ENTITY) return;
    this.id[slot] = NO_ENTITY;
    this.count -= 1;
    update.leftEntityId[update.leftCount++] = id;
  }

  /** Takes the update's states over. Drops out of it those of entities that were found gone in a newer packet. */
  apply(update: SnapshotUpdate): void {
    const { slot: slots, entityId, count, number } = update;
    const { newest, id } = this;
    this.remember(update);
    let kept = 0;
    for (let index = 0; index < count; index++) {
      const slot = slots[index] ?? 0;
      const entity = (entityId[index] ?? 0) | 0;
      // Nearly always: the entity that is there already, and newer than before.
      if (id[slot] === entity && number > (newest[slot] ?? 0)) newest[slot] = number;
      else if (!this.accept(slot, update, entity)) continue;
      if (kept !== index) move(update, index, kept);
      kept += 1;
    }
    update.count = kept;
    if (update.leftCount > 0) this.forgetReturned(update);
  }

  private remember({ slot, entityId, x, y, z, yaw, vitals, look, number, count }: SnapshotUpdate): void {
    if (count === 0) return;
    // Slots rise within a packet.
    this.makeRoomFor(slot[count - 1] ?? 0);
    const { words } = this.planes;
    const plane = this.planes.at(number, 0);
    for (let index = 0; index < count; index++) {
      const at = plane + (slot[index] ?? 0) * ROW;
      words[at + X] = x[index] ?? 0;
      words[at + Y] = y[index] ?? 0;
      words[at + Z] = z[index] ?? 0;
      words[at + YAW] = yaw[index] ?? 0;
      words[at + VITALS] = vitals[index] ?? 0;
      words[at + LOOK] = look[index] ?? 0;
      words[at + NUMBER] = number;
      words[at + ID] = entityId[index] ?? 0;
    }
  }

  private makeRoomFor(slot: number): void {
    let { rows } = this.planes;
    while (rows <= slot) rows = Math.min(2 * rows, this.slots);
    this.planes.grow(rows);
  }

  /** Whether an entity is in a slot as far as is known now; it is, if this is the newest that was heard. */
  private accept(slot: number, update: SnapshotUpdate, id: number): boolean {
    const isNewest = update.number > (this.newest[slot] ?? 0);
    if (this.id[slot] === id) {
      if (isNewest) this.newest[slot] = update.number;
      return true;
    }
    if (!isNewest || !this.vacateElsewhere(update.number, id)) return false;
    if (this.id[slot] !== NO_ENTITY) this.leave(slot, update);
    this.newest[slot] = update.number;
    this.id[slot] = id;
    this.count += 1;
    return true;
  }

  /** An entity that comes back may get another slot before it is known that it left the old one. */
  private vacateElsewhere(number: number, id: number): boolean {
    const other = this.id.indexOf(id);
    if (other < 0) return true;
    if ((this.newest[other] ?? 0) >= number) return false;
    this.id[other] = NO_ENTITY;
    this.newest[other] = number;
    this.count -= 1;
    return true;
  }

  /** Who left one slot and entered another in the same packet did not leave. */
  private forgetReturned(update: SnapshotUpdate): void {
    let kept = 0;
    for (let index = 0; index < update.leftCount; index++) {
      const id = update.leftEntityId[index] ?? 0;
      if (this.id.indexOf(id | 0) < 0) update.leftEntityId[kept++] = id;
    }
    update.leftCount = kept;
  }
}

function move(update: SnapshotUpdate, from: number, to: number): void {
  update.slot[to] = update.slot[from] ?? 0;
  update.entityId[to] = update.entityId[from] ?? 0;
  update.x[to] = update.x[from] ?? 0;
  update.y[to] = update.y[from] ?? 0;
  update.z[to] = update.z[from] ?? 0;
  update.yaw[to] = update.yaw[from] ?? 0;
  update.vitals[to] = update.vitals[from] ?? 0;
  update.look[to] = update.look[from] ?? 0;
}
