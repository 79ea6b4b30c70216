import { FighterState } from "../protocol/combat/combat-words.ts";
import { AnimationState, MAX_SNAPSHOT_ENTITIES, type Presence, type Snapshot } from "../protocol/messages.ts";
import { MAX_SLOTS } from "../protocol/snapshot-codec/codec-limits.ts";
import type { SnapshotUpdate } from "../protocol/snapshot-codec/snapshot-update.ts";
import { TICK_RATE_HZ } from "../simulation/constants.ts";
import { Blows } from "./blows.ts";
import type { RemoteEntities } from "./remote-entities.ts";
import { createSampledPose, SampleRings } from "./sample-rings.ts";

/** How long an entity goes on along its last movement when snapshots stay away. */
export const EXTRAPOLATION_CAP_MS = 250;
const CAP_TICKS = (EXTRAPOLATION_CAP_MS / 1000) * TICK_RATE_HZ;
const CAPACITY = MAX_SNAPSHOT_ENTITIES;
/** Time constant in which a wrong guess of the way is made good, ticks: 100 ms. */
const MEND_TICKS = 6;
/** A guess that was farther off is not drawn gently, metres. */
const MENDABLE_METERS = 3;
const MENDED_METERS = 1e-4;
const MENDED_YAW_STEPS = 1;
const HALF_TURN = 32768;
/** Time in which who comes is faded in and who goes is faded out, ticks: 250 ms. */
export const FADE_TICKS = 15;
const FADED = 1e-3;
const RADIANS_PER_YAW_STEP = (2 * Math.PI) / 65536;

// What is kept of the entity at an index, besides what others read, stands in a row of 8: a frame goes through few pieces of memory.
const ROW_SHIFT = 3;
/** What was drawn beyond the samples less what they said then, metres; on its way to 0. */
const ERROR_X = 0;
const ERROR_Y = 1;
const ERROR_Z = 2;
/** The same of the yaw, in steps, the shorter way round. */
const ERROR_YAW = 3;
/** Tick of the newest snapshot that had it. */
const SEEN = 4;
/** Tick of the first snapshot since then that did not have it; infinite while it is here. */
const GONE = 5;
/** Tick of the snapshot that told its condition. */
const CONDITION = 6;
/** Bits: */
const LOOK = 7;
/** It was drawn before: there is something to go on from. */
const DRAWN = 1;
/** Samples came since then. */
const RENEWED = 2;
/** Errors are not 0. */
const MENDING = 4;

/** Poses of many entities, on the wire lattice. */
type Samples = Pick<Snapshot, "x" | "y" | "z" | "yaw">;

/**
 * The other characters: snapshots go in, poses of the drawn moment come out. An entity that is absent from a snapshot is gone
 * from the moment of that snapshot on: when the drawn time gets there it fades out, and leaves.
 */
export class RemoteInterpolation implements RemoteEntities {
  count = 0;
  revision = 0;
  readonly entityId = new Uint32Array(CAPACITY);
  readonly x = new Float64Array(CAPACITY);
  readonly y = new Float64Array(CAPACITY);
  readonly z = new Float64Array(CAPACITY);
  readonly yaw = new Float32Array(CAPACITY);
  readonly speed = new Float32Array(CAPACITY);
  readonly animation = new Uint8Array(CAPACITY);
  readonly alpha = new Float32Array(CAPACITY);
  readonly health = new Uint16Array(CAPACITY);
  readonly maxHealth = new Uint16Array(CAPACITY);
  readonly state = new Uint8Array(CAPACITY);
  readonly appeared = new Uint32Array(CAPACITY);
  appearedCount = 0;
  readonly disappeared = new Uint32Array(CAPACITY);
  disappearedCount = 0;
  /** Entities drawn beyond the extrapolation cap, summed over frames. */
  underruns = 0;

  readonly #rows = new Float64Array(CAPACITY << ROW_SHIFT);
  #newestTick = Number.NEGATIVE_INFINITY;
  /** Entities drawn that are here, summed over frames, of which `underruns` are a part. */
  drawn = 0;
  #drawnTick = Number.NEGATIVE_INFINITY;
  /** Of this frame: its tick, ticks since the last one, and the share of errors that is still to be seen. Here, because handing them over would put them on the heap. */
  #drawTick = 0.5;
  #elapsedTicks = 0.5;
  #kept = 0.5;
  readonly #rings = new SampleRings(CAPACITY);
  readonly #blows = new Blows();
  readonly #pose = createSampledPose();
  readonly #indices = new Map<number, number>();
  readonly #names = new Map<number, string>();
  /** Ring of the entity at an index; beyond `count`, the free ones. */
  readonly #slot = Uint16Array.from({ length: CAPACITY }, (_, index) => index);
  /** Index of the entity that the codec's slot had last; whether it still has, its id says. */
  readonly #indexOfSlot = new Uint16Array(MAX_SLOTS);

  /** Tick of the newest snapshot; minus infinity before the first. */
  get newestTick(): number {
    return this.#newestTick;
  }

  name(index: number): string {
    return this.#names.get(this.entityId[index] ?? 0) ?? "";
  }

  nameOf(entityId: number): string {
    return this.#names.get(entityId) ?? "";
  }

  indexOf(entityId: number): number {
    return this.#indices.get(entityId) ?? -1;
  }

  /** Call at the start of a frame: those who came and went are told anew. */
  beginFrame(): void {
    this.appearedCount = 0;
    this.disappearedCount = 0;
  }

  addPresence(presence: Presence): void {
    for (const { entityId, name } of presence.joined) this.#names.set(entityId, name);
    for (const entityId of presence.left) this.#names.delete(entityId);
    this.revision += 1;
  }

  /** Takes in a snapshot newer than the last one. */
  addSnapshot(snapshot: Snapshot, ownEntityId: number): void {
    const tick = snapshot.serverTick;
    this.#newestTick = Math.max(this.#newestTick, tick);
    for (let i = 0; i < snapshot.entityCount; i += 1) {
      const entityId = snapshot.entityId[i] ?? 0;
      if (entityId === ownEntityId) continue;
      const index = this.#indices.get(entityId) ?? this.#add(entityId);
      if (index >= 0) this.#addSample(index, tick, snapshot, i, snapshot.animation[i] ?? 0);
    }
    for (let index = 0; index < this.count; index += 1) {
      if ((this.#rows[(index << ROW_SHIFT) + SEEN] ?? 0) < tick) this.#leave(index, tick);
    }
  }

  /**
   * Takes in differences, in any order: those who are not in them are as they were, and go on along their last movement for a
   * while; those who left are gone from that moment on.
   */
  addUpdate(update: SnapshotUpdate, ownEntityId: number): void {
    const { tick } = update;
    this.#newestTick = Math.max(this.#newestTick, tick);
    for (let i = 0; i < update.count; i += 1) {
      const entityId = update.entityId[i] ?? 0;
      if (entityId === ownEntityId) continue;
      const index = this.#indexInSlot(update.slot[i] ?? 0, entityId);
      if (index < 0) continue;
      this.#addSample(index, tick, update, i, knownAnimation(update.animation(i)));
      this.#addCondition(index, update, i);
    }
    for (let i = 0; i < update.leftCount; i += 1) {
      const index = this.indexOf(update.leftEntityId[i] ?? 0);
      const row = index << ROW_SHIFT;
      if (index >= 0 && (this.#rows[row + SEEN] ?? 0) <= tick) this.#rows[row + GONE] = tick;
    }
  }

  /** An event of a tick said that somebody has points of health more or less, which a snapshot will say later. */
  changeHealth(entityId: number, tick: number, points: number): void {
    this.#blows.change(entityId, tick, points);
    const index = this.indexOf(entityId);
    if (index < 0 || tick <= (this.#rows[(index << ROW_SHIFT) + CONDITION] ?? 0)) return;
    const health = (this.health[index] ?? 0) + points;
    this.health[index] = Math.min(Math.max(health, 0), this.maxHealth[index] ?? 0);
  }

  /** An event of a tick said that somebody died, with 0 points, or is back with more. */
  setHealth(entityId: number, tick: number, points: number): void {
    this.#blows.set(entityId, tick, points);
    const index = this.indexOf(entityId);
    if (index < 0 || tick <= (this.#rows[(index << ROW_SHIFT) + CONDITION] ?? 0)) return;
    this.health[index] = Math.min(points, this.maxHealth[index] ?? 0);
    this.state[index] = withFate(this.state[index] ?? 0, points);
  }

  /**
   * Those who are not `visible`, and of whom nothing was heard in the last `silentTicks`, are gone as of `tick`: they were known from
   * elsewhere than from differences, which therefore never say that they left.
   */
  keepOnly(visible: ReadonlySet<number>, tick: number, silentTicks: number): void {
    for (let index = 0; index < this.count; index += 1) {
      const silent = (this.#rows[(index << ROW_SHIFT) + SEEN] ?? 0) < tick - silentTicks;
      if (silent && !visible.has(this.entityId[index] ?? 0)) this.#leave(index, tick);
    }
  }

  /** Fills the poses for the server tick, with fraction, that is drawn now. */
  draw(tick: number): void {
    this.#elapsedTicks = Math.max(0, tick - this.#drawnTick);
    this.#kept = Math.exp(-this.#elapsedTicks / MEND_TICKS);
    this.#drawTick = tick;
    this.#rings.moveTo(tick, CAP_TICKS);
    // From the end: the last one, which takes the place of one that leaves, has been drawn by then.
    for (let index = this.count - 1; index >= 0; index -= 1) if (this.#fade(index)) this.#drawOne(index);
    this.#drawnTick = tick;
  }

  /** Everybody leaves, and names are forgotten: the next snapshots are another world's. */
  clear(): void {
    for (let index = this.count - 1; index >= 0; index -= 1) this.#remove(index);
    if (this.#names.size > 0) this.revision += 1;
    this.#names.clear();
    this.#blows.clear();
    this.#drawnTick = Number.NEGATIVE_INFINITY;
    this.#newestTick = Number.NEGATIVE_INFINITY;
  }

  /** Who is here appears, who is gone disappears, and leaves when nothing of it is seen any more: then there is nothing to draw. */
  #fade(index: number): boolean {
    const row = index << ROW_SHIFT;
    const elapsedTicks = this.#elapsedTicks;
    const beyondTicks = this.#drawTick - (this.#rows[row + GONE] ?? 0);
    const alpha = this.alpha[index] ?? 0;
    if (beyondTicks < 0) {
      if (alpha < 1) this.alpha[index] = Math.min(1, alpha + elapsedTicks / FADE_TICKS);
      return true;
    }
    const left = alpha - Math.min(elapsedTicks, beyondTicks) / FADE_TICKS;
    if (left > FADED && ((this.#rows[row + LOOK] ?? 0) & DRAWN) !== 0) {
      this.alpha[index] = left;
      return true;
    }
    this.#remove(index);
    return false;
  }

  #drawOne(index: number): void {
    const pose = this.#pose;
    const rows = this.#rows;
    const row = index << ROW_SHIFT;
    const slot = this.#slot[index] ?? 0;
    let look = (rows[row + LOOK] ?? 0) | 0;
    if ((look & (DRAWN | RENEWED)) === (DRAWN | RENEWED)) {
      this.#rings.sampleBefore(slot, pose);
      this.#keepDrawn(index);
      look |= MENDING;
    }
    this.#rings.sampleNow(slot, pose);
    if ((look & MENDING) !== 0) {
      if (!this.#mend(row)) look &= ~MENDING;
      pose.x += rows[row + ERROR_X] ?? 0;
      pose.y += rows[row + ERROR_Y] ?? 0;
      pose.z += rows[row + ERROR_Z] ?? 0;
      pose.yaw += rows[row + ERROR_YAW] ?? 0;
    }
    rows[row + LOOK] = (look | DRAWN) & ~RENEWED;
    this.x[index] = pose.x;
    this.y[index] = pose.y;
    this.z[index] = pose.z;
    this.yaw[index] = shorterWay(pose.yaw) * RADIANS_PER_YAW_STEP;
    this.speed[index] = pose.speedPerTick * TICK_RATE_HZ;
    this.animation[index] = pose.animation;
    if (this.#drawTick >= (rows[row + GONE] ?? 0)) return;
    this.drawn += 1;
    if (pose.beyondTicks > CAP_TICKS) this.underruns += 1;
  }

  /** Index of the entity in a slot of the codec, which has come if it was not here; -1 when there is no room. */
  #indexInSlot(slot: number, entityId: number): number {
    const known = this.#indexOfSlot[slot] ?? 0;
    if (known < this.count && this.entityId[known] === entityId) return known;
    const index = this.#indices.get(entityId) ?? this.#add(entityId);
    if (index >= 0) this.#indexOfSlot[slot] = index;
    return index;
  }

  #addSample(index: number, tick: number, from: Samples, i: number, animation: number): void {
    const rows = this.#rows;
    const row = index << ROW_SHIFT;
    if (tick >= (rows[row + SEEN] ?? 0)) {
      rows[row + SEEN] = tick;
      rows[row + GONE] = Number.POSITIVE_INFINITY;
    }
    rows[row + LOOK] = (rows[row + LOOK] ?? 0) | RENEWED;
    const slot = this.#slot[index] ?? 0;
    this.#rings.push(slot, tick, from.x[i] ?? 0, from.y[i] ?? 0, from.z[i] ?? 0, from.yaw[i] ?? 0, animation);
  }

  /** Of packets that overtook each other the newer one counts. */
  #addCondition(index: number, update: SnapshotUpdate, i: number): void {
    const row = index << ROW_SHIFT;
    const { tick } = update;
    if ((this.#rows[row + SEEN] ?? 0) > tick) return;
    this.#rows[row + CONDITION] = tick;
    const most = update.maxHealth(i);
    let health = update.health(i);
    let state = update.state(i);
    if (this.#blows.newestTick > tick) {
      health = this.#blows.since(this.entityId[index] ?? 0, tick, health, most);
      if (this.#blows.lastSet >= 0) state = withFate(state, this.#blows.lastSet);
    }
    this.health[index] = health;
    this.maxHealth[index] = most;
    this.state[index] = state;
  }

  /** It is absent as of a tick, if it has not been since before. */
  #leave(index: number, tick: number): void {
    const row = index << ROW_SHIFT;
    this.#rows[row + GONE] = Math.min(this.#rows[row + GONE] ?? tick, tick);
  }

  /**
   * What has come in changes the way that was drawn: an entity of which nothing was heard was drawn by guess, and the way to a sample bends with
   * the one after it. So the entity goes on from where it is seen, and the difference to where it should have been, the pose, is made good.
   */
  #keepDrawn(index: number): void {
    const rows = this.#rows;
    const row = index << ROW_SHIFT;
    const pose = this.#pose;
    const dx = (this.x[index] ?? 0) - pose.x;
    const dy = (this.y[index] ?? 0) - pose.y;
    const dz = (this.z[index] ?? 0) - pose.z;
    const mendable = dx * dx + dy * dy + dz * dz < MENDABLE_METERS * MENDABLE_METERS;
    rows[row + ERROR_X] = mendable ? dx : 0;
    rows[row + ERROR_Y] = mendable ? dy : 0;
    rows[row + ERROR_Z] = mendable ? dz : 0;
    const yaw = (this.yaw[index] ?? 0) / RADIANS_PER_YAW_STEP;
    rows[row + ERROR_YAW] = mendable ? shorterWay(yaw - pose.yaw) : 0;
  }

  /** Takes what is made good in this frame off the errors. Returns whether there is anything left. */
  #mend(row: number): boolean {
    const rows = this.#rows;
    const kept = this.#kept;
    const x = (rows[row + ERROR_X] ?? 0) * kept;
    const y = (rows[row + ERROR_Y] ?? 0) * kept;
    const z = (rows[row + ERROR_Z] ?? 0) * kept;
    const done = Math.abs(x) + Math.abs(y) + Math.abs(z) < MENDED_METERS;
    rows[row + ERROR_X] = done ? 0 : x;
    rows[row + ERROR_Y] = done ? 0 : y;
    rows[row + ERROR_Z] = done ? 0 : z;
    const yaw = (rows[row + ERROR_YAW] ?? 0) * kept;
    const turned = Math.abs(yaw) < MENDED_YAW_STEPS;
    rows[row + ERROR_YAW] = turned ? 0 : yaw;
    return !(done && turned);
  }

  /** Index of the new entity; -1 when there is no room, which only a server breaking the protocol can bring about. */
  #add(entityId: number): number {
    if (this.count === CAPACITY) return -1;
    const index = this.count;
    this.count += 1;
    this.revision += 1;
    this.entityId[index] = entityId;
    this.#indices.set(entityId, index);
    const row = index << ROW_SHIFT;
    this.#rows.fill(0, row, row + (1 << ROW_SHIFT));
    this.#rows[row + GONE] = Number.POSITIVE_INFINITY;
    this.alpha[index] = 0;
    this.health[index] = 0;
    this.maxHealth[index] = 0;
    this.state[index] = 0;
    this.#rings.clear(this.#slot[index] ?? 0);
    if (this.appearedCount < CAPACITY) this.appeared[this.appearedCount++] = entityId;
    return index;
  }

  /** The last entity takes the place of the one that goes. */
  #remove(index: number): void {
    const last = this.count - 1;
    const entityId = this.entityId[index] ?? 0;
    if (this.disappearedCount < CAPACITY) this.disappeared[this.disappearedCount++] = entityId;
    this.#indices.delete(entityId);
    const slot = this.#slot[index] ?? 0;
    if (index !== last) this.#move(last, index);
    this.#slot[last] = slot;
    this.count = last;
    this.revision += 1;
  }

  #move(from: number, to: number): void {
    const entityId = this.entityId[from] ?? 0;
    this.entityId[to] = entityId;
    this.#indices.set(entityId, to);
    this.#slot[to] = this.#slot[from] ?? 0;
    const row = from << ROW_SHIFT;
    this.#rows.copyWithin(to << ROW_SHIFT, row, row + (1 << ROW_SHIFT));
    this.alpha[to] = this.alpha[from] ?? 0;
    this.health[to] = this.health[from] ?? 0;
    this.maxHealth[to] = this.maxHealth[from] ?? 0;
    this.state[to] = this.state[from] ?? 0;
    this.x[to] = this.x[from] ?? 0;
    this.y[to] = this.y[from] ?? 0;
    this.z[to] = this.z[from] ?? 0;
    this.yaw[to] = this.yaw[from] ?? 0;
    this.speed[to] = this.speed[from] ?? 0;
    this.animation[to] = this.animation[from] ?? 0;
  }
}

/** Bits of `FighterState` of somebody who has points of health now, which is none of the dead. */
function withFate(state: number, points: number): number {
  return points === 0 ? state | FighterState.dead : state & ~FighterState.dead;
}

function knownAnimation(animation: number): number {
  return animation <= AnimationState.fall ? animation : AnimationState.idle;
}

/** Steps of a turn within half a turn either way. */
function shorterWay(steps: number): number {
  return steps - 2 * HALF_TURN * Math.floor(steps / (2 * HALF_TURN) + 0.5);
}
