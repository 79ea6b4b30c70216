import type { LeftCondition } from "../../../scripts/simulation/combat/left-condition.ts";
import { TICK_RATE_HZ } from "../../../scripts/simulation/constants.ts";

/** Rule C42. */
const KEPT_TICKS = 5 * 60 * TICK_RATE_HZ;
/** Names that come and go by the thousand fill no memory: the oldest is forgotten first. */
const MOST_KEPT = 4_096;

/** How and where a player left. */
export interface LeftPlayer {
  readonly condition: LeftCondition;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
}

/** Those who left a short while ago, by name: all by which a server knows somebody again. */
export class LeftPlayers {
  /** In the order in which they left. */
  readonly #players = new Map<string, LeftPlayer>();

  keep(nameKey: string, left: LeftPlayer): void {
    this.#players.delete(nameKey);
    this.#players.set(nameKey, left);
    for (const [name, { condition }] of this.#players) {
      if (this.#players.size <= MOST_KEPT && left.condition.tick - condition.tick <= KEPT_TICKS) return;
      this.#players.delete(name);
    }
  }

  /** Whoever left by that name not too long before `tick`; it is not kept any longer. */
  take(nameKey: string, tick: number): LeftPlayer | undefined {
    const left = this.#players.get(nameKey);
    this.#players.delete(nameKey);
    return left !== undefined && tick - left.condition.tick <= KEPT_TICKS ? left : undefined;
  }
}
