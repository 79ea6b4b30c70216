/**
 * What one packet says, as a structure of arrays: index i of every array below `count` is one entity as of `tick`. Reused from
 * packet to packet. Entities that are not in it are as they were, and so is the time of what is known about them.
 */
export class SnapshotUpdate {
  /** Number of the snapshot, growing by one from each to the next; without the wrap of its 16 bits on the wire. */
  number = 0;
  /** Simulation tick of the snapshot. */
  tick = 0;
  count = 0;
  readonly slot: Uint16Array;
  readonly entityId: Uint32Array;
  /** Feet, 1/1024 m, relative to the zone's corner. */
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly z: Int32Array;
  /** 65536 steps a turn. */
  readonly yaw: Uint16Array;
  /** Health in the low half, its maximum in the high one. */
  readonly vitals: Int32Array;
  /** State in the low byte, animation in the high one. */
  readonly look: Uint16Array;
  /** Entities that are not visible any more. */
  leftCount = 0;
  readonly leftEntityId: Uint32Array;

  constructor(readonly capacity: number) {
    this.slot = new Uint16Array(capacity);
    this.entityId = new Uint32Array(capacity);
    this.x = new Int32Array(capacity);
    this.y = new Int32Array(capacity);
    this.z = new Int32Array(capacity);
    this.yaw = new Uint16Array(capacity);
    this.vitals = new Int32Array(capacity);
    this.look = new Uint16Array(capacity);
    this.leftEntityId = new Uint32Array(capacity);
  }

  health(index: number): number {
    return (this.vitals[index] ?? 0) & 0xffff;
  }

  maxHealth(index: number): number {
    return (this.vitals[index] ?? 0) >>> 16;
  }

  state(index: number): number {
    return (this.look[index] ?? 0) & 0xff;
  }

  animation(index: number): number {
    return (this.look[index] ?? 0) >> 8;
  }
}
