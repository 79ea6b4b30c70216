import { Prediction } from "../../../scripts/client/prediction.ts";
import { Button, type InputCommand } from "../../../scripts/protocol/messages.ts";
import { createMoveState, type MoveState, placeMoveState } from "../../../scripts/simulation/move-state.ts";
import type { Zone } from "../../../scripts/simulation/zone-file.ts";
import { measureAllocation } from "./measure-allocation.ts";

/** Two seconds: as much as is ever replayed. */
export const REPLAY_TICKS = 120;
/** Characters at different places, so that the way leads over open ground, up slopes and along walls. */
const CHARACTERS = 16;
const WARM_UP_ROUNDS = 60;
const ROUNDS = 120;
const ALLOCATION_ROUNDS = 320;
const LATTICE_STEP = 1 / 1024;

/** A character two seconds ahead of the server, whose answer will differ by next to nothing: everything has to be replayed. */
interface Ahead {
  prediction: Prediction;
  start: MoveState;
  acked: MoveState;
}

export interface ReplayFigures {
  p50Ms: number;
  p99Ms: number;
  /** Ticks that a replay ran in the mean: 120 unless the ways met. */
  meanTicks: number;
  allocBytes: number;
}

/** Times of replaying 120 ticks with collision in a zone, and what of the heap one replay takes once warm. */
export function measureReplay(zone: Zone): ReplayFigures {
  const characters = Array.from({ length: CHARACTERS }, (_, index) => goAhead(zone, index));
  const times = new Float64Array(ROUNDS * CHARACTERS);
  let replayed = 0;
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (let index = 0; index < CHARACTERS; index += 1) {
      const begin = performance.now();
      const ticks = replay(characters[index]);
      const elapsed = performance.now() - begin;
      if (round < 0) continue;
      times[round * CHARACTERS + index] = elapsed;
      replayed += ticks;
    }
  }
  times.sort();
  const quantile = (part: number) => times[Math.floor((times.length - 1) * part)] ?? 0;
  return {
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    meanTicks: replayed / times.length,
    allocBytes: measureAllocation(ALLOCATION_ROUNDS, (round) => replay(characters[round % CHARACTERS])),
  };
}

/** Lets the server's answer be another than before, by one step of the lattice. Returns the ticks replayed. */
function replay(character: Ahead | undefined): number {
  if (character === undefined) return 0;
  const { prediction, start, acked } = character;
  acked.x = start.x + (acked.x < start.x ? LATTICE_STEP : -LATTICE_STEP);
  return prediction.reconcile(0, acked) === "match" ? 0 : prediction.replayedTicks;
}

/** Runs to and fro and jumps, each character in a direction of its own. */
function goAhead(zone: Zone, index: number): Ahead {
  const start = createMoveState();
  const spawn = zone.world.spawns[index % zone.world.spawns.length];
  if (spawn !== undefined) placeMoveState(start, spawn);
  // Away from the spawn first, in ten seconds that are nobody's business any more.
  const before = new Prediction(zone.world, start, 1);
  const command: InputCommand = { tick: 1, moveX: 0, moveZ: -127, yaw: 0, pitch: 0, buttons: Button.sprint };
  for (let tick = 1; tick <= 600; tick += 1) {
    command.tick = tick;
    command.yaw = (index * 4096) & 0xffff;
    before.step(command);
    before.reconcile(tick, before.state);
  }
  Object.assign(start, before.state);
  const prediction = new Prediction(zone.world, start, 1);
  for (let tick = 1; tick <= REPLAY_TICKS; tick += 1) {
    command.tick = tick;
    command.yaw = (index * 4096 + tick * 200) & 0xffff;
    command.buttons = tick % 40 === 0 ? Button.sprint | Button.jump : Button.sprint;
    prediction.step(command);
  }
  return { prediction, start: { ...start }, acked: { ...start } };
}
