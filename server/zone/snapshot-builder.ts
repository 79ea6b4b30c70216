import { MAX_SNAPSHOT_ENTITIES, type OwnState, type Snapshot } from "../../scripts/protocol/messages.ts";
import { animationOf } from "../../scripts/simulation/animation.ts";
import { POSITION_STEPS_PER_METER } from "../../scripts/simulation/constants.ts";
import { writeOwnState } from "../../scripts/simulation/move-state.ts";
import type { Player } from "./player.ts";

/**
 * Builds the snapshot of each player in one reused message: the own state in full, everyone else as an entity. The
 * result of `build` is valid until the next call. Allocates nothing.
 */
export class SnapshotBuilder {
  readonly #snapshot: Snapshot = {
    serverTick: 0,
    ackInputTick: 0,
    inputBufferTicks: 0,
    own: emptyOwnState(),
    entityCount: 0,
    entityId: new Uint32Array(MAX_SNAPSHOT_ENTITIES),
    x: new Int32Array(MAX_SNAPSHOT_ENTITIES),
    y: new Int32Array(MAX_SNAPSHOT_ENTITIES),
    z: new Int32Array(MAX_SNAPSHOT_ENTITIES),
    yaw: new Uint16Array(MAX_SNAPSHOT_ENTITIES),
    animation: new Uint8Array(MAX_SNAPSHOT_ENTITIES),
  };

  build(serverTick: number, viewer: Player, players: readonly Player[]): Snapshot {
    const snapshot = this.#snapshot;
    snapshot.serverTick = serverTick;
    snapshot.ackInputTick = viewer.commands.lastExecutedTick;
    snapshot.inputBufferTicks = viewer.commands.length;
    writeOwnState(viewer.state, snapshot.own);
    let count = 0;
    for (const player of players) {
      if (player === viewer || count === MAX_SNAPSHOT_ENTITIES) continue;
      const { state } = player;
      snapshot.entityId[count] = player.entityId;
      snapshot.x[count] = Math.round(state.x * POSITION_STEPS_PER_METER);
      snapshot.y[count] = Math.round(state.y * POSITION_STEPS_PER_METER);
      snapshot.z[count] = Math.round(state.z * POSITION_STEPS_PER_METER);
      snapshot.yaw[count] = state.yaw;
      snapshot.animation[count] = animationOf(state);
      count += 1;
    }
    snapshot.entityCount = count;
    return snapshot;
  }
}

function emptyOwnState(): OwnState {
  return { x: 0, y: 0, z: 0, vx: 0, vy: 0, vz: 0, yaw: 0, grounded: false, airTicks: 0, jumpCooldownTicks: 0 };
}
