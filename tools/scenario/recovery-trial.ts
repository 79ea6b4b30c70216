import type { Participant } from "./participant.ts";
import { RecoveryWatch } from "./recovery-watch.ts";
import type { VirtualWorld } from "./virtual-world.ts";

const TRIALS = 5;
/** A trial into which another mishap falls is made again, but not for ever. */
const MOST_ATTEMPTS = 5;
const SETTLE_MS = 2000;
const STALL_MS = 1000;
const BASELINE_MS = 20_000;
const WATCH_MS = 20_000;
/** Circles of 9 m: nobody walks out of sight. */
const CIRCLE_RADIANS_PER_SECOND = 0.5;

/** Milliseconds after a stall of a second, the longest of the trials. */
export interface RecoveryResult {
  /** Until the server runs what the player does as promptly as before. */
  inputMs: number;
  /** Until the player sees the others as promptly as before. */
  sightMs: number;
}

/**
 * A player who walks hears and says nothing for a second. How long after that does it take until all is as before: no later than
 * in the worst moment of the twenty seconds before the stall (and 50 ms more), for at least a second? Being late does not count while a link is or
 * has just been silent once more, and for longer than ever in those twenty seconds: that is another stall, not the rest of this one. Where it
 * comes before all is as before, the trial is made again.
 */
export function runRecoveryTrial(world: VirtualWorld, participants: readonly Participant[]): RecoveryResult {
  for (const [index, participant] of participants.entries()) walkInCircles(participant, index);
  const worst = { inputMs: 0, sightMs: 0 };
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const subject = participants[trial % participants.length];
    if (subject === undefined) throw new Error("recovery: expected players");
    let result = runTrial(world, subject, participants);
    for (let attempt = 1; result.spoiled && attempt < MOST_ATTEMPTS; attempt += 1) {
      result = runTrial(world, subject, participants);
    }
    worst.inputMs = Math.max(worst.inputMs, result.inputMs);
    worst.sightMs = Math.max(worst.sightMs, result.sightMs);
  }
  return worst;
}

/** Near the middle of their ground, so that nobody comes to an obstacle: who stands cannot be late. */
function walkInCircles({ player, server, ground }: Participant, index: number): void {
  if (server !== undefined) Object.assign(server.state, { x: ground.x + index, z: ground.z, y: server.state.y + 3 });
  Object.assign(player.input, { moveX: 0, moveZ: -1, jump: false, sprint: false });
  player.beforeFrame = () => {
    player.input.yawRadians += (CIRCLE_RADIANS_PER_SECOND * player.frameMs) / 1000;
  };
}

function runTrial(world: VirtualWorld, subject: Participant, participants: readonly Participant[]): RecoveryWatch {
  world.runFor(SETTLE_MS);
  const watch = new RecoveryWatch(subject, participants);
  const before = subject.player.onFrame;
  subject.player.onFrame = () => {
    before();
    watch.afterFrame(world.nowMs);
  };
  world.runFor(BASELINE_MS);
  subject.player.link.stall(STALL_MS);
  watch.pause();
  world.runFor(STALL_MS);
  watch.judgeFrom(world.nowMs);
  for (let waitedMs = 0; waitedMs < WATCH_MS && !watch.recovered && !watch.spoiled; waitedMs += 50) world.runFor(50);
  subject.player.onFrame = before;
  return watch;
}
