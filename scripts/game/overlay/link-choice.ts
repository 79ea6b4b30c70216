import { isDeepStrictEqual } from "node:util";
import { createLinkConditions, type LinkConditions } from "../../transport/conditioner/link-conditions.ts";
import { LINK_PROFILE_NAMES, type LinkProfileName, linkProfile } from "../../transport/conditioner/link-profiles.ts";
import { formatMs, formatShare } from "./number-text.ts";

/** What the sliders reach. */
export const ROUND_TRIP_RANGE_MS = { min: 0, max: 800, step: 10 } as const;
export const JITTER_RANGE_MS = { min: 0, max: 100, step: 1 } as const;
export const LOSS_RANGE_PERCENT = { min: 0, max: 30, step: 0.5 } as const;

/** Which link the player wants to have made, by a profile's name and what was changed since. */
export class LinkChoice {
  #profile: LinkProfileName | undefined;
  #conditions: LinkConditions;
  #changed = false;

  /** Begins with the conditions that the game was started with, if any. */
  constructor(conditions: LinkConditions = createLinkConditions()) {
    this.#conditions = conditions;
    this.#profile = LINK_PROFILE_NAMES.find((name) => isDeepStrictEqual(linkProfile(name), conditions));
    this.#changed = this.#profile === undefined;
  }

  /** For `ConditionedTransport`; another object after every change. */
  get conditions(): LinkConditions {
    return this.#conditions;
  }

  /** The profile that is in force as it is written; `undefined` when something of it was changed. */
  get profile(): LinkProfileName | undefined {
    return this.#changed ? undefined : this.#profile;
  }

  /** Whether the link is other than the network makes it. */
  get active(): boolean {
    return !isDeepStrictEqual(this.#conditions, createLinkConditions());
  }

  get roundTripMs(): number {
    return this.#conditions.up.latencyMs + this.#conditions.down.latencyMs;
  }

  get jitterMs(): number {
    return Math.max(this.#conditions.up.jitterMs, this.#conditions.down.jitterMs);
  }

  get lossPercent(): number {
    return Math.max(this.#conditions.up.lossRate, this.#conditions.down.lossRate) * 100;
  }

  choose(profile: LinkProfileName): void {
    this.#profile = profile;
    this.#conditions = linkProfile(profile);
    this.#changed = false;
  }

  /** Half of it each way. */
  setRoundTripMs(roundTripMs: number): void {
    this.#change({ latencyMs: roundTripMs / 2 });
  }

  setJitterMs(jitterMs: number): void {
    this.#change({ jitterMs });
  }

  /** Both ways; in bursts as long as those of the profile. */
  setLossPercent(percent: number): void {
    this.#change({ lossRate: percent / 100 });
  }

  /** In words, such as "reference: 150 ms there and back, ± 30 ms, 5.0 % lost"; empty when it is as the network makes it. */
  describe(): string {
    if (!this.active) return "";
    const name =
      this.profile ?? (this.#profile === undefined || this.#profile === "none" ? "own" : `${this.#profile}, changed`);
    const { stallMs } = this.#conditions;
    const parts = [`${formatMs(this.roundTripMs)} there and back`];
    if (this.jitterMs > 0) parts.push(`± ${formatMs(this.jitterMs)}`);
    if (this.lossPercent > 0) parts.push(`${formatShare(this.lossPercent / 100)} lost`);
    if (stallMs > 0) parts.push(`stalls of ${formatMs(stallMs)}`);
    return `${name}: ${parts.join(", ")}`;
  }

  #change(change: { latencyMs?: number; jitterMs?: number; lossRate?: number }): void {
    const { up, down, ...rest } = this.#conditions;
    this.#conditions = { ...rest, up: { ...up, ...change }, down: { ...down, ...change } };
    this.#changed = true;
  }
}
