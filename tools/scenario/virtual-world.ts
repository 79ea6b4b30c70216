import { GameClient, type GameClientOptions } from "../../scripts/client/game-client.ts";
import type { Capability } from "../../scripts/protocol/capability.ts";
import { decodeZone } from "../../scripts/simulation/zone-file.ts";
import { ConditionedTransport } from "../../scripts/transport/conditioner/conditioned-transport.ts";
import { createLinkConditions, type LinkConditions } from "../../scripts/transport/conditioner/link-conditions.ts";
import { createSeededRandom } from "../../scripts/transport/conditioner/seeded-random.ts";
import { LoopbackNetwork } from "../../scripts/transport/loopback-network.ts";
import type { Transport } from "../../scripts/transport/transport.ts";
import { ZoneServer, type ZoneServerOptions } from "../../server/zone/zone-server.ts";
import { type PlayerOptions, VirtualPlayer } from "./virtual-player.ts";

export const SERVER_ADDRESS = "127.0.0.1:7777";

export interface WorldOptions {
  zoneBytes: Uint8Array;
  serverCapabilities?: readonly Capability[];
  /** What else the server is made with. */
  server?: Partial<Pick<ZoneServerOptions, "features" | "protocolMinor" | "meter" | "combat">>;
  seed?: number;
  /** Link of every player who has none of their own; a perfect one, when absent. */
  link?: LinkConditions;
  maxPlayers?: number;
  /** How long the wire lets an attempt to connect go without an answer. */
  connectTimeoutMs?: number;
}

/**
 * A zone server, any number of clients and their links, in virtual time. Same seed, same run. The server ticks and each client
 * draws its frames at moments of their own; links are exact to the fraction of a millisecond.
 */
export class VirtualWorld {
  nowMs = 0;
  readonly network: LoopbackNetwork;
  readonly players: VirtualPlayer[] = [];
  readonly serverLog: string[] = [];
  server: ZoneServer | undefined;
  /** Runs after each turn of the server. */
  onServerTurn: () => void = () => {};
  #link: LinkConditions;
  #serverTransport: Transport | undefined;
  #nextServerAtMs = 0;
  readonly #options: WorldOptions;
  readonly #random: () => number;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.#link = options.link ?? createLinkConditions();
    this.#random = createSeededRandom(options.seed ?? 1);
    const { connectTimeoutMs } = options;
    this.network = new LoopbackNetwork({
      nowMs: () => this.nowMs,
      latencyMs: 0,
      ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
    });
  }

  startServer(): ZoneServer {
    const decoded = decodeZone(this.#options.zoneBytes);
    if (!decoded.ok) throw new Error(decoded.reason);
    const transport = this.network.createTransport();
    transport.listen(SERVER_ADDRESS);
    this.#serverTransport = transport;
    this.#nextServerAtMs = this.nowMs;
    const { serverCapabilities } = this.#options;
    this.server = new ZoneServer({
      transport,
      zone: decoded.zone,
      nowMs: () => this.nowMs,
      random: this.#random,
      maxPlayers: this.#options.maxPlayers ?? 16,
      ...this.#options.server,
      ...(serverCapabilities && { capabilities: serverCapabilities }),
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
    const transport = new ConditionedTransport({
      inner: options.tamper?.(this.network.createTransport()) ?? this.network.createTransport(),
      nowMs: () => this.nowMs,
      seed: Math.floor(this.#random() * 2 ** 32),
      conditions: options.link ?? this.#link,
    });
    const make = options.makeClient ?? ((clientOptions: GameClientOptions) => new GameClient(clientOptions));
    const makeClient = (log: (line: string) => void) =>
      make({
        transport,
        loadZone: options.zoneBytes ?? (() => this.#options.zoneBytes),
        random: this.#random,
        clientBuild: "scenario",
        ...(options.capabilities && { capabilities: options.capabilities }),
        ...options.client,
        log,
      });
    const player = new VirtualPlayer(name, transport, makeClient, this.nowMs + this.#random() * 16, options);
    this.players.push(player);
    if (options.connect ?? true) player.client.connect({ address: SERVER_ADDRESS, name });
    return player;
  }

  /** Puts everybody on another link, also those who come later. */
  setLink(link: LinkConditions): void {
    this.#link = link;
    for (const player of this.players) player.link.setConditions(link);
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

  /** The server's truth about all who can fight. */
  get fighters() {
    const combat = this.server?.combat;
    if (combat === undefined) throw new Error("expected a server with combat");
    return combat.world.state.fighters;
  }

  /** A player's place among the fighters. */
  placeOf(player: VirtualPlayer): number {
    return this.fighters.placeOf(player.client.own.entityId);
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
      if (this.server !== undefined && this.#nextServerAtMs <= this.nowMs) this.#runServer(this.server);
      for (const player of this.players) if (player.nextFrameAtMs <= this.nowMs) player.runFrame(this.nowMs);
    }
  }

  /** What has arrived by now is there when the server looks, and what it sends is on its way from now on. */
  #runServer(server: ZoneServer): void {
    for (const player of this.players) player.link.pump();
    this.#nextServerAtMs = this.nowMs + Math.max(server.advance(), 0.01);
    for (const player of this.players) player.link.pump();
    this.onServerTurn();
  }
}
