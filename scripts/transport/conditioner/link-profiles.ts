import {
  type ConditionChanges,
  createLinkConditions,
  type DirectionConditions,
  type LinkConditions,
} from "./link-conditions.ts";

/**
 * Links that people play on. Latency is one way. What a figure rests on is said at each; they are meant as typical, and as
 * the same for everybody who measures, not as anybody's exact line.
 */
const PROFILES = {
  /** A wire that does nothing to anything. */
  none: {},
  /** Two machines on one switch: a fraction of a millisecond, nothing lost. */
  lan: { latencyMs: 0.3, jitterMs: 0.2, jitterCorrelationMs: 5 },
  /**
   * Cable or fibre to a server in the same country: 30 ms there and back, a packet in a thousand lost, 50 Mbit/s down and 10 up.
   * Within what the yearly "Measuring Broadband America" reports of the FCC find for such lines.
   */
  broadband: {
    latencyMs: 15,
    jitterMs: 4,
    jitterCorrelationMs: 50,
    lossRate: 0.001,
    meanBurst: 1.5,
    queueMs: 100,
    down: { kilobitsPerSecond: 50_000 },
    up: { kilobitsPerSecond: 10_000 },
  },
  /**
   * The same line behind Wi-Fi that hears nothing for half a second once a minute, as a radio does that scans other channels or
   * waits out a neighbour; the access point keeps the packets and sends them all at once afterwards.
   */
  "wifi-stall": {
    latencyMs: 16,
    jitterMs: 6,
    jitterCorrelationMs: 30,
    lossRate: 0.001,
    meanBurst: 1.5,
    queueMs: 1000,
    down: { kilobitsPerSecond: 50_000 },
    up: { kilobitsPerSecond: 10_000 },
    stallMs: 500,
    stallEveryMs: 60_000,
  },
  /**
   * LTE on the move: 80 ms there and back and wandering slowly with the load of the cell, losses in bursts where the radio fades,
   * deep buffers, and a gap of 100 ms four times a minute where the cell changes.
   */
  mobile: {
    latencyMs: 40,
    jitterMs: 25,
    jitterCorrelationMs: 200,
    lossRate: 0.015,
    meanBurst: 4,
    duplicateRate: 0.001,
    queueMs: 600,
    down: { kilobitsPerSecond: 12_000 },
    up: { kilobitsPerSecond: 4_000 },
    stallMs: 100,
    stallEveryMs: 15_000,
  },
  /**
   * A geostationary satellite: up and down again 35,786 km each way is 239 ms of light, 477 ms there and back, and the link adds
   * scheduling and coding; rain fades take packets in bursts.
   */
  satellite: {
    latencyMs: 280,
    jitterMs: 20,
    jitterCorrelationMs: 100,
    lossRate: 0.005,
    meanBurst: 5,
    queueMs: 500,
    down: { kilobitsPerSecond: 10_000 },
    up: { kilobitsPerSecond: 2_000 },
  },
  /**
   * The link by which the netcode is judged: 150 ms there and back, each way 30 ms more or less, 5 % lost in bursts of 3 packets on
   * average, 1 % out of order, 1 % doubled.
   */
  reference: {
    latencyMs: 75,
    jitterMs: 30,
    jitterCorrelationMs: 50,
    lossRate: 0.05,
    meanBurst: 3,
    reorderRate: 0.01,
    duplicateRate: 0.01,
  },
} as const satisfies Record<string, ConditionChanges>;

export type LinkProfileName = keyof typeof PROFILES;

export const LINK_PROFILE_NAMES: readonly LinkProfileName[] = Object.freeze(
  Object.keys(PROFILES).filter(isLinkProfileName),
);

export function isLinkProfileName(text: string): text is LinkProfileName {
  return Object.hasOwn(PROFILES, text);
}

/** The conditions of a named link, a new object each time. */
export function linkProfile(name: LinkProfileName): LinkConditions {
  return createLinkConditions(PROFILES[name]);
}

type NumericCondition = Exclude<keyof DirectionConditions, "overtaking">;

/** Least and most of what a text may set. */
const DIRECTION_RANGES: Readonly<Record<NumericCondition, readonly [number, number]>> = {
  latencyMs: [0, 10_000],
  jitterMs: [0, 10_000],
  jitterCorrelationMs: [0, 60_000],
  lossRate: [0, 1],
  meanBurst: [1, 1000],
  reorderRate: [0, 1],
  duplicateRate: [0, 1],
  kilobitsPerSecond: [0, 10_000_000],
  queueMs: [0, 60_000],
};
const STALL_RANGES = { stallMs: [0, 60_000], stallEveryMs: [0, 3_600_000] } as const;

const PARSED_KEYS = [...Object.keys(DIRECTION_RANGES), "overtaking", ...Object.keys(STALL_RANGES)].join(", ");

/**
 * Reads a link such as `reference`, `broadband,lossRate=0.02` or `mobile,up.latencyMs=200,stallMs=0`: a name, then what differs
 * from it. What is wrong comes back as a sentence for the person who typed it.
 */
export function parseLinkProfile(text: string): { conditions: LinkConditions } | { problem: string } {
  const [name = "", ...changes] = text.split(",").map((part) => part.trim());
  if (!isLinkProfileName(name)) {
    return { problem: `expected one of ${LINK_PROFILE_NAMES.join(", ")}, got "${name}"` };
  }
  const conditions = linkProfile(name);
  for (const change of changes) {
    const problem = applyChange(conditions, change);
    if (problem !== undefined) return { problem };
  }
  if (conditions.stallEveryMs > 0 && conditions.stallMs >= conditions.stallEveryMs) {
    return { problem: `stallMs must be below stallEveryMs (${conditions.stallEveryMs}), got ${conditions.stallMs}` };
  }
  return { conditions };
}

function applyChange(conditions: LinkConditions, change: string): string | undefined {
  const parts = /^(?:(up|down)\.)?(\w+)=(\S+)$/.exec(change);
  if (!parts) return `expected KEY=VALUE such as latencyMs=200 or up.lossRate=0.1, got "${change}"`;
  const [, side, key = "", value = ""] = parts;
  const directions =
    side === undefined ? [conditions.up, conditions.down] : [conditions[side === "up" ? "up" : "down"]];
  if (key === "overtaking") {
    if (value !== "true" && value !== "false") return `overtaking: expected true or false, got "${value}"`;
    for (const direction of directions) direction.overtaking = value === "true";
    return undefined;
  }
  if (isStallKey(key)) {
    if (side !== undefined) return `${key} befalls both directions: leave out "${side}."`;
    const number = readNumber(value, STALL_RANGES[key]);
    if (number === undefined) return rangeProblem(key, STALL_RANGES[key], value);
    conditions[key] = number;
    return undefined;
  }
  if (!isNumericCondition(key)) return `expected one of ${PARSED_KEYS}, got "${key}"`;
  const number = readNumber(value, DIRECTION_RANGES[key]);
  if (number === undefined) return rangeProblem(key, DIRECTION_RANGES[key], value);
  for (const direction of directions) direction[key] = number;
  return undefined;
}

function isStallKey(key: string): key is keyof typeof STALL_RANGES {
  return Object.hasOwn(STALL_RANGES, key);
}

function isNumericCondition(key: string): key is NumericCondition {
  return Object.hasOwn(DIRECTION_RANGES, key);
}

function readNumber(text: string, [least, most]: readonly [number, number]): number | undefined {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

function rangeProblem(key: string, [least, most]: readonly [number, number], value: string): string {
  return `${key}: expected a number from ${least} to ${most}, got "${value}"`;
}
