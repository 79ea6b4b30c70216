import { GameClient } from "../../scripts/client/game-client.ts";
import { createInputSample, type InputSample } from "../../scripts/client/input-sample.ts";
import type { Capability } from "../../scripts/protocol/capability.ts";
import { decodeZone, encodeZone, type Zone } from "../../scripts/simulation/zone-file.ts";
import { LoopbackNetwork, type LoopbackOptions } from "../../scripts/transport/loopback-network.ts";
import type { Transport } from "../../scripts/transport/transport.ts";
import { ZoneServer } from "../../server/zone/zone-server.ts";
import { createSeededRandom } from "../fixtures/seeded-random.ts";
import { createTestZone } from "../fixtures/test-zone.ts";

export const SERVER_ADDRESS = "127.0.0.1:7777";
const ZONE_BYTES = encodeZone(createTestZone());

function decodeTestZone(): Zone {
  const decoded = decodeZone(ZONE_BYTES);
  if (!decoded.ok) throw new Error(decoded.reason);
  return decoded.zone;
}

export interface WorldOptions {
  serverCapabilities?: readonly Capability[];
  seed?: number;
  link?: Omit<LoopbackOptions, "nowMs" | "random">;
  maxPlayers?: number;
}

export interface PlayerOptions {
  fps?: number;
  /** What the client finds as its zone file. */
  zoneBytes?: () => Uint8Array | Promise<Uint8Array>;
  connect?: boolean;
  capabilities?: readonly Capability[];
}

/** A client with somebody at the keys. Its clock has nothing to do with the server's. */
export class VirtualPlayer {
  readonly input: InputSample = createInputSample();
  readonly log: string[] = [];
  readonly client: GameClient;
  /** Runs after each of its frames. */
  onFrame: () => void = () => {};
  nextFrameAtMs: number;
  frameMs: number;
  /** What its clock shows beyond the world's time; change it and the clock has been set. */
  clockOffsetMs: number;

  constructor(
    readonly name: string,
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
    this.client.update(nowMs + this.clockOffsetMs, this.input);
    this.onFrame();
    this.nextFrameAtMs += this.frameMs;
  }
}

/** A zone server, any number of clients and the network between them, in virtual time. Same seed, same run. */
export class VirtualWorld {
  nowMs = 0;
  readonly network: LoopbackNetwork;
  readonly players: VirtualPlayer[] = [];
  readonly serverLog: string[] = [];
  server: ZoneServer | undefined;
  #serverTransport: Transport | undefined;
  #nextServerAtMs = 0;
  readonly #random: () => number;
  readonly #maxPlayers: number;
  readonly #serverCapabilities: readonly Capability[] | undefined;

  constructor(options: WorldOptions = {}) {
    this.#random = createSeededRandom(options.seed ?? 1);
    this.#serverCapabilities = options.serverCapabilities;
    this.#maxPlayers = options.maxPlayers ?? 16;
    this.network = new LoopbackNetwork({ ...options.link, nowMs: () => this.nowMs, random: this.#random });
  }

  startServer(): ZoneServer {
    const transport = this.network.createTransport();
    transport.listen(SERVER_ADDRESS);
    this.#serverTransport = transport;
    this.#nextServerAtMs = this.nowMs;
    this.server = new ZoneServer({
      transport,
      zone: decodeTestZone(),
      nowMs: () => this.nowMs,
      random: this.#random,
      maxPlayers: this.#maxPlayers,
      ...(this.#serverCapabilities && { capabilities: this.#serverCapabilities }),
      log: (line: string) => this.serverLog.push(line),
    });
    return this.server;
  }

  /** `politely`: it says goodbye. Otherwise its machine is gone without a word. */
  stopServer(politely: boolean): void {
    if (politely) this.server?.stop();
    else if (this.#serverTransport !== undefined) this.network.unplug(this.#serverTransport);
    this.#serverTransport?.dispose();
    this.server = undefined;
    this.#serverTransport = undefined;
  }

  addPlayer(name: string, options: PlayerOptions = {}): VirtualPlayer {
    const makeClient = (log: (line: string) => void) =>
      new GameClient({
        transport: this.network.createTransport(),
        loadZone: options.zoneBytes ?? (() => ZONE_BYTES),
        random: this.#random,
        clientBuild: "scenario",
        ...(options.capabilities && { capabilities: options.capabilities }),
        log,
      });
    const player = new VirtualPlayer(name, makeClient, this.nowMs + this.#random() * 16, options);
    this.players.push(player);
    if (options.connect ?? true) player.client.connect({ address: SERVER_ADDRESS, name });
    return player;
  }

  /** Lets time pass. */
  runFor(ms: number): void {
    this.#runUntilTime(this.nowMs + ms, () => false);
  }

  /** Lets time pass until something is so; fails when it takes longer than `limitMs`. */
  runUntil(what: string, isSo: () => boolean, limitMs = 20_000): void {
    this.#runUntilTime(this.nowMs + limitMs, isSo);
    if (isSo()) return;
    const states = this.players.map(({ name, client }) => `${name}: ${JSON.stringify(client.connection.state)}`);
    throw new Error(`waited ${limitMs} ms in vain until ${what}; ${states.join("; ")}`);
  }

  /** The server's truth about a player's character. */
  truth(player: VirtualPlayer) {
    const state = this.server?.players.find(({ name }) => name === player.name)?.state;
    if (state === undefined) throw new Error(`the server knows no ${player.name}`);
    return state;
  }

  dispose(): void {
    for (const { client } of this.players) client.dispose();
    this.#serverTransport?.dispose();
  }

  #runUntilTime(endMs: number, isSo: () => boolean): void {
    while (!isSo()) {
      let nextMs = this.server === undefined ? endMs : this.#nextServerAtMs;
      for (const player of this.players) nextMs = Math.min(nextMs, player.nextFrameAtMs);
      if (nextMs >= endMs) {
        this.nowMs = endMs;
        return;
      }
      this.nowMs = Math.max(nextMs, this.nowMs);
      if (this.server !== undefined && this.#nextServerAtMs <= this.nowMs) {
        this.#nextServerAtMs = this.nowMs + Math.max(this.server.advance(), 0.01);
      }
      for (const player of this.players) if (player.nextFrameAtMs <= this.nowMs) player.runFrame(this.nowMs);
    }
  }
}
