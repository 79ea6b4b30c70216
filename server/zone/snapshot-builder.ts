import { createSnapshot } from "../../scripts/protocol/create-messages.ts";
import { MAX_SNAPSHOT_ENTITIES, type OwnReport, type Snapshot } from "../../scripts/protocol/messages.ts";
import { animationOf } from "../../scripts/simulation/animation.ts";
import { POSITION_STEPS_PER_METER } from "../../scripts/simulation/constants.ts";
import { writeOwnState } from "../../scripts/simulation/move-state.ts";
import type { AreaOfInterest } from "./area-of-interest.ts";
import type { Character } from "./character.ts";
import { NearestEntities } from "./nearest-entities.ts";
import type { Player } from "./player.ts";

/** Who is in each place of the zone. */
export type PlayersByPlace = readonly (Character | undefined)[];

/**
 * Builds the snapshot of each player in one reused message: the own state in full, the others as entities. The
 * result of `build` is valid until the next call. Allocates nothing.
 */
export class SnapshotBuilder {
  readonly #snapshot = createSnapshot();
  readonly #nearest = new NearestEntities();

  /** Only what concerns the viewer itself: the start of either kind of snapshot. */
  report(serverTick: number, viewer: Player): OwnReport {
    return this.#fillOwn(serverTick, viewer);
  }

  /** Of everybody whom the viewer sees, as many as fit. */
  build(serverTick: number, viewer: Player, area: AreaOfInterest, players: PlayersByPlace): Snapshot {
    const snapshot = this.#fillOwn(serverTick, viewer);
    area.look(viewer.place);
    for (let i = 0; i < area.count && snapshot.entityCount < MAX_SNAPSHOT_ENTITIES; i += 1) {
      const player = players[area.places[i] ?? -1];
      if (player !== undefined) addEntity(snapshot, player);
    }
    return snapshot;
  }

  /** Of the nearest few whom the viewer sees: what a session of the legacy codec is told. */
  buildNearest(serverTick: number, viewer: Player, area: AreaOfInterest, players: PlayersByPlace): Snapshot {
    const snapshot = this.#fillOwn(serverTick, viewer);
    const nearest = this.#nearest;
    nearest.begin();
    area.look(viewer.place);
    for (let i = 0; i < area.count; i += 1) {
      const place = area.places[i] ?? -1;
      const player = players[place];
      if (player !== undefined) nearest.offer(place, player.entityId, area.distanceSquared[i] ?? 0);
    }
    for (let i = 0; i < nearest.count; i += 1) {
      const player = players[nearest.candidates[i] ?? -1];
      if (player !== undefined) addEntity(snapshot, player);
    }
    return snapshot;
  }

  #fillOwn(serverTick: number, viewer: Player): Snapshot {
    const snapshot = this.#snapshot;
    snapshot.serverTick = serverTick;
    snapshot.entityCount = 0;
    snapshot.ackInputTick = viewer.commands.lastExecutedTick;
    snapshot.inputBufferTicks = viewer.commands.length;
    writeOwnState(viewer.state, snapshot.own);
    return snapshot;
  }
}

function addEntity(snapshot: Snapshot, { entityId, shown }: Character): void {
  const i = snapshot.entityCount;
  snapshot.entityId[i] = entityId;
  snapshot.x[i] = Math.round(shown.x * POSITION_STEPS_PER_METER);
  snapshot.y[i] = Math.round(shown.y * POSITION_STEPS_PER_METER);
  snapshot.z[i] = Math.round(shown.z * POSITION_STEPS_PER_METER);
  snapshot.yaw[i] = shown.yaw;
  snapshot.animation[i] = animationOf(shown);
  snapshot.entityCount = i + 1;
}
