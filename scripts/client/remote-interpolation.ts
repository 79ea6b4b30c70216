import { FighterState } from "../protocol/combat/combat-words.ts";
import { AnimationState, MAX_SNAPSHOT_ENTITIES, type Presence, type Snapshot } from "../protocol/messages.ts";
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

  /** What was drawn beyond the samples less what they said then, metres; on its way to 0. */
  readonly #errorX = new Float64Array(CAPACITY);
  readonly #errorY = new Float64Array(CAPACITY);
  readonly #errorZ = new Float64Array(CAPACITY);
  /** The same of the yaw, in steps, the shorter way round. */
  readonly #errorYaw = new Float64Array(CAPACITY);
  /** Whether the entity at an index was ever drawn: before that there is nothing to go on from. */
  readonly #drawn = new Uint8Array(CAPACITY);
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
  /** Tick of the snapshot that told the condition of the entity at an index. */
  readonly #conditionTick = new Float64Array(CAPACITY);
  readonly #pose = createSampledPose();
  readonly #indices = new Map<number, number>();
  readonly #names = new Map<number, string>();
  /** Ring of the entity at an index; beyond `count`, the free ones. */
  readonly #slot = Uint16Array.from({ length: CAPACITY }, (_, index) => index);
  /** Tick of the newest snapshot that had the entity at an index. */
  readonly #seenTick = new Float64Array(CAPACITY);
  /** Tick of the first snapshot since then that did not have it; infinite while it is here. */
  readonly #goneTick = new Float64Array(CAPACITY);

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
      if (entityId !== ownEntityId) this.#addSample(entityId, tick, snapshot, i, snapshot.animation[i] ?? 0);
    }
    for (let index = 0; index < this.count; index += 1) {
      if ((this.#seenTick[index] ?? 0) < tick) this.#goneTick[index] = Math.min(this.#goneTick[index] ?? tick, tick);
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
      this.#addSample(entityId, tick, update, i, knownAnimation(update.animation(i)));
      this.#addCondition(entityId, update, i);
    }
    for (let i = 0; i < update.leftCount; i += 1) {
      const index = this.indexOf(update.leftEntityId[i] ?? 0);
      if (index >= 0 && (this.#seenTick[index] ?? 0) <= tick) this.#goneTick[index] = tick;
    }
  }

  /** An event of a tick said that somebody has points of health more or less, which a snapshot will say later. */
  changeHealth(entityId: number, tick: number, points: number): void {
    this.#blows.change(entityId, tick, points);
    const index = this.indexOf(entityId);
    if (index < 0 || tick <= (this.#conditionTick[index] ?? 0)) return;
    const health = (this.health[index] ?? 0) + points;
    this.health[index] = Math.min(Math.max(health, 0), this.maxHealth[index] ?? 0);
  }

  /** An event of a tick said that somebody died, with 0 points, or is back with more. */
  setHealth(entityId: number, tick: number, points: number): void {
    this.#blows.set(entityId, tick, points);
    const index = this.indexOf(entityId);
    if (index < 0 || tick <= (this.#conditionTick[index] ?? 0)) return;
    this.health[index] = Math.min(points, this.maxHealth[index] ?? 0);
    this.state[index] = withFate(this.state[index] ?? 0, points);
  }

  /**
   * Those who are not `visible`, and of whom nothing was heard in the last `silentTicks`, are gone as of `tick`: they were known from
   * elsewhere than from differences, which therefore never say that they left.
   */
  keepOnly(visible: ReadonlySet<number>, tick: number, silentTicks: number): void {
    for (let index = 0; index < this.count; index += 1) {
      const silent = (this.#seenTick[index] ?? 0) < tick - silentTicks;
      if (silent && !visible.has(this.entityId[index] ?? 0)) {
        this.#goneTick[index] = Math.min(this.#goneTick[index] ?? tick, tick);
      }
    }
  }

  /** Fills the poses for the server tick, with fraction, that is drawn now. */
  draw(tick: number): void {
    this.#elapsedTicks = Math.max(0, tick - this.#drawnTick);
    this.#kept = Math.exp(-this.#elapsedTicks / MEND_TICKS);
    this.#drawTick = tick;
    for (let index = this.count - 1; index >= 0; index -= 1) this.#fade(index);
    this.#drawnTick = tick;
    const pose = this.#pose;
    for (let index = 0; index < this.count; index += 1) {
      this.#rings.sample(this.#slot[index] ?? 0, tick, CAP_TICKS, pose);
      this.#mend(index);
      this.#drawn[index] = 1;
      this.x[index] = pose.x + (this.#errorX[index] ?? 0);
      this.y[index] = pose.y + (this.#errorY[index] ?? 0);
      this.z[index] = pose.z + (this.#errorZ[index] ?? 0);
      this.yaw[index] = shorterWay(pose.yaw + (this.#errorYaw[index] ?? 0)) * RADIANS_PER_YAW_STEP;
      this.speed[index] = pose.speedPerTick * TICK_RATE_HZ;
      this.animation[index] = pose.animation;
      if (tick >= (this.#goneTick[index] ?? 0)) continue;
      this.drawn += 1;
      if (pose.beyondTicks > CAP_TICKS) this.underruns += 1;
    }
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

  /** Who is here appears, who is gone disappears, and leaves when nothing of it is seen any more. */
  #fade(index: number): void {
    const elapsedTicks = this.#elapsedTicks;
    const tick = this.#drawTick;
    const alpha = this.alpha[index] ?? 0;
    if (tick < (this.#goneTick[index] ?? 0)) {
      this.alpha[index] = Math.min(1, alpha + elapsedTicks / FADE_TICKS);
      return;
    }
    const left = alpha - Math.min(elapsedTicks, tick - (this.#goneTick[index] ?? 0)) / FADE_TICKS;
    if (left > FADED && this.#drawn[index] === 1) this.alpha[index] = left;
    else this.#remove(index);
  }

  #addSample(entityId: number, tick: number, from: Samples, i: number, animation: number): void {
    const index = this.#indices.get(entityId) ?? this.#add(entityId);
    if (index < 0) return;
    if (tick >= (this.#seenTick[index] ?? 0)) {
      this.#seenTick[index] = tick;
      this.#goneTick[index] = Number.POSITIVE_INFINITY;
    }
    const slot = this.#slot[index] ?? 0;
    this.#rings.push(slot, tick, from.x[i] ?? 0, from.y[i] ?? 0, from.z[i] ?? 0, from.yaw[i] ?? 0, animation);
    if (this.#drawn[index] === 1) this.#keepDrawn(index, slot);
  }

  /** Of packets that overtook each other the newer one counts. */
  #addCondition(entityId: number, update: SnapshotUpdate, i: number): void {
    const index = this.#indices.get(entityId) ?? -1;
    if (index < 0 || (this.#seenTick[index] ?? 0) > update.tick) return;
    this.#conditionTick[index] = update.tick;
    const most = update.maxHealth(i);
    this.health[index] = this.#blows.since(entityId, update.tick, update.health(i), most);
    this.maxHealth[index] = most;
    const { lastSet } = this.#blows;
    this.state[index] = lastSet < 0 ? update.state(i) : withFate(update.state(i), lastSet);
  }

  /**
   * What comes in changes the way that is drawn: an entity of which nothing was heard was drawn by guess, and the way to a sample bends with
   * the one after it. So the entity goes on from where it is seen, and the difference is made good.
   */
  #keepDrawn(index: number, slot: number): void {
    const pose = this.#pose;
    this.#rings.sampleAgain(slot, pose);
    const dx = (this.x[index] ?? 0) - pose.x;
    const dy = (this.y[index] ?? 0) - pose.y;
    const dz = (this.z[index] ?? 0) - pose.z;
    const mendable = dx * dx + dy * dy + dz * dz < MENDABLE_METERS * MENDABLE_METERS;
    this.#errorX[index] = mendable ? dx : 0;
    this.#errorY[index] = mendable ? dy : 0;
    this.#errorZ[index] = mendable ? dz : 0;
    const yaw = (this.yaw[index] ?? 0) / RADIANS_PER_YAW_STEP;
    this.#errorYaw[index] = mendable ? shorterWay(yaw - pose.yaw) : 0;
  }

  #mend(index: number): void {
    const kept = this.#kept;
    const x = (this.#errorX[index] ?? 0) * kept;
    const y = (this.#errorY[index] ?? 0) * kept;
    const z = (this.#errorZ[index] ?? 0) * kept;
    const done = Math.abs(x) + Math.abs(y) + Math.abs(z) < MENDED_METERS;
    this.#errorX[index] = done ? 0 : x;
    this.#errorY[index] = done ? 0 : y;
    this.#errorZ[index] = done ? 0 : z;
    const yaw = (this.#errorYaw[index] ?? 0) * kept;
    this.#errorYaw[index] = Math.abs(yaw) < MENDED_YAW_STEPS ? 0 : yaw;
  }

  /** Index of the new entity; -1 when there is no room, which only a server breaking the protocol can bring about. */
  #add(entityId: number): number {
    if (this.count === CAPACITY) return -1;
    const index = this.count;
    this.count += 1;
    this.revision += 1;
    this.entityId[index] = entityId;
    this.#indices.set(entityId, index);
    this.#seenTick[index] = 0;
    this.#errorX[index] = 0;
    this.#errorY[index] = 0;
    this.#errorZ[index] = 0;
    this.#errorYaw[index] = 0;
    this.#drawn[index] = 0;
    this.alpha[index] = 0;
    this.health[index] = 0;
    this.maxHealth[index] = 0;
    this.state[index] = 0;
    this.#conditionTick[index] = 0;
    this.#goneTick[index] = Number.POSITIVE_INFINITY;
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
    this.#errorX[to] = this.#errorX[from] ?? 0;
    this.#errorY[to] = this.#errorY[from] ?? 0;
    this.#errorZ[to] = this.#errorZ[from] ?? 0;
    this.#errorYaw[to] = this.#errorYaw[from] ?? 0;
    this.#drawn[to] = this.#drawn[from] ?? 0;
    this.alpha[to] = this.alpha[from] ?? 0;
    this.health[to] = this.health[from] ?? 0;
    this.maxHealth[to] = this.maxHealth[from] ?? 0;
    this.state[to] = this.state[from] ?? 0;
    this.x[to] = this.x[from] ?? 0;
    this.y[to] = this.y[from] ?? 0;
    this.z[to] = this.z[from] ?? 0;
    this.yaw[to] = this.yaw[from] ?? 0;
    this.#conditionTick[to] = this.#conditionTick[from] ?? 0;
    this.#seenTick[to] = this.#seenTick[from] ?? 0;
    this.#goneTick[to] = this.#goneTick[from] ?? 0;
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
