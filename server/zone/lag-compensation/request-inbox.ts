import { TICK_RATE_HZ } from "../../../scripts/simulation/constants.ts";
import { TokenBucket } from "./token-bucket.ts";

/** Requests that one player may have waiting for their commands. Nobody honest has two. */
export const MAX_WAITING_REQUESTS = 4;
/** New requests that one player may begin at once, and after that per second. */
export const REQUEST_BURST = 8;
export const REQUESTS_PER_SECOND = 8;
/** Refusals for the rate that are said; the others are only counted, or a flood would be answered with a flood. */
const RATE_ANSWERS_PER_SECOND = 1;
/** Numbers behind the newest one that are still told apart. */
const KNOWN_NUMBERS = 32;

/** What became of a request that came. `limited_again`: it is not even to be answered. */
export type Admission = "waiting" | "known" | "limited" | "limited_again";

/** A request that waits for its command, with the server tick at which it came. */
export type Waiting<Request> = Request & { arrivedTick: number };

/** The requests of one player: each number is taken once, few wait, and no more begin than a player can want. Fixed memory. */
export class RequestInbox<Request extends object> {
  readonly #waiting: Waiting<Request>[];
  readonly #numberOf: (request: Readonly<Request>) => number;
  readonly #begins = new TokenBucket(REQUEST_BURST, TICK_RATE_HZ / REQUESTS_PER_SECOND);
  readonly #rateAnswers = new TokenBucket(1, TICK_RATE_HZ / RATE_ANSWERS_PER_SECOND);
  #newest = 0;
  /** Bit i: the number `newest` - i has come. */
  #cameBits = 0;
  /** Requests that wait: the first so many slots. */
  count = 0;

  constructor(create: () => Request, numberOf: (request: Readonly<Request>) => number) {
    this.#waiting = Array.from({ length: MAX_WAITING_REQUESTS }, () => ({ ...create(), arrivedTick: 0 }));
    this.#numberOf = numberOf;
  }

  /** Takes a request in, copying it, unless its number has come before or there are too many. */
  offer(request: Readonly<Request>, serverTick: number): Admission {
    if (!this.#isNew(this.#numberOf(request))) return "known";
    const slot = this.#waiting[this.count];
    if (!this.#begins.take(serverTick) || slot === undefined) {
      return this.#rateAnswers.take(serverTick) ? "limited" : "limited_again";
    }
    Object.assign(slot, request);
    slot.arrivedTick = serverTick;
    this.count += 1;
    return "waiting";
  }

  waiting(index: number): Readonly<Waiting<Request>> {
    const request = index < this.count ? this.#waiting[index] : undefined;
    if (request === undefined) throw new RangeError(`index: expected less than ${this.count}, got ${index}`);
    return request;
  }

  /** The request at an index waits no more; those behind it move up. */
  remove(index: number): void {
    if (index >= this.count) throw new RangeError(`index: expected less than ${this.count}, got ${index}`);
    const [request] = this.#waiting.splice(index, 1);
    if (request !== undefined) this.#waiting.push(request);
    this.count -= 1;
  }

  #isNew(number: number): boolean {
    const ahead = number - this.#newest;
    if (ahead > 0) {
      this.#cameBits = ahead >= KNOWN_NUMBERS ? 1 : ((this.#cameBits << ahead) | 1) >>> 0;
      this.#newest = number;
      return true;
    }
    // Too old to be told apart counts as come: it was given up long ago.
    if (-ahead >= KNOWN_NUMBERS) return false;
    const bit = (1 << -ahead) >>> 0;
    if ((this.#cameBits & bit) !== 0) return false;
    this.#cameBits = (this.#cameBits | bit) >>> 0;
    return true;
  }
}
