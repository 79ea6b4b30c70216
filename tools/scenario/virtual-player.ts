import type { GameClient, GameClientOptions } from "../../scripts/client/game-client.ts";
import { createInputSample, type InputSample } from "../../scripts/client/input-sample.ts";
import type { Capability } from "../../scripts/protocol/capability.ts";
import type { ConditionedTransport } from "../../scripts/transport/conditioner/conditioned-transport.ts";
import type { LinkConditions } from "../../scripts/transport/conditioner/link-conditions.ts";
import type { Transport } from "../../scripts/transport/transport.ts";

export interface PlayerOptions {
  fps?: number;
  /** What the client finds as its zone file. */
  zoneBytes?: () => Uint8Array | Promise<Uint8Array>;
  connect?: boolean;
  capabilities?: readonly Capability[];
  /** What else the client is made with. */
  client?: Partial<Pick<GameClientOptions, "followsOthers" | "protocolMinor" | "platform" | "messageLog" | "combat">>;
  /** Makes the client, such as one that is recorded; without it, a plain one. */
  makeClient?: (options: GameClientOptions) => GameClient;
  /** Puts something between the client and the wire, such as a fault. */
  tamper?: (wire: Transport) => Transport;
  /** Where the world's link is not this player's. */
  link?: LinkConditions;
}

/** A client with somebody at the keys. Its clock has nothing to do with the server's. */
export class VirtualPlayer {
  readonly input: InputSample = createInputSample();
  readonly log: string[] = [];
  readonly client: GameClient;
  /** Runs before and after each of its frames. */
  beforeFrame: () => void = () => {};
  onFrame: () => void = () => {};
  nextFrameAtMs: number;
  frameMs: number;
  /** What its clock shows beyond the world's time; change it and the clock has been set. */
  clockOffsetMs: number;

  constructor(
    readonly name: string,
    readonly link: ConditionedTransport,
    client: (log: (line: string) => void) => GameClient,
    startMs: number,
    options: PlayerOptions,
  ) {
    this.client = client((line) => this.log.push(line));
    this.frameMs = 1000 / (options.fps ?? 60);
    this.nextFrameAtMs = startMs;
    this.clockOffsetMs = 1e6 + startMs * 3;
  }

  runFrame(nowMs: number): void {
    this.beforeFrame();
    this.client.update(nowMs + this.clockOffsetMs, this.input);
    this.onFrame();
    this.nextFrameAtMs += this.frameMs;
  }
}
