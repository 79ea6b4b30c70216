import type { ZoneServer } from "./zone-server.ts";

/** Sleeps no longer than this, so that the network is looked at often enough for honest round-trip times. */
const MAX_SLEEP_MS = 4;

/** Drives a zone server by the wall clock until stopped. */
export class RealTimeLoop {
  #timer: NodeJS.Timeout | undefined;
  #running = true;

  constructor(private readonly server: ZoneServer) {
    this.#turn();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  readonly #turn = (): void => {
    const untilNextMs = this.server.advance();
    if (this.#running) this.#timer = setTimeout(this.#turn, Math.min(untilNextMs, MAX_SLEEP_MS));
  };
}
