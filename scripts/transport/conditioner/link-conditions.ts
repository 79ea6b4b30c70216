/** What one direction of a link does to the messages that take it. */
export interface DirectionConditions {
  /** Mean way of a message, milliseconds, 0 to 10,000. */
  latencyMs: number;
  /** The way takes up to so much less or more, evenly spread, milliseconds. Below 0 in all it is 0. */
  jitterMs: number;
  /** How long the jitter resembles itself, milliseconds; 0: each message has its own. */
  jitterCorrelationMs: number;
  /** Whether jitter lets messages overtake each other. Queues do not: what came first leaves first. */
  overtaking: boolean;
  /** Share of packets lost, 0 to 1. */
  lossRate: number;
  /** Packets lost in a row, on average; at least 1. */
  meanBurst: number;
  /** Share of unreliable messages that fall behind one to three of those sent after them, 0 to 1. */
  reorderRate: number;
  /** Share of unreliable messages that arrive twice, 0 to 1. */
  duplicateRate: number;
  /** 0: no limit. */
  kilobitsPerSecond: number;
  /** How much the queue before a limited link holds, in milliseconds of sending; what does not fit is lost. */
  queueMs: number;
}

/** Both directions of one client's link, and what befalls them together. `up` leads from the client to the server. */
export interface LinkConditions {
  up: DirectionConditions;
  down: DirectionConditions;
  /** For so long nothing passes, then everything that has waited does at once, milliseconds. */
  stallMs: number;
  /** From the beginning of one stall to that of the next, milliseconds; 0: none. */
  stallEveryMs: number;
}

/** A wire that does nothing to anything. */
const PLAIN_DIRECTION: Readonly<DirectionConditions> = Object.freeze({
  latencyMs: 0,
  jitterMs: 0,
  jitterCorrelationMs: 50,
  overtaking: false,
  lossRate: 0,
  meanBurst: 1,
  reorderRate: 0,
  duplicateRate: 0,
  kilobitsPerSecond: 0,
  queueMs: 200,
});

/** Whether a direction does nothing to what takes it. */
export function isPerfect(direction: Readonly<DirectionConditions>): boolean {
  const { latencyMs, jitterMs, lossRate, reorderRate, duplicateRate, kilobitsPerSecond } = direction;
  return latencyMs + jitterMs + lossRate + reorderRate + duplicateRate + kilobitsPerSecond === 0;
}

/** What differs from a perfect wire: in both directions, in one, and stalls. */
export interface ConditionChanges extends Partial<DirectionConditions> {
  up?: Partial<DirectionConditions>;
  down?: Partial<DirectionConditions>;
  stallMs?: number;
  stallEveryMs?: number;
}

/** A perfect wire but for `changes`. */
export function createLinkConditions(changes: ConditionChanges = {}): LinkConditions {
  const { up, down, stallMs = 0, stallEveryMs = 0, ...both } = changes;
  return {
    up: { ...PLAIN_DIRECTION, ...both, ...up },
    down: { ...PLAIN_DIRECTION, ...both, ...down },
    stallMs,
    stallEveryMs,
  };
}
