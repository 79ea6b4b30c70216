import { animationOf } from "../../../scripts/simulation/animation.ts";
import { SNAPSHOT_RATE_HZ, TICK_RATE_HZ } from "../../../scripts/simulation/constants.ts";
import { positionToWire, velocityToWire } from "../../../scripts/simulation/lattice.ts";
import type { Zone } from "../../../scripts/simulation/zone-file.ts";
import { LoopbackNetwork } from "../../../scripts/transport/loopback-network.ts";
import { ZoneServer } from "../../../server/zone/zone-server.ts";
import { type CommandTrace, createCommandTrace, noteCommand } from "./command-trace.ts";
import { createRandomSource } from "./random-source.ts";
import { TraceBot } from "./trace-bot.ts";

const ADDRESS = "127.0.0.1:7777";
const TICK_MS = 1000 / TICK_RATE_HZ;
const TICKS_PER_SNAPSHOT = TICK_RATE_HZ / SNAPSHOT_RATE_HZ;
/** Bots leave the spawns before the recording begins, seconds. */
const WARM_UP_SECONDS = 15;

/** What every entity was in every snapshot: value of entity e in snapshot s at index s * entities + e. */
export interface Trace {
  entities: number;
  snapshots: number;
  /** Server tick of each snapshot. */
  ticks: Int32Array;
  ids: Int32Array;
  /** 1/1024 m. */
  x: Int32Array;
  y: Int32Array;
  z: Int32Array;
  /** 1/256 m/s. */
  vx: Int32Array;
  vy: Int32Array;
  vz: Int32Array;
  yaw: Int32Array;
  animation: Int32Array;
  /** What the bots wanted, tick by tick. */
  commands: CommandTrace;
}

/** Runs the real zone server with bots over the network in memory, in virtual time, and writes down what became of them. */
export function recordTrace(zone: Zone, entities: number, seconds: number, seed: number): Trace {
  const random = createRandomSource(seed);
  let nowMs = 0;
  const network = new LoopbackNetwork({ nowMs: () => nowMs, latencyMs: 20 });
  const transport = network.createTransport();
  transport.listen(ADDRESS);
  const server = new ZoneServer({ transport, zone, nowMs: () => nowMs, random, maxPlayers: entities, log: () => {} });
  const bots = Array.from(
    { length: entities },
    (_, index) =>
      new TraceBot(network.createTransport(), ADDRESS, `Bot ${index}`, createRandomSource(seed * 1000 + index)),
  );
  const trace = createTrace(entities, seconds * SNAPSHOT_RATE_HZ);
  const warmUpTicks = WARM_UP_SECONDS * TICK_RATE_HZ;
  for (let snapshot = -warmUpTicks / TICKS_PER_SNAPSHOT; snapshot < trace.snapshots; snapshot++) {
    for (let tick = 0; tick < TICKS_PER_SNAPSHOT; tick++) {
      for (const bot of bots) bot.step();
      if (snapshot >= 0) noteCommands(trace.commands, snapshot * TICKS_PER_SNAPSHOT + tick, bots);
      nowMs += TICK_MS;
      server.advance();
    }
    if (snapshot >= 0) note(trace, snapshot, server);
  }
  server.stop();
  return trace;
}

function createTrace(entities: number, snapshots: number): Trace {
  const column = () => new Int32Array(entities * snapshots);
  return {
    entities,
    snapshots,
    ticks: new Int32Array(snapshots),
    ids: new Int32Array(entities),
    x: column(),
    y: column(),
    z: column(),
    vx: column(),
    vy: column(),
    vz: column(),
    yaw: column(),
    animation: column(),
    commands: createCommandTrace(entities, snapshots * TICKS_PER_SNAPSHOT),
  };
}

function noteCommands(commands: CommandTrace, tick: number, bots: readonly TraceBot[]): void {
  for (const [player, bot] of bots.entries()) noteCommand(commands, player, tick, bot.newest);
}

function note(trace: Trace, snapshot: number, server: ZoneServer): void {
  if (server.players.length !== trace.entities) {
    throw new Error(`${trace.entities} bots were expected in the zone, ${server.players.length} are`);
  }
  trace.ticks[snapshot] = server.serverTick;
  server.players.forEach(({ entityId, state }, entity) => {
    const at = snapshot * trace.entities + entity;
    trace.ids[entity] = entityId;
    trace.x[at] = positionToWire(state.x);
    trace.y[at] = positionToWire(state.y);
    trace.z[at] = positionToWire(state.z);
    trace.vx[at] = velocityToWire(state.vx);
    trace.vy[at] = velocityToWire(state.vy);
    trace.vz[at] = velocityToWire(state.vz);
    trace.yaw[at] = state.yaw;
    trace.animation[at] = animationOf(state);
  });
}
