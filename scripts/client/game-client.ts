import type { Transport } from "../transport/transport.ts";
import type { ConnectionView } from "./connection-view.ts";
import type { InputSample } from "./input-sample.ts";
import type { OwnView } from "./own-view.ts";
import type { RemoteEntities } from "./remote-entities.ts";
import type { Telemetry } from "./telemetry.ts";

export interface GameClientOptions {
  /** Used by this client alone, and disposed of with it. */
  transport: Transport;
  /** Reads the baked zone file of a name that a server sent. What it throws is shown as the reason. */
  loadZone: (zone: string) => Uint8Array | Promise<Uint8Array>;
  /** Uniform in [0, 1), for the jitter of reconnects. */
  random: () => number;
  /** For people who read server logs, such as "darkages/0.1.0 linux"; at most 64 characters. */
  clientBuild: string;
  log?: (line: string) => void;
}

/**
 * One player's connection to a world, without an engine: session, prediction, the others, counters. Call `update` once per
 * rendered frame at any rate, then draw what `own` and `remotes` say. Nothing here throws because of what a server sends.
 */
export declare class GameClient {
  constructor(options: GameClientOptions);
  readonly connection: ConnectionView;
  readonly own: OwnView;
  readonly remotes: RemoteEntities;
  readonly telemetry: Telemetry;
  /** Calls a server, leaving another one first, and keeps trying until it is refused for good or told to `disconnect`. */
  connect(target: { address: string; name: string }): void;
  /** Says goodbye and ends in `left`. Does nothing when there is nothing to leave. */
  disconnect(): void;
  /** One frame. `nowMs` is any steady clock in milliseconds; steps back and long gaps are survived. */
  update(nowMs: number, input: InputSample): void;
  /** Leaves, then frees the transport. Safe to call twice. */
  dispose(): void;
}
