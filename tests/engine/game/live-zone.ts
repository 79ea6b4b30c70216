import { readFileSync } from "node:fs";
import { EventKindNumber } from "../../../scripts/simulation/combat/combat-events.ts";
import { decodeZone, type Zone } from "../../../scripts/simulation/zone-file.ts";
import { createGnsTransport } from "../../../scripts/transport/gns-transport.ts";
import type { Transport } from "../../../scripts/transport/transport.ts";
import type { CombatLog } from "../../../server/zone/combat/combat-log.ts";
import { loadCombatData } from "../../../server/zone/combat/load-combat-data.ts";
import { RealTimeLoop } from "../../../server/zone/real-time-loop.ts";
import { type CombatOptions, ZoneServer } from "../../../server/zone/zone-server.ts";
import { Observer } from "./observer.ts";

const SHORE = "dist/zones/shore.zone";
const FRAME_MS = 16;

/** A real zone server on the baked shore, over real UDP on loopback, whose truth a test can look at. */
export class LiveZone implements AsyncDisposable {
  readonly server: ZoneServer;
  readonly zone: Zone;
  readonly address: string;
  readonly log: string[] = [];
  readonly #transport: Transport = createGnsTransport();
  readonly #loop: RealTimeLoop;
  readonly #observers: Observer[] = [];
  readonly #attacks = new AttackCount();

  /** `combat`: what is added to fighting by the project's data; without it there is none. */
  constructor(combat?: Omit<CombatOptions, "data">) {
    const decoded = decodeZone(readFileSync(SHORE));
    if (!decoded.ok) throw new Error(`${SHORE}: ${decoded.reason}`);
    this.zone = decoded.zone;
    this.address = this.#transport.listen("127.0.0.1:0");
    this.server = new ZoneServer({
      transport: this.#transport,
      zone: decoded.zone,
      nowMs: () => performance.now(),
      random: Math.random,
      maxPlayers: 8,
      log: (line) => this.log.push(line),
      ...(combat && { combat: { log: this.#attacks, ...combat, data: loadCombatData() } }),
    });
    this.#loop = new RealTimeLoop(this.server);
  }

  /** The server's truth about a player, once that player is there. */
  async player(name: string) {
    await this.until(`${name} has joined`, () => this.server.players.some((player) => player.name === name));
    const player = this.server.players.find((candidate) => candidate.name === name);
    if (player === undefined) throw new Error(`${name} left at once`);
    return player;
  }

  /** How often somebody was struck or missed so far: which of the two is up to chance. */
  attacksOn(entityId: number): number {
    return this.#attacks.byTarget.get(entityId) ?? 0;
  }

  /** A second client, without an engine, that stands there and looks. */
  observe(name: string): Observer {
    const observer = new Observer(this.address, name);
    this.#observers.push(observer);
    return observer;
  }

  /** Waits until something is so; fails with the server's log when it takes longer than `limitMs`. */
  async until(what: string, isSo: () => boolean, limitMs = 30_000): Promise<void> {
    const deadline = performance.now() + limitMs;
    while (!isSo()) {
      if (performance.now() > deadline) throw new Error(`waited in vain until ${what}:\n${this.log.join("\n")}`);
      await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const observer of this.#observers) observer.stop();
    this.#loop.stop();
    this.server.stop();
    this.#transport.dispose();
  }
}

class AttackCount implements CombatLog {
  readonly byTarget = new Map<number, number>();

  append(_zone: string, { count, kind, target }: Parameters<CombatLog["append"]>[1]): void {
    for (let at = 0; at < count; at++) {
      if (kind[at] !== EventKindNumber.damage && kind[at] !== EventKindNumber.miss) continue;
      const entityId = target[at] ?? 0;
      this.byTarget.set(entityId, (this.byTarget.get(entityId) ?? 0) + 1);
    }
  }
}
