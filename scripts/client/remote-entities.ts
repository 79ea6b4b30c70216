/**
 * The other characters as they are drawn this frame: index i below `count` of every array is one of them. Arrays are reused;
 * indices are stable until `revision` changes (somebody came, left or got a name).
 */
export interface RemoteEntities {
  readonly count: number;
  readonly revision: number;
  readonly entityId: Uint32Array;
  /** Feet, metres, relative to the zone's corner. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** Radians, counter-clockwise seen from above, 0 looks to -z; within -pi to pi. */
  readonly yaw: Float32Array;
  /** Horizontal speed as drawn, metres per second. */
  readonly speed: Float32Array;
  /** `AnimationState`. */
  readonly animation: Uint8Array;
  /** Points, 0 of 0 where it is not told; as the newest message says, not as of the drawn moment. */
  readonly health: Uint16Array;
  readonly maxHealth: Uint16Array;
  /** Bits of `FighterState`. */
  readonly state: Uint8Array;
  /** How much of the character is there, 0 to 1: it rises while it appears and falls while it disappears, 250 ms each. */
  readonly alpha: Float32Array;
  /** The entities that came, and whose fading out ended, in the last `update`: the first `appearedCount` and `disappearedCount` ids. */
  readonly appeared: Uint32Array;
  readonly appearedCount: number;
  readonly disappeared: Uint32Array;
  readonly disappearedCount: number;
  /** Name of the character at an index, empty while it is not known. */
  name(index: number): string;
  /** Name of an entity, drawn or not; empty while it is not known. */
  nameOf(entityId: number): string;
  /** Index of an entity now, or -1. */
  indexOf(entityId: number): number;
}
