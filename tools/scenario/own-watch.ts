import { Histogram } from "./histogram.ts";
import type { Participant } from "./participant.ts";

const SEARCH_MS = 3000;
/** Whoever has wanted to move for so long is moving. */
const UNDER_WAY_MS = 400;
/** A tenth of walking speed: slower is standing, metres per second. */
const STANDING_SPEED = 0.45;

/** One player at the keys. */
interface Walker {
  participant: Participant;
  wishMs: number;
  frozenMs: number;
  x: number;
  z: number;
}

/**
 * Whether players see their own character take the way that it takes on the server: the distance of each true place from the
 * drawn path. No counter of the client has a part in it. With no correction it is a few millimetres, because frames do not fall
 * on ticks; a character that is pulled back leaves its drawn path by as much as it is pulled.
 */
export class OwnWatch {
  readonly #participants: readonly Participant[];
  readonly #walkers: Walker[];
  /** Millimetres, on open ground. */
  offPathMm = new Histogram(1, 5000);
  /** The longest time that somebody on open ground wanted to move and stood on the own screen. */
  longestFreezeMs = 0;

  constructor(participants: readonly Participant[]) {
    this.#participants = participants.filter(({ open }) => open);
    this.#walkers = this.#participants.map((participant) => ({ participant, wishMs: 0, frozenMs: 0, x: 0, z: 0 }));
  }

  /** Call after each turn of the server. */
  afterTurn(nowMs: number): void {
    for (const { server, drawn } of this.#participants) {
      if (server === undefined) continue;
      const { x, z } = server.state;
      if (drawn.history.findNearest(nowMs, x, z, SEARCH_MS)) this.offPathMm.add(drawn.history.distanceMeters * 1000);
    }
  }

  /** Call after each frame of a participant. */
  afterFrame(participant: Participant): void {
    const walker = this.#walkers.find((one) => one.participant === participant);
    if (walker === undefined) return;
    const { input, client, frameMs } = participant.player;
    const { x, z } = client.own;
    const speed = (Math.sqrt((x - walker.x) ** 2 + (z - walker.z) ** 2) / frameMs) * 1000;
    walker.x = x;
    walker.z = z;
    walker.wishMs = input.moveX !== 0 || input.moveZ !== 0 ? walker.wishMs + frameMs : 0;
    const frozen = walker.wishMs > UNDER_WAY_MS && speed < STANDING_SPEED;
    walker.frozenMs = frozen ? walker.frozenMs + frameMs : 0;
    this.longestFreezeMs = Math.max(this.longestFreezeMs, walker.frozenMs);
  }

  restart(): void {
    this.longestFreezeMs = 0;
    this.offPathMm = new Histogram(1, 5000);
  }
}
