import { createSnapshot } from "../../scripts/protocol/create-messages.ts";
import { MAX_SNAPSHOT_ENTITIES, type OwnReport, type Snapshot } from "../../scripts/protocol/messages.ts";
import { animationOf } from "../../scripts/simulation/animation.ts";
import { POSITION_STEPS_PER_METER } from "../../scripts/simulation/constants.ts";
import { writeOwnState } from "../../scripts/simulation/move-state.ts";
import type { Player } from "./player.ts";

/**
 * Builds the snapshot of each player in one reused message: the own state in full, everyone else as an entity. The
 * result of `build` is valid until the next call. Allocates nothing.
 */
export class SnapshotBuilder {
  readonly #snapshot = createSnapshot();

  /** Only what concerns the viewer itself: the start of either kind of snapshot. */
  report(serverTick: number, viewer: Player): OwnReport {
    return this.#fillOwn(serverTick, viewer);
  }

  build(serverTick: number, viewer: Player, players: readonly Player[], most = MAX_SNAPSHOT_ENTITIES): Snapshot {
    const snapshot = this.#fillOwn(serverTick, viewer);
    let count = 0;
    for (const player of players) {
      if (player === viewer || count === most) continue;
      const { shown } = player;
      snapshot.entityId[count] = player.entityId;
      snapshot.x[count] = Math.round(shown.x * POSITION_STEPS_PER_METER);
      snapshot.y[count] = Math.round(shown.y * POSITION_STEPS_PER_METER);
      snapshot.z[count] = Math.round(shown.z * POSITION_STEPS_PER_METER);
      snapshot.yaw[count] = shown.yaw;
      snapshot.animation[count] = animationOf(shown);
      count += 1;
    }
    snapshot.entityCount = count;
    return snapshot;
  }

  buildNearest(serverTick: number, viewer: Player, players: readonly Player[]): Snapshot {
    return this.build(serverTick, viewer, players, 50);
  }

  #fillOwn(serverTick: number, viewer: Player): Snapshot {
    const snapshot = this.#snapshot;
    snapshot.serverTick = serverTick;
    snapshot.ackInputTick = viewer.commands.lastExecutedTick;
    snapshot.inputBufferTicks = viewer.commands.length;
    writeOwnState(viewer.state, snapshot.own);
    return snapshot;
  }
}
