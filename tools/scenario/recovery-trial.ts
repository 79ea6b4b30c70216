import type { Participant } from "./participant.ts";
import type { VirtualWorld } from "./virtual-world.ts";

const TRIALS = 5;
const STALL_MS = 1000;
const BASELINE_MS = 20_000;
const WATCH_MS = 20_000;
/** Recovered is who stays so for so long. */
const CALM_MS = 1000;
/** What may be later than at its latest before the stall. */
const TOLERANCE_MS = 50;
const SEARCH_MS = 4000;
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
 * in the worst moment of the twenty seconds before the stall (and 50 ms more), for at least a second?
 */
export function runRecoveryTrial(world: VirtualWorld, participants: readonly Participant[]): RecoveryResult {
  for (const { player } of participants) walkInCircles(player);
  const worst = { inputMs: 0, sightMs: 0 };
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const subject = participants[trial % participants.length];
    if (subject === undefined) throw new Error("recovery: expected players");
    world.runFor(2000);
    const result = runTrial(world, subject, participants);
    worst.inputMs = Math.max(worst.inputMs, result.inputMs);
    worst.sightMs = Math.max(worst.sightMs, result.sightMs);
  }
  return worst;
}

function walkInCircles(player: Participant["player"]): void {
  Object.assign(player.input, { moveX: 0, moveZ: -1, jump: false, sprint: false });
  player.beforeFrame = () => {
    player.input.yawRadians += (CIRCLE_RADIANS_PER_SECOND * player.frameMs) / 1000;
  };
}

function runTrial(world: VirtualWorld, subject: Participant, participants: readonly Participant[]): RecoveryResult {
  const lateness = new Lateness(subject, participants);
  const input = new Calm();
  const sight = new Calm();
  const before = subject.player.onFrame;
  subject.player.onFrame = () => {
    before();
    input.add(world.nowMs, lateness.inputMs(world.nowMs));
    sight.add(world.nowMs, lateness.sightMs(world.nowMs));
  };
  world.runFor(BASELINE_MS);
  subject.player.link.stall(STALL_MS);
  input.pause();
  sight.pause();
  world.runFor(STALL_MS);
  const endMs = world.nowMs;
  input.judgeFrom(endMs);
  sight.judgeFrom(endMs);
  for (let waitedMs = 0; waitedMs < WATCH_MS; waitedMs += 50) {
    world.runFor(50);
    if (input.holds(world.nowMs) && sight.holds(world.nowMs)) break;
  }
  subject.player.onFrame = before;
  return { inputMs: input.reachedAfterMs, sightMs: sight.reachedAfterMs };
}

/** Watches one lateness: the worst of it before a moment, and when after that it is no worse again for good. */
class Calm {
  #worstMs = 0;
  #paused = false;
  #judgeFromMs = Number.NaN;
  #sinceMs = Number.NaN;
  #heldAtMs = Number.NaN;

  add(nowMs: number, lateMs: number): void {
    if (this.#paused) return;
    if (Number.isNaN(this.#judgeFromMs)) {
      this.#worstMs = Math.max(this.#worstMs, lateMs);
    } else if (lateMs > this.#worstMs + TOLERANCE_MS) {
      this.#sinceMs = Number.NaN;
    } else if (Number.isNaN(this.#sinceMs)) {
      this.#sinceMs = nowMs;
    }
    if (nowMs - this.#sinceMs >= CALM_MS && Number.isNaN(this.#heldAtMs)) this.#heldAtMs = this.#sinceMs;
  }

  /** What comes now counts neither as before nor as after. */
  pause(): void {
    this.#paused = true;
  }

  judgeFrom(nowMs: number): void {
    this.#paused = false;
    this.#judgeFromMs = nowMs;
  }

  /** Whether it has been calm for long enough, once. */
  holds(nowMs: number): boolean {
    return nowMs >= this.#judgeFromMs && !Number.isNaN(this.#heldAtMs);
  }

  get reachedAfterMs(): number {
    return Number.isNaN(this.#heldAtMs) ? Number.POSITIVE_INFINITY : this.#heldAtMs - this.#judgeFromMs;
  }
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
