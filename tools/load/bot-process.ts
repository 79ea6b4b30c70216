import { readFileSync } from "node:fs";
import { LogBuckets } from "../../scripts/protocol/metering/log-buckets.ts";
import type { CombatData } from "../../scripts/simulation/combat/data/combat-data.ts";
import { decodeZone, type Zone } from "../../scripts/simulation/zone-file.ts";
import { parseLinkProfile } from "../../scripts/transport/conditioner/link-profiles.ts";
import { createGnsTransport } from "../../scripts/transport/gns-transport.ts";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import type { Ground } from "../scenario/scenario-zone.ts";
import type { BotFigures, BotMessage, BotOrder, OrderMessage } from "./bot-messages.ts";
import { LoadBot } from "./load-bot.ts";
import { SharedTransport } from "./shared-transport.ts";
import { createSightFigures, SightWatch } from "./sight-watch.ts";

/** Microseconds by which frames begin late: 16 us to 4 s. */
export const LAG_BUCKETS = new LogBuckets(2 ** 4, 2 ** 22);

/** Bots of a process that are on their way into the world at once: a crowd at the door keeps nobody waiting for long. */
const MAX_JOINING = 8;
/** Bots of a process whose mail is read to see how often they are told of whom. */
const WATCHED_BOTS = 4;
const PROGRESS_MS = 500;
const LEAVE_MS = 200;
/** A bot at home stays this near to where it appeared, metres. */
const HOME_METERS = 40;
const CROWD_METERS = 25;

/** Runs bots for another process, which talks to this one over the channel that it was forked with. Ends with that channel. */
export function runBotProcess(): void {
  let crew: BotCrew | undefined;
  process.on("message", (message: OrderMessage) => {
    if (message.kind === "start") crew = new BotCrew(message.order);
    else if (message.kind === "report" && crew !== undefined) tell({ kind: "figures", figures: crew.figures() });
    else if (message.kind === "leave") leave(crew);
  });
  process.on("disconnect", () => leave(crew));
  // Ctrl-C reaches everybody in the terminal; the one who started this process says when it is to go.
  process.on("SIGINT", () => {});
}

function tell(message: BotMessage): void {
  if (process.connected) process.send?.(message);
}

function leave(crew: BotCrew | undefined): void {
  crew?.leave();
  // Hundreds of connections are not taken down one by one: the goodbyes have left, and nobody waits for the rest.
  setTimeout(() => process.kill(process.pid, "SIGKILL"), LEAVE_MS);
}

/** Many bots in one loop, each with frames of its own, spread evenly over the frame time. */
class BotCrew {
  readonly #order: BotOrder;
  readonly #network = new SharedTransport(createGnsTransport());
  /** In the order of their turns, which go round. */
  readonly #bots: LoadBot[] = [];
  readonly #nextFrameAtMs: number[] = [];
  readonly #startedAtMs = performance.now();
  readonly #frameMs: number;
  readonly #lag = new Float64Array(LAG_BUCKETS.count);
  readonly #watches: SightWatch[] = [];
  readonly #zone: Zone;
  readonly #link;
  readonly #combat: CombatData | undefined;
  #framesSkipped = 0;
  #nextProgressAtMs = 0;
  #left = false;
  /** Whose turn is next, and who is not in the world yet. */
  #next = 0;
  #joining: LoadBot[] = [];

  constructor(order: BotOrder) {
    this.#order = order;
    this.#frameMs = 1000 / order.fps;
    const decoded = decodeZone(readFileSync(order.zonePath));
    if (!decoded.ok) throw new Error(`${order.zonePath} is not a baked zone: ${decoded.reason}`);
    this.#zone = decoded.zone;
    const link = order.link === undefined ? undefined : parseLinkProfile(order.link);
    this.#link = link !== undefined && "conditions" in link ? link.conditions : undefined;
    this.#combat = order.fight ? loadCombatData() : undefined;
    this.#turn();
  }

  leave(): void {
    if (this.#left) return;
    this.#left = true;
    for (const { client } of this.#bots) client.disconnect();
    this.#network.flush();
  }

  figures(): BotFigures {
    const figures: BotFigures = {
      playing: this.#playing(),
      readers: this.#order.thin ? this.#watches.length : this.#bots.length,
      frameLag: [...this.#lag],
      framesSkipped: this.#framesSkipped,
      snapshots: [],
      packetsIn: 0,
      packetsOut: 0,
      bytesIn: 0,
      bytesOut: 0,
      commands: 0,
      corrections: 0,
      refusedDifferences: 0,
      unusable: 0,
      connectionsLost: 0,
      sight: this.#sight(),
      kills: 0,
      deaths: 0,
      abilitiesUsed: 0,
    };
    for (const { client, count } of this.#bots) {
      const { telemetry } = client;
      figures.kills += count.kills;
      figures.deaths += count.deaths;
      figures.abilitiesUsed += count.abilitiesUsed;
      figures.snapshots.push(telemetry.snapshotsReceived);
      figures.packetsIn += telemetry.packetsIn;
      figures.packetsOut += telemetry.packetsOut;
      figures.bytesIn += telemetry.bytesIn;
      figures.bytesOut += telemetry.bytesOut;
      figures.commands += telemetry.ticks;
      figures.corrections += telemetry.corrections;
      figures.refusedDifferences += telemetry.refusedDifferences;
      figures.unusable += telemetry.malformed + telemetry.wrongEpoch + telemetry.unexpected;
      figures.connectionsLost += telemetry.connectionsLost;
    }
    return figures;
  }

  readonly #turn = (): void => {
    if (this.#left) return;
    this.#network.poll();
    if (this.#joining.length > 0) this.#joining = this.#joining.filter(({ plays }) => !plays);
    if (this.#joining.length < MAX_JOINING) this.#join();
    this.#runDueFrames();
    this.#network.flush();
    const nowMs = performance.now();
    if (nowMs >= this.#nextProgressAtMs) {
      this.#nextProgressAtMs = nowMs + PROGRESS_MS;
      tell({ kind: "progress", playing: this.#playing(), problem: this.#problem() });
    }
    setTimeout(this.#turn, 1);
  };

  /** Each at most once, so that the network is asked in between. */
  #runDueFrames(): void {
    for (let left = this.#bots.length; left > 0; left -= 1) {
      const nowMs = performance.now();
      const lateMs = nowMs - (this.#nextFrameAtMs[this.#next] ?? 0);
      if (lateMs < 0) return;
      this.#runFrame(this.#next, nowMs, lateMs);
      this.#next = (this.#next + 1) % this.#bots.length;
    }
  }

  #runFrame(index: number, nowMs: number, lateMs: number): void {
    const bucket = LAG_BUCKETS.indexOf(lateMs * 1000);
    this.#lag[bucket] = (this.#lag[bucket] ?? 0) + 1;
    this.#bots[index]?.frame(nowMs, this.#frameMs);
    // Who is late by whole frames leaves them out, as a screen does.
    const skipped = Math.floor(lateMs / this.#frameMs);
    this.#framesSkipped += skipped;
    this.#nextFrameAtMs[index] = nowMs - lateMs + (1 + skipped) * this.#frameMs;
  }

  #join(): void {
    const { first, count, seed, address, protocol, thin, quarry } = this.#order;
    const index = this.#bots.length;
    if (index >= count) return;
    const number = first + index;
    let watch: SightWatch | undefined;
    if (this.#watches.length < WATCHED_BOTS) {
      watch = new SightWatch(this.#zone);
      this.#watches.push(watch);
    }
    const bot = new LoadBot({
      name: `Bot ${number}`,
      seed: (Math.imul(seed, 0x9e3779b1) + number) >>> 0,
      address,
      protocol,
      thin,
      transport: this.#network.share(),
      link: this.#link,
      groundAround: (x, z) => this.#groundAround(x, z),
      zone: this.#zone,
      watch,
      combat: this.#combat,
      ...(quarry !== undefined && { quarry }),
    });
    this.#bots.push(bot);
    this.#joining.push(bot);
    const phaseMs = (index / count) * this.#frameMs;
    const frames = Math.ceil((performance.now() - this.#startedAtMs - phaseMs) / this.#frameMs);
    this.#nextFrameAtMs.push(this.#startedAtMs + phaseMs + frames * this.#frameMs);
  }

  #groundAround(x: number, z: number): Ground {
    if (!this.#order.crowd) return { x, z, radiusMeters: HOME_METERS };
    const { spawns } = this.#zone;
    const centerX = spawns.reduce((sum, spawn) => sum + spawn.x, 0) / spawns.length;
    const centerZ = spawns.reduce((sum, spawn) => sum + spawn.z, 0) / spawns.length;
    return { x: centerX, z: centerZ, radiusMeters: CROWD_METERS };
  }

  #playing(): number {
    return this.#bots.reduce((count, bot) => count + (bot.plays ? 1 : 0), 0);
  }

  #problem(): string | undefined {
    for (const bot of this.#bots) {
      const { failure } = bot;
      if (failure !== undefined) return `${bot.name}: ${failure}`;
    }
    return undefined;
  }

  #sight() {
    const sum = createSightFigures();
    for (const { figures } of this.#watches) {
      for (const key of ["nearestHz", "othersHz"] as const) {
        for (const [hz, count] of figures[key].entries()) sum[key][hz] = (sum[key][hz] ?? 0) + count;
      }
      sum.inSight += figures.inSight;
      sum.seconds += figures.seconds;
      sum.unread += figures.unread;
    }
    return sum;
  }
}
