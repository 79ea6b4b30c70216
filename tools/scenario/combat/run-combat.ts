import { FightPilot } from "../../../scripts/client/combat/fight-pilot.ts";
import type { Camp } from "../../../scripts/simulation/camp.ts";
import type { CombatState } from "../../../scripts/simulation/combat/combat-state.ts";
import type { CombatData } from "../../../scripts/simulation/combat/data/combat-data.ts";
import { decodeZone, encodeZone } from "../../../scripts/simulation/zone-file.ts";
import { createLinkConditions } from "../../../scripts/transport/conditioner/link-conditions.ts";
import { compareFights } from "../../combat/compared-fight.ts";
import { createScenarioZone, OPEN_GROUND } from "../scenario-zone.ts";
import type { VirtualPlayer } from "../virtual-player.ts";
import { VirtualWorld } from "../virtual-world.ts";
import { CooldownWatch } from "./cooldown-watch.ts";
import { FightMemory } from "./fight-memory.ts";
import { type ClientHealthWatch, HealthWatch } from "./health-watch.ts";
import { measureLockRange } from "./lock-trial.ts";
import { provokeRefusals } from "./refusal-trial.ts";
import { TwinFight } from "./twin-fight.ts";

/** 50 ms there and back, with what a good link has of jitter and loss. */
const LINK = createLinkConditions({ latencyMs: 25, jitterMs: 3, lossRate: 0.005 });
const FORGET_MS = 10_000;
const NOTICE_METERS = 50;
const TICKS_PER_SECOND = 60;

export interface CombatScenarioOptions {
  readonly seconds: number;
  readonly seed: number;
  /** Clients of the game that fight each other and creatures over the network. */
  readonly players: number;
  /** Fighters of the rules alone, half of them creatures, whose fight is run twice. */
  readonly fighters: number;
  /** Changes a recording's state before it is compared, so that a test sees that it is noticed: of the players' fight, or of the one of many. */
  readonly spoil?: (which: "players" | "many", replay: CombatState, tick: number) => void;
}

export interface CombatReport {
  healthLatencyP99Ms: number;
  /** The worst of all. */
  cooldownErrorMs: number;
  lockRangeMeters: number;
  /** Reasons that were provoked by real packets and answered with themselves, and nothing else. */
  refusedWithReason: number;
  /** Ticks in which a server's state and that of its replay were not the same: of the fight over the network, and of the one of many. */
  desyncs: number;
}

/** What was measured, for a line to people. */
export interface CombatScenario {
  readonly report: CombatReport;
  readonly healthChanges: number;
  readonly cooldowns: number;
  readonly ticksCompared: number;
  readonly deaths: number;
  /** Of the fight of many. */
  readonly memory: FightMemory;
}

export function runCombatScenario(data: CombatData, options: CombatScenarioOptions): CombatScenario {
  const fought = fightOverNetwork(data, options);
  const ticks = options.seconds * TICKS_PER_SECOND;
  const memory = new FightMemory(ticks);
  const many = compareFights(data, options.fighters, ticks, options.seed, {
    spoil: (replay, tick) => options.spoil?.("many", replay, tick),
    afterTick: (tick) => memory.look(tick),
  });
  const trials = provokeRefusals(data);
  const answered = trials.filter(({ reason, answers }) => answers.length === 1 && answers[0] === reason);
  return {
    report: {
      healthLatencyP99Ms: Number(fought.health.latencyMs.percentile(0.99).toFixed(1)),
      cooldownErrorMs: Number(Math.max(...fought.cooldowns.map(({ worstMs }) => worstMs)).toFixed(1)),
      lockRangeMeters: measureLockRange(data),
      refusedWithReason: answered.length,
      desyncs: fought.twin.desyncs + many.desyncs,
    },
    healthChanges: fought.health.latencyMs.count,
    cooldowns: fought.cooldowns.reduce((sum, { ended }) => sum + ended, 0),
    ticksCompared: fought.twin.ticks + many.ticks,
    deaths: many.deaths,
    memory,
  };
}

function fightOverNetwork(data: CombatData, { seconds, seed, players, spoil }: CombatScenarioOptions) {
  const zoneBytes = encodeZone(createScenarioZone());
  const decoded = decodeZone(zoneBytes);
  if (!decoded.ok) throw new Error(decoded.reason);
  const server = { combat: { data, camps: createCamps() } };
  const world = new VirtualWorld({ zoneBytes, link: LINK, seed, maxPlayers: players, server });
  const { combat } = world.startServer();
  if (combat === undefined) throw new Error("expected a server with combat");
  const twin = new TwinFight(combat, decoded.zone.world, (replay, tick) => spoil?.("players", replay, tick));
  const health = new HealthWatch();
  const eyes: ClientHealthWatch[] = [];
  const cooldowns: CooldownWatch[] = [];
  for (let i = 0; i < players; i += 1) {
    const player = world.addPlayer(`Fighter ${i + 1}`, { client: { combat: data } });
    const watch = new CooldownWatch(player.client, data);
    const eye = health.watch(player.client);
    cooldowns.push(watch);
    eyes.push(eye);
    play(player, new FightPilot(data, { prey: "everybody", noticeMeters: NOTICE_METERS }));
    player.onFrame = () => {
      eye.look(world.nowMs);
      watch.lookAtBar();
    };
  }
  world.onServerTurn = () => {
    const { fighters } = combat.world.state;
    health.lookAtServer(fighters, world.nowMs);
    for (const watch of cooldowns) watch.lookAtServer(fighters);
  };
  for (let second = 0; second < seconds; second += 1) {
    world.runFor(1_000);
    health.forgetBefore(world.nowMs - FORGET_MS, eyes);
  }
  world.dispose();
  return { health, cooldowns, twin };
}

/** Somebody at the keys, who goes to where the creatures are when there is nobody to fight. */
function play(player: VirtualPlayer, pilot: FightPilot): void {
  const { client, input } = player;
  player.beforeFrame = () => {
    const { own } = client;
    const wish = pilot.decide(client.combat, own, client.remotes, player.frameMs / 1_000);
    if (wish.intent !== undefined) client.act(wish.intent);
    const goal = wish.busy ? { x: wish.lookX, z: wish.lookZ } : OPEN_GROUND;
    if (!client.combat.death.dead) input.yawRadians = Math.atan2(own.x - goal.x, own.z - goal.z);
    input.moveZ = wish.busy && !wish.forward ? 0 : -1;
  };
}

function createCamps(): Camp[] {
  return ["gale-wolf", "reef-crawler", "drowned-warden"].map((creature, i) => ({
    creature,
    count: 2,
    x: OPEN_GROUND.x - 12 + i * 12,
    y: 12,
    z: OPEN_GROUND.z - 14,
    radiusMeters: 5,
    leashMeters: 40,
    respawnSeconds: 10,
  }));
}
