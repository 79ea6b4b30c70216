import { Histogram } from "./histogram.ts";
import type { Participant, WatchedPath } from "./participant.ts";

/** A character that has moved for so long moves on every screen, whatever the delay. */
const SURELY_MOVING_MS = 1000;
/** Slower on the screen than this share of the true speed is standing still. */
const STANDING_SHARE = 0.1;
/** How far back a drawn character is looked for on its true path. */
const SEARCH_MS = 1500;
/** Delay is measured in every so many frames. */
const DELAY_STRIDE = 3;

/** One character on the screen of another player. */
interface Pair {
  observer: Participant;
  target: Participant;
  known: boolean;
  x: number;
  z: number;
  frozenMs: number;
  /** The same as `frozenMs`, but against what the target's own player sees of it. */
  stoodMs: number;
}

/** How the others look on everybody's screen: frozen or not, how late, how far off their true path. */
export class RemoteWatch {
  readonly #pairs: Pair[] = [];
  /** The longest time that a character stood still on a screen while it moved on the server and for its own player. */
  longestFreezeMs = 0;
  /** The same while it moved for its own player, whatever the server knew of it: with what its own link did. */
  longestStandMs = 0;
  pairFrames = 0;
  missingFrames = 0;
  /** How old the true place is at which a moving character is drawn, milliseconds. */
  delays = new Histogram(1, 2000);
  /** How far a moving character is drawn off its true path, millimetres. */
  offPathMm = new Histogram(1, 5000);
  #frames = 0;
  #lastDelayMs = 0;
  readonly #participants: readonly Participant[];

  constructor(participants: readonly Participant[]) {
    this.#participants = participants;
    for (const observer of participants) {
      for (const target of participants) {
        if (observer === target) continue;
        this.#pairs.push({ observer, target, known: false, x: 0, z: 0, frozenMs: 0, stoodMs: 0 });
      }
    }
  }

  /** The delay that was measured last, milliseconds. */
  get lastDelayMs(): number {
    return this.#lastDelayMs;
  }

  /** Call after each frame of a participant. */
  afterFrame(observer: Participant, nowMs: number): void {
    this.#frames += 1;
    const measuresDelay = this.#frames % DELAY_STRIDE === 0;
    for (const pair of this.#pairs) if (pair.observer === observer) this.#look(pair, nowMs, measuresDelay);
  }

  /** What was measured so far is forgotten. */
  restart(): void {
    this.longestFreezeMs = 0;
    this.longestStandMs = 0;
    this.pairFrames = 0;
    this.missingFrames = 0;
    this.delays = new Histogram(1, 2000);
    this.offPathMm = new Histogram(1, 5000);
    for (const pair of this.#pairs) {
      pair.frozenMs = 0;
      pair.stoodMs = 0;
    }
  }

  get participants(): readonly Participant[] {
    return this.#participants;
  }

  #look(pair: Pair, nowMs: number, measuresDelay: boolean): void {
    const { remotes } = pair.observer.player.client;
    const index = remotes.indexOf(pair.target.entityId);
    if (index < 0) {
      this.missingFrames += 1;
      pair.known = false;
      return;
    }
    this.pairFrames += 1;
    const x = remotes.x[index] ?? 0;
    const z = remotes.z[index] ?? 0;
    const metersPerMs = Math.sqrt((x - pair.x) ** 2 + (z - pair.z) ** 2) / pair.observer.player.frameMs;
    if (pair.known) {
      const { frameMs } = pair.observer.player;
      const stands = standsThough(pair.target.drawn, nowMs, metersPerMs);
      const movesOnServer = pair.target.truth.hasMovedFor(nowMs, SURELY_MOVING_MS);
      pair.stoodMs = stands ? pair.stoodMs + frameMs : 0;
      pair.frozenMs = stands && movesOnServer ? pair.frozenMs + frameMs : 0;
      this.longestFreezeMs = Math.max(this.longestFreezeMs, pair.frozenMs);
      this.longestStandMs = Math.max(this.longestStandMs, pair.stoodMs);
    }
    pair.known = true;
    pair.x = x;
    pair.z = z;
    const { truth, open } = pair.target;
    if (!measuresDelay || !open || !truth.hasMovedFor(nowMs, SURELY_MOVING_MS)) return;
    if (!truth.history.findNearest(nowMs, x, z, SEARCH_MS)) return;
    this.#lastDelayMs = truth.history.ageMs;
    this.delays.add(truth.history.ageMs);
    this.offPathMm.add(truth.history.distanceMeters * 1000);
  }
}

/** Whether something is drawn as good as standing while it moves on a path. */
function standsThough(path: WatchedPath, nowMs: number, metersPerMs: number): boolean {
  if (!path.hasMovedFor(nowMs, SURELY_MOVING_MS)) return false;
  const meters = path.history.displacementMeters(nowMs, SURELY_MOVING_MS);
  return metersPerMs < (meters / SURELY_MOVING_MS) * STANDING_SHARE;
}
