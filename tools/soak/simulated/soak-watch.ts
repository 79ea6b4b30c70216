import type { VirtualWorld } from "../../scenario/virtual-world.ts";
import type { SoakPlayer } from "./soak-player.ts";

/** Who wants to be in the world and has no excuse is in it after so long: a server holds the place of a lost connection for 10 s, a client waits up to 12 s from one attempt to the next. */
const LOST_MS = 45_000;
/** The server finds out after 10 s that a player is gone without a word. */
const LINGER_MS = 12_000;
/** What a view shows may be so old: the longest way, a lost keyframe asked for again, interpolation, fading out. */
const VIEW_LAG_MS = 6_000;
/** Names come once and reliably: on a link that loses packets in bursts one is sent again a dozen times, up to a second apart. */
const NAME_LAG_MS = 30_000;
/** Corrections up to so long after a trouble come from it. */
export const AFTERMATH_MS = 4_000;
/** What the wire rounds a position to is 1/1024 m. */
const MAX_CORRECTION_MM = 1;
/** More players than ever are here at once. */
const MOST_PLAYERS = 16;
const MOST_WAITING_COMMANDS = 128;
const MOST_PROBLEMS = 20;

/** Looks once per second at what must never be otherwise while a world is played in. */
export class SoakWatch {
  readonly problems: string[] = [];
  corrections = 0;
  excusedCorrections = 0;
  maxCorrectionMm = 0;
  connectionsLost = 0;
  /** Views compared with the server's truth. */
  comparedViews = 0;
  readonly #world: VirtualWorld;
  readonly #reported = new Set<string>();
  /** When the server was first seen to have an entity, and last. */
  readonly #presence = new Map<number, { fromMs: number; toMs: number }>();
  /** Until when a name may still be on the server though nobody plays under it. */
  readonly #leaving = new Map<string, number>();
  readonly #counted = new WeakMap<SoakPlayer, { corrections: number; connectionsLost: number }>();
  #serverSinceMs = 0;

  constructor(world: VirtualWorld) {
    this.#world = world;
  }

  /** What is wrong, with the time at which it was first. */
  report(problem: string): void {
    if (this.problems.length >= MOST_PROBLEMS || this.#reported.has(problem)) return;
    this.#reported.add(problem);
    this.problems.push(`at ${(this.#world.nowMs / 1000).toFixed(1)} s: ${problem}`);
  }

  serverStarted(): void {
    this.#serverSinceMs = this.#world.nowMs;
    this.#presence.clear();
    this.#leaving.clear();
  }

  left({ name }: SoakPlayer): void {
    this.#leaving.set(name, this.#world.nowMs + LINGER_MS);
  }

  check(players: readonly SoakPlayer[]): void {
    this.#checkServer(players);
    for (const player of players) {
      this.#followConnection(player);
      this.#countCorrections(player);
      if (this.#hasGoodView(player)) this.#checkView(player);
    }
  }

  #checkServer(players: readonly SoakPlayer[]): void {
    const { server, nowMs } = this.#world;
    if (server === undefined) return;
    const { counters } = server;
    const names = new Set<string>();
    for (const { name, entityId, commands } of server.players) {
      const seen = this.#presence.get(entityId);
      if (seen === undefined) this.#presence.set(entityId, { fromMs: nowMs, toMs: nowMs });
      else seen.toMs = nowMs;
      if (names.has(name)) this.report(`${name} is on the server twice`);
      names.add(name);
      const wanted = players.some((player) => player.name === name && player.online);
      if (!wanted && nowMs > (this.#leaving.get(name) ?? 0)) this.report(`${name} left and is still on the server`);
      if (commands.length > MOST_WAITING_COMMANDS) this.report(`${commands.length} commands of ${name} wait`);
    }
    if (counters.players !== server.players.length) {
      this.report(`the server counts ${counters.players} players and has ${server.players.length}`);
    }
    if (counters.connections > MOST_PLAYERS) this.report(`the server has ${counters.connections} connections`);
    for (const [entityId, { toMs }] of this.#presence) {
      if (nowMs - toMs > 10 * VIEW_LAG_MS) this.#presence.delete(entityId);
    }
  }

  #followConnection(player: SoakPlayer): void {
    const { nowMs } = this.#world;
    const { state } = player.player.client.connection;
    if (player.playing) {
      if (player.playingSinceMs === Number.POSITIVE_INFINITY) player.playingSinceMs = nowMs;
      player.missingSinceMs = Number.POSITIVE_INFINITY;
      return;
    }
    player.playingSinceMs = Number.POSITIVE_INFINITY;
    player.missingSinceMs = Math.min(player.missingSinceMs, nowMs);
    if (!player.online) return;
    if (state.kind === "rejected") {
      this.report(`${player.name} was refused: ${state.reasonCode}: ${state.detail}`);
      // Said once; it calls again as a person would.
      player.player.client.connect({ address: "127.0.0.1:7777", name: player.name });
    }
    const excusedUntilMs = Math.max(player.missingSinceMs, player.troubledUntilMs, this.#serverSinceMs);
    if (this.#world.server !== undefined && nowMs - excusedUntilMs > LOST_MS) {
      this.report(`${player.name} has been out of the world for ${LOST_MS / 1000} s: ${JSON.stringify(state)}`);
      player.trouble(nowMs);
    }
  }

  #countCorrections(player: SoakPlayer): void {
    const { telemetry } = player.player.client;
    const before = this.#counted.get(player) ?? { corrections: 0, connectionsLost: 0 };
    const { corrections, connectionsLost } = telemetry;
    this.#counted.set(player, { corrections, connectionsLost });
    this.connectionsLost += connectionsLost - before.connectionsLost;
    const made = corrections - before.corrections;
    if (made === 0) return;
    const maxMm = telemetry.maxCorrectionMm;
    telemetry.maxCorrectionMm = 0;
    if (this.#world.nowMs < player.troubledUntilMs + AFTERMATH_MS || this.#hasJustCome(player)) {
      this.excusedCorrections += made;
      return;
    }
    this.corrections += made;
    this.maxCorrectionMm = Math.max(this.maxCorrectionMm, maxMm);
    if (maxMm > MAX_CORRECTION_MM) this.report(`${player.name} was corrected by ${maxMm.toFixed(1)} mm on open ground`);
  }

  #hasJustCome({ playingSinceMs }: SoakPlayer): boolean {
    return this.#world.nowMs - playingSinceMs < AFTERMATH_MS;
  }

  #hasGoodView(player: SoakPlayer): boolean {
    const { nowMs, server } = this.#world;
    const sinceMs = Math.max(player.playingSinceMs, player.troubledUntilMs, this.#serverSinceMs);
    if (server === undefined || nowMs - sinceMs < VIEW_LAG_MS) return false;
    return server.players.some(({ entityId }) => entityId === player.player.client.own.entityId);
  }

  /** Whoever is on the server is seen, and whoever is seen is on the server: nobody is lost, and no ghost remains. */
  #checkView(player: SoakPlayer): void {
    const { nowMs, server } = this.#world;
    const { own, remotes } = player.player.client;
    this.comparedViews += 1;
    for (let i = 0; i < remotes.count; i += 1) {
      const entityId = remotes.entityId[i] ?? 0;
      const goneMs = nowMs - (this.#presence.get(entityId)?.toMs ?? Number.NEGATIVE_INFINITY);
      if (goneMs > VIEW_LAG_MS) this.report(`${player.name} sees ${remotes.name(i) || entityId}, who is gone`);
    }
    for (const { entityId, name } of server?.players ?? []) {
      if (entityId === own.entityId) continue;
      const hereMs = nowMs - (this.#presence.get(entityId)?.fromMs ?? nowMs);
      if (hereMs < VIEW_LAG_MS) continue;
      const index = remotes.indexOf(entityId);
      if (index < 0) this.report(`${player.name} does not see ${name}`);
      else if (remotes.name(index) !== name && hereMs > NAME_LAG_MS)
        this.report(`${player.name} sees "${remotes.name(index)}" for ${name}`);
    }
  }
}
