/** A place to come back at. */
export interface RespawnPointView {
  /** What `{ kind: "respawn", point }` takes. */
  readonly point: number;
  /** Nearest named place of the zone, or "". */
  readonly name: string;
  readonly x: number;
  readonly z: number;
  /** From where the body lies, whole metres. */
  readonly distanceMeters: number;
}

/** Whether the player is dead, and what can be done about it. Ticks are of `CombatView.serverTick`. */
export interface DeathView {
  readonly revision: number;
  readonly dead: boolean;
  readonly killerEntityId: number;
  readonly killerName: string;
  /** Number of the ability or 0. */
  readonly killedByAbilityId: number;
  /** Name of that ability, or "". */
  readonly killedBy: string;
  readonly diedTick: number;
  /** From then on one may choose a point. */
  readonly respawnTick: number;
  /** Then one comes back at the nearest point by itself. */
  readonly releaseTick: number;
  /** A choice was sent and is not answered yet. */
  readonly pending: boolean;
  readonly points: readonly RespawnPointView[];
}
