import type { Participant } from "./participant.ts";
import type { VirtualWorld } from "./virtual-world.ts";

const TRIALS = 5;
const STALL_MS = 1000;
const BASELINE_MS = 8000;
const WATCH_MS = 20_000;
/** Recovered is who stays so for so long. */
const CALM_MS = 1000;
/** What may be later than at its latest before the stall. */
const TOLERANCE_MS = 50;
const SEARCH_MS = 4000;
const CIRCLE_RADIANS_PER_SECOND = 0.15;

/**
 * A player who walks hears and says nothing for a second. How long after that does it take until all is as before: the server
 * runs what the player does, and the player sees the others, no later than in the worst moment of the eight seconds before the
 * stall (and 50 ms more), for at least a second? The longest of five times, milliseconds.
 */
export function runRecoveryTrial(world: VirtualWorld, participants: readonly Participant[]): number {
  for (const { player } of participants) walkInCircles(player);
  let worstMs = 0;
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const subject = participants[trial % participants.length];
    if (subject === undefined) throw new Error("recovery: expected players");
    world.runFor(2000);
    worstMs = Math.max(worstMs, recoverMs(world, subject, participants));
  }
  return worstMs;
}

function walkInCircles(player: Participant["player"]): void {
  Object.assign(player.input, { moveX: 0, moveZ: -1, jump: false, sprint: false });
  player.beforeFrame = () => {
    player.input.yawRadians += (CIRCLE_RADIANS_PER_SECOND * player.frameMs) / 1000;
  };
}

function recoverMs(world: VirtualWorld, subject: Participant, participants: readonly Participant[]): number {
  const lateness = new Lateness(subject, participants);
  const before = subject.player.onFrame;
  let latestInputMs = 0;
  let latestSightMs = 0;
  let calmSinceMs = Number.NaN;
  let judging = false;
  subject.player.onFrame = () => {
    before();
    const inputMs = lateness.inputMs(world.nowMs);
    const sightMs = lateness.sightMs(world.nowMs);
    if (!judging) {
      latestInputMs = Math.max(latestInputMs, inputMs);
      latestSightMs = Math.max(latestSightMs, sightMs);
    } else if (inputMs > latestInputMs + TOLERANCE_MS || sightMs > latestSightMs + TOLERANCE_MS) {
      calmSinceMs = Number.NaN;
    } else if (Number.isNaN(calmSinceMs)) {
      calmSinceMs = world.nowMs;
    }
  };
  world.runFor(BASELINE_MS);
  subject.player.link.stall(STALL_MS);
  judging = true;
  world.runFor(STALL_MS);
  const endMs = world.nowMs;
  calmSinceMs = Number.NaN;
  const isCalm = () => world.nowMs - calmSinceMs >= CALM_MS;
  for (let waitedMs = 0; waitedMs < WATCH_MS && !isCalm(); waitedMs += 50) world.runFor(50);
  subject.player.onFrame = before;
  return isCalm() ? Math.max(calmSinceMs - endMs, 0) : Number.POSITIVE_INFINITY;
}

/** How late one player is towards the server, and the others are on its screen. */
class Lateness {
  constructor(
    private readonly subject: Participant,
    private readonly participants: readonly Participant[],
  ) {}

  /** Age of the place on the own screen's path at which the server has the character, milliseconds. */
  inputMs(nowMs: number): number {
    const { server, drawn } = this.subject;
    if (server === undefined || !drawn.history.findNearest(nowMs, server.state.x, server.state.z, SEARCH_MS)) return 0;
    return drawn.history.ageMs;
  }

  /** Age of the oldest place at which another is drawn, milliseconds. */
  sightMs(nowMs: number): number {
    const { remotes } = this.subject.player.client;
    let oldestMs = 0;
    for (const other of this.participants) {
      if (other === this.subject) continue;
      const index = remotes.indexOf(other.entityId);
      if (index < 0) return SEARCH_MS;
      const { history } = other.truth;
      if (!history.findNearest(nowMs, remotes.x[index] ?? 0, remotes.z[index] ?? 0, SEARCH_MS)) continue;
      oldestMs = Math.max(oldestMs, history.ageMs);
    }
    return oldestMs;
  }
}
