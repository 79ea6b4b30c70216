import type { Presence, Snapshot } from "../protocol/messages.ts";
import type { SnapshotUpdate } from "../protocol/snapshot-codec/snapshot-update.ts";
import { TICK_RATE_HZ } from "../simulation/constants.ts";
import { InterpolationDelay } from "./interpolation-delay.ts";
import { PlaybackClock } from "./playback-clock.ts";
import type { RemoteEntities } from "./remote-entities.ts";
import { RemoteInterpolation } from "./remote-interpolation.ts";
import type { ServerClock } from "./server-clock.ts";
import type { Telemetry } from "./telemetry.ts";

/** Plays the others back a little behind the snapshots as they arrive. */
export class RemotePlayback {
  readonly #clock: ServerClock;
  readonly #telemetry: Telemetry;
  readonly #entities = new RemoteInterpolation();
  readonly #delay = new InterpolationDelay();
  readonly #playback = new PlaybackClock(TICK_RATE_HZ);
  readonly #follows: boolean;

  /** `follows`: false if nobody looks at the others, and nothing is to be kept of them but their names. */
  constructor(clock: ServerClock, telemetry: Telemetry, follows = true) {
    this.#clock = clock;
    this.#telemetry = telemetry;
    this.#follows = follows;
  }

  get entities(): RemoteEntities {
    return this.#entities;
  }

  /** Server tick, with fraction, of what was drawn last; 0 before anything was. */
  get tick(): number {
    return this.#playback.tick;
  }

  beginFrame(): void {
    this.#entities.beginFrame();
  }

  addPresence(presence: Presence): void {
    this.#entities.addPresence(presence);
  }

  addSnapshot(snapshot: Snapshot, ownEntityId: number): void {
    if (this.#follows) this.#entities.addSnapshot(snapshot, ownEntityId);
    this.adapt();
  }

  /** Takes in one packet of differences; `adapt` is to be called once per snapshot. */
  addUpdate(update: SnapshotUpdate, ownEntityId: number): void {
    if (this.#follows) this.#entities.addUpdate(update, ownEntityId);
  }

  /** See `RemoteInterpolation.changeHealth`. */
  changeHealth(entityId: number, tick: number, points: number): void {
    if (this.#follows) this.#entities.changeHealth(entityId, tick, points);
  }

  /** See `RemoteInterpolation.setHealth`. */
  setHealth(entityId: number, tick: number, points: number): void {
    if (this.#follows) this.#entities.setHealth(entityId, tick, points);
  }

  /** See `RemoteInterpolation.keepOnly`. */
  keepOnly(visible: ReadonlySet<number>, tick: number, silentTicks: number): void {
    this.#entities.keepOnly(visible, tick, silentTicks);
  }

  /** A snapshot newer than the last one arrived: the delay follows the rhythm and the jitter. */
  adapt(): void {
    const { snapshotTicks, latenessMs, jitterMs } = this.#clock;
    this.#delay.adapt((snapshotTicks / TICK_RATE_HZ) * 1000, latenessMs, jitterMs);
  }

  /** Draws the frame that ends at `nowMs`. */
  advance(nowMs: number, frameMs: number): void {
    if (!this.#follows || !this.#clock.synchronized) return;
    const delayTicks = (this.#delay.delayMs / 1000) * TICK_RATE_HZ;
    const goalTick = this.#clock.arrivingTick(nowMs) - delayTicks;
    this.#playback.advance(frameMs, goalTick, this.#entities.newestTick, this.#clock.rate);
    this.#entities.draw(this.#playback.tick);
    this.#telemetry.interpolationDelayMs = this.#delay.delayMs;
    const beyondTicks = this.#playback.tick - this.#entities.newestTick;
    this.#telemetry.extrapolationMs = Number.isFinite(beyondTicks) ? (beyondTicks / TICK_RATE_HZ) * 1000 : 0;
    this.#telemetry.underruns = this.#entities.underruns;
    this.#telemetry.remotesDrawn = this.#entities.drawn;
  }

  clear(): void {
    this.#entities.clear();
    this.#delay.reset();
    this.#playback.reset();
  }
}
