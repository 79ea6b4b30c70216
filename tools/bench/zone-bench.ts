import { GameClient } from "../../scripts/client/game-client.ts";
import { createInputSample } from "../../scripts/client/input-sample.ts";
import { TICK_RATE_HZ } from "../../scripts/simulation/constants.ts";
import type { Zone } from "../../scripts/simulation/zone-file.ts";
import { createSeededRandom } from "../../scripts/transport/conditioner/seeded-random.ts";
import { LoopbackNetwork } from "../../scripts/transport/loopback-network.ts";
import { ZoneServer } from "../../server/zone/zone-server.ts";
import { ScenarioBot } from "../scenario/scenario-bot.ts";

const ADDRESS = "127.0.0.1:7777";
const PLAYERS = 1000;
const CLIENT_FPS = 30;
const TICK_MS = 1000 / TICK_RATE_HZ;
/** A few come in each tick, as through a real door. */
const JOINING_PER_TICK = 8;
const WARM_TICKS = 5 * TICK_RATE_HZ;
const MEASURED_TICKS = 5 * TICK_RATE_HZ;
/** A bot at home stays this near to where it appeared, metres. */
const HOME_METERS = 40;
/** One way. A tick is looked at by the network twice, so this is what a good line in a real house has. */
const LATENCY_MS = 12;
const NO_BYTES = new Uint8Array(0);

/**
 * What a tick of a zone with a thousand players costs the processor of its JavaScript thread, without a real network: unmodified clients that
 * draw nobody, all over the zone, in memory and virtual time. How many are told of is not bounded by time, so the work is the same in each run.
 * Returns the JSON line.
 */
export function runZoneBench(zone: Zone): string {
  const crowd = new Crowd(zone);
  for (let tick = 0; crowd.joined < PLAYERS || tick < WARM_TICKS + PLAYERS / JOINING_PER_TICK; tick += 1)
    crowd.runTick();
  const before = { ...crowd.server.counters };
  const tickUs = Float64Array.from({ length: MEASURED_TICKS }, () => crowd.runTick()).sort();
  const after = crowd.server.counters;
  const mean = tickUs.reduce((sum, us) => sum + us, 0) / MEASURED_TICKS;
  const at = (share: number) => tickUs[Math.floor(share * MEASURED_TICKS)] ?? Number.NaN;
  const digits = (value: number, count: number) => Number(value.toFixed(count));
  const bytes = (after.bytesOut - before.bytesOut) / (MEASURED_TICKS / TICK_RATE_HZ) / PLAYERS;
  return JSON.stringify({
    bench: "zone",
    players: crowd.playing,
    ticks: MEASURED_TICKS,
    tickMeanMs: digits(mean / 1000, 3),
    tickP50Ms: digits(at(0.5) / 1000, 3),
    tickP99Ms: digits(at(0.99) / 1000, 3),
    inSight: digits(crowd.inSight(), 1),
    bytesPerClientPerSecond: digits(bytes, 0),
    commandsPerTick: digits((after.commandsExecuted - before.commandsExecuted) / MEASURED_TICKS, 1),
    malformed: after.malformed,
  });
}

class Crowd {
  readonly server: ZoneServer;
  joined = 0;
  #nowMs = 0;
  readonly #random = createSeededRandom(1);
  readonly #network: LoopbackNetwork;
  readonly #zone: Zone;
  readonly #bots: Bot[] = [];
  #tick = 0;

  constructor(zone: Zone) {
    this.#zone = zone;
    this.#network = new LoopbackNetwork({ nowMs: () => this.#nowMs, latencyMs: LATENCY_MS, connectTimeoutMs: 60_000 });
    const transport = this.#network.createTransport();
    transport.listen(ADDRESS);
    this.server = new ZoneServer({
      transport,
      zone,
      nowMs: () => this.#nowMs,
      random: this.#random,
      maxPlayers: PLAYERS,
      spawn: "anywhere",
      log: () => {},
    });
  }

  get playing(): number {
    return this.#bots.reduce((count, { client }) => count + (client.own.present ? 1 : 0), 0);
  }

  /** Others that a player sees, on average. */
  inSight(): number {
    return (
      this.server.players.reduce((sum, { sight }) => sum + sight.count, 0) / Math.max(1, this.server.players.length)
    );
  }

  /** Returns the processor time of the server's tick, microseconds. */
  runTick(): number {
    const used = process.threadCpuUsage();
    this.server.advance();
    const { user, system } = process.threadCpuUsage(used);
    this.#tick += 1;
    const untilMs = this.#tick * TICK_MS;
    for (let i = 0; i < JOINING_PER_TICK && this.#bots.length < PLAYERS; i += 1) this.#join();
    for (const bot of this.#bots) {
      if (bot.nextFrameAtMs >= untilMs) continue;
      this.#nowMs = Math.max(this.#nowMs, bot.nextFrameAtMs);
      bot.frame();
    }
    this.joined = this.#bots.length;
    this.#nowMs = untilMs;
    return user + system;
  }

  #join(): void {
    const bot = new Bot(this.#network, this.#zone, this.#bots.length + 1);
    bot.nextFrameAtMs = this.#nowMs + this.#random() * TICK_MS;
    this.#bots.push(bot);
    this.#bots.sort((a, b) => (a.nextFrameAtMs % (2 * TICK_MS)) - (b.nextFrameAtMs % (2 * TICK_MS)));
  }
}

class Bot {
  readonly client: GameClient;
  nextFrameAtMs = 0;
  readonly #input = createInputSample();
  readonly #random: () => number;
  #driver: ScenarioBot | undefined;

  constructor(network: LoopbackNetwork, zone: Zone, number: number) {
    this.#random = createSeededRandom(number);
    this.client = new GameClient({
      transport: network.createTransport(),
      loadZone: () => NO_BYTES,
      decodeZone: () => ({ ok: true, zone }),
      random: this.#random,
      clientBuild: "bench",
      platform: "headless",
      followsOthers: false,
    });
    this.#input.yawRadians = this.#random() * 2 * Math.PI;
    this.client.connect({ address: ADDRESS, name: `Bot ${number}` });
  }

  frame(): void {
    const { own } = this.client;
    if (own.present) {
      this.#driver ??= new ScenarioBot(this.#random, { x: own.x, z: own.z, radiusMeters: HOME_METERS });
      this.#driver.drive(this.#input, own, this.nextFrameAtMs, 1000 / CLIENT_FPS);
    }
    this.client.update(this.nextFrameAtMs, this.#input);
    this.nextFrameAtMs += 1000 / CLIENT_FPS;
  }
}
