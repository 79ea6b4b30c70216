import { RemoteInterpolation } from "../../../scripts/client/remote-interpolation.ts";
import { createSnapshot } from "../../../scripts/protocol/create-messages.ts";
import type { Snapshot } from "../../../scripts/protocol/messages.ts";
import { measureAllocation } from "./measure-allocation.ts";

export const ENTITIES = 1000;
const WARM_UP_FRAMES = 1500;
const FRAMES = 600;
const ALLOCATION_FRAMES = 60;
const TICKS_PER_SNAPSHOT = 3;
/** The drawn time is so far behind the newest snapshot. */
const DELAY_TICKS = 5;
/** A circle of 5 m at 6 m/s takes so many snapshots. */
const LAP_SNAPSHOTS = 105;
const START_TICK = 1000;
const OWN = 1_000_000;

export interface InterpolationFigures {
  p50Ms: number;
  p99Ms: number;
  allocBytes: number;
}

/** Times of drawing a frame of 1000 entities that all run in circles, 60 frames and 20 snapshots a second; snapshots are taken in besides. */
export function measureInterpolation(): InterpolationFigures {
  const remotes = new RemoteInterpolation();
  const snapshots = Array.from({ length: LAP_SNAPSHOTS }, (_, index) => circling(index));
  const times = new Float64Array(FRAMES);
  let frame = 0;
  const receive = () => {
    frame += 1;
    const snapshot = snapshots[Math.floor(frame / TICKS_PER_SNAPSHOT) % LAP_SNAPSHOTS];
    if (frame % TICKS_PER_SNAPSHOT === 0 && snapshot !== undefined) {
      snapshot.serverTick = START_TICK + frame;
      remotes.addSnapshot(snapshot, OWN);
    }
    remotes.beginFrame();
  };
  const draw = () => remotes.draw(START_TICK + frame - DELAY_TICKS + 0.37);
  for (let warmUp = 0; warmUp < WARM_UP_FRAMES; warmUp += 1) {
    receive();
    draw();
  }
  for (let index = 0; index < FRAMES; index += 1) {
    receive();
    const begin = performance.now();
    draw();
    times[index] = performance.now() - begin;
  }
  const allocBytes = measureAllocation(ALLOCATION_FRAMES, () => {
    receive();
    draw();
  });
  if (remotes.count !== ENTITIES) throw new Error(`expected ${ENTITIES} entities, ${remotes.count} are drawn`);
  times.sort();
  return { p50Ms: times[FRAMES >> 1] ?? 0, p99Ms: times[Math.floor(FRAMES * 0.99)] ?? 0, allocBytes };
}

/** One of the snapshots of a lap: everybody runs round a circle of 5 m. */
function circling(index: number): Snapshot {
  const snapshot = createSnapshot();
  snapshot.entityCount = ENTITIES;
  for (let i = 0; i < ENTITIES; i += 1) {
    const angle = (index / LAP_SNAPSHOTS) * 2 * Math.PI + i;
    snapshot.entityId[i] = i + 1;
    snapshot.x[i] = Math.round((250 + 5 * Math.cos(angle)) * 1024);
    snapshot.y[i] = 10_240;
    snapshot.z[i] = Math.round((250 + 5 * Math.sin(angle)) * 1024);
    snapshot.yaw[i] = Math.round((index / LAP_SNAPSHOTS) * 65536) & 0xffff;
  }
  return snapshot;
}
