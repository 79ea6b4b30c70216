import type { LoadProtocol } from "./load-options.ts";
import type { SightFigures } from "./sight-watch.ts";

// What the process that runs the bots and the one that started it say to each other.

/** What a process of bots is to do. */
export interface BotOrder {
  address: string;
  /** Numbers of its bots, the first one and how many; a bot's number makes its name and its ways. */
  first: number;
  count: number;
  seed: number;
  fps: number;
  thin: boolean;
  crowd: boolean;
  fight: boolean;
  /** Name of a player whom those who fight fight before all others. */
  quarry?: string;
  protocol: LoadProtocol;
  link: string | undefined;
  zonePath: string;
}

export type OrderMessage = { kind: "start"; order: BotOrder } | { kind: "report" } | { kind: "leave" };

export type BotMessage =
  /** Every half second: bots in the world. */
  { kind: "progress"; playing: number; problem: string | undefined } | { kind: "figures"; figures: BotFigures };

/** Counted since the process started. */
export interface BotFigures {
  playing: number;
  /** Bots whose mail is read in full, what it says of the others as well. */
  readers: number;
  /** Frames of all bots by how late they began: buckets of `LAG_BUCKETS`. */
  frameLag: number[];
  framesSkipped: number;
  /** Per bot. */
  snapshots: number[];
  packetsIn: number;
  packetsOut: number;
  bytesIn: number;
  bytesOut: number;
  /** Commands that were made. */
  commands: number;
  corrections: number;
  refusedDifferences: number;
  /** Packets that were malformed, of another session, or unexpected. */
  unusable: number;
  connectionsLost: number;
  sight: SightFigures;
  kills: number;
  deaths: number;
  abilitiesUsed: number;
}
