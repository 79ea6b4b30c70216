import { isLoopback } from "./address.ts";

/** How often one remote address may ask for a connection. */
export interface ConnectionRate {
  /** Sustained attempts per second of one address. */
  perSecond: number;
  /** Attempts that an address may make at once, after a pause. */
  burst: number;
  /** Limit the machine's own addresses too. Normally not: local tests and bots are not the threat. */
  limitLoopback?: boolean;
}

/** A handful of players behind one router may all come back at once; a flood does not get further than this. */
export const DEFAULT_CONNECTION_RATE: ConnectionRate = { perSecond: 8, burst: 64 };

const MAX_ADDRESSES = 4096;

interface Bucket {
  tokens: number;
  updatedMs: number;
}

/** A token bucket per remote host, ports ignored. */
export class ConnectionRateLimit {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly rate: ConnectionRate,
    private readonly nowMs: () => number,
  ) {}

  /** Counts an attempt of `address` (`ip:port`); `false`: too many. */
  admit(address: string): boolean {
    if (!this.rate.limitLoopback && isLoopback(address)) return true;
    const host = address.slice(0, address.lastIndexOf(":"));
    const now = this.nowMs();
    const bucket = this.buckets.get(host) ?? { tokens: this.rate.burst, updatedMs: now };
    const refilled = bucket.tokens + ((now - bucket.updatedMs) / 1000) * this.rate.perSecond;
    bucket.tokens = Math.min(refilled, this.rate.burst);
    bucket.updatedMs = now;
    const admitted = bucket.tokens >= 1;
    if (admitted) bucket.tokens -= 1;
    // Deleted and added again: the map stays in order of last use, and the oldest entry is the first.
    this.buckets.delete(host);
    this.buckets.set(host, bucket);
    if (this.buckets.size > MAX_ADDRESSES) this.forgetOldest();
    return admitted;
  }

  private forgetOldest(): void {
    for (const host of this.buckets.keys()) {
      this.buckets.delete(host);
      return;
    }
  }
}
