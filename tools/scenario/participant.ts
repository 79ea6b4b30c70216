import type { Player } from "../../server/zone/player.ts";
import { PathHistory } from "./path-history.ts";
import type { Ground } from "./scenario-zone.ts";
import type { VirtualPlayer } from "./virtual-player.ts";

/** Whoever is slower over some time does not count as moving, metres per second. */
const LEAST_SPEED = 1;
/** The server moves a character in small jumps where commands come late: that is no stop. */
const TRUTH_WINDOW_MS = 250;
/** The own screen shows every stop. */
const SCREEN_WINDOW_MS = 100;

/** A path with a memory of since when it has been moving without a stop. */
export class WatchedPath {
  readonly history = new PathHistory();
  /** Since when it has moved all the time; infinite while it stands. */
  movingSinceMs = Number.POSITIVE_INFINITY;
  readonly #windowMs: number;

  /** Standing for less than about `windowMs` is not noticed. */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  push(atMs: number, x: number, z: number): void {
    this.history.push(atMs, x, z);
    const moves = this.history.displacementMeters(atMs, this.#windowMs) >= (LEAST_SPEED * this.#windowMs) / 1000;
    if (!moves) this.movingSinceMs = Number.POSITIVE_INFINITY;
    else this.movingSinceMs = Math.min(this.movingSinceMs, atMs);
  }

  hasMovedFor(nowMs: number, ms: number): boolean {
    return nowMs - this.movingSinceMs >= ms;
  }
}

/** One player of a scenario, as seen from outside. */
export class Participant {
  readonly player: VirtualPlayer;
  readonly ground: Ground;
  readonly open: boolean;
  /** Where the server has the character, after every turn of it. */
  readonly truth = new WatchedPath(TRUTH_WINDOW_MS);
  /** Where the own screen draws it, after every frame. */
  readonly drawn: WatchedPath;
  /** The server's side of it. */
  server: Player | undefined;

  constructor(player: VirtualPlayer, ground: Ground, open: boolean) {
    this.player = player;
    this.drawn = new WatchedPath(Math.max(SCREEN_WINDOW_MS, 2 * player.frameMs));
    this.ground = ground;
    this.open = open;
  }

  get entityId(): number {
    return this.player.client.own.entityId;
  }

  noteTruth(nowMs: number): void {
    const { server } = this;
    if (server !== undefined) this.truth.push(nowMs, server.state.x, server.state.z);
  }

  noteDrawn(nowMs: number): void {
    const { own } = this.player.client;
    if (own.present) this.drawn.push(nowMs, own.x, own.z);
  }
}
