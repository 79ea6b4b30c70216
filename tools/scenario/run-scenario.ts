import type { GameClientOptions } from "../../scripts/client/game-client.ts";
import { openFileSink } from "../../scripts/client/recording/file-sink.ts";
import { RecordingClient } from "../../scripts/client/recording/recording-client.ts";
import { runtimeName } from "../../scripts/client/recording/runtime-name.ts";
import { encodeZone } from "../../scripts/simulation/zone-file.ts";
import { createSeededRandom } from "../../scripts/transport/conditioner/seeded-random.ts";
import { InputWatch } from "./input-watch.ts";
import { OwnWatch } from "./own-watch.ts";
import { Participant } from "./participant.ts";
import { runRecoveryTrial } from "./recovery-trial.ts";
import { RemoteWatch } from "./remote-watch.ts";
import { ScenarioBot } from "./scenario-bot.ts";
import type { ScenarioOptions, ScenarioProfile } from "./scenario-options.ts";
import type { ScenarioReport } from "./scenario-report.ts";
import { createScenarioZone, OBSTACLE_COURSE, OPEN_GROUND } from "./scenario-zone.ts";
import { SecondTable } from "./second-table.ts";
import { runSmoothingTrial } from "./smoothing-trial.ts";
import { VirtualWorld } from "./virtual-world.ts";

/** Until clocks, delays and queues have settled, nothing counts. */
const WARM_UP_MS = 15_000;
const REST_MS = 4000;
const MILLIMETERS = 1000;

export type ScenarioRun = Pick<ScenarioOptions, "seconds" | "seed" | "bots" | "fps"> &
  Partial<Pick<ScenarioOptions, "record">>;

/** Plays a scenario over one profile and returns what it measured. `tell` gets a line per simulated second. */
export function runScenario(
  profile: ScenarioProfile,
  options: ScenarioRun,
  tell?: (line: string) => void,
): ScenarioReport {
  const world = new VirtualWorld({
    zoneBytes: encodeZone(createScenarioZone()),
    seed: options.seed,
    link: profile.conditions,
    maxPlayers: options.bots,
  });
  try {
    return measure(world, profile, options, tell);
  } finally {
    world.dispose();
  }
}

function measure(
  world: VirtualWorld,
  profile: ScenarioProfile,
  options: ScenarioRun,
  tell: ((line: string) => void) | undefined,
): ScenarioReport {
  const participants = join(world, options);
  const inputs = new InputWatch(participants);
  const remotes = new RemoteWatch(participants);
  const owns = new OwnWatch(participants);
  observe(world, participants, { inputs, remotes, owns });
  letBotsPlay(world, participants, options.seed);
  world.runFor(WARM_UP_MS);
  inputs.restart();
  remotes.restart();
  owns.restart();
  const start = participants.map(({ player }) => {
    player.client.telemetry.maxCorrectionMm = 0;
    return { ...player.client.telemetry };
  });
  const table = tell && new SecondTable(participants, inputs, remotes, tell);
  for (let second = 1; second <= options.seconds; second += 1) {
    world.runFor(1000);
    table?.write(second);
  }
  const open = participants.flatMap(({ open: isOpen }, index) => (isOpen ? [index] : []));
  const obstacles = participants.flatMap(({ open: isOpen }, index) => (isOpen ? [] : [index]));
  const grown = (of: readonly number[], key: "corrections" | "teleports" | "underruns" | "bytesIn" | "bytesOut") =>
    of.reduce(
      (sum, index) => sum + (participants[index]?.player.client.telemetry[key] ?? 0) - (start[index]?.[key] ?? 0),
      0,
    );
  const largest = (of: readonly number[]) =>
    Math.max(0, ...of.map((index) => participants[index]?.player.client.telemetry.maxCorrectionMm ?? 0));
  const all = [...open, ...obstacles];
  const minutes = options.seconds / 60;
  const measured = {
    maxCorrectionMm: largest(open),
    maxCorrectionObstaclesMm: largest(obstacles),
    correctionsPerMinute: grown(open, "corrections") / open.length / minutes,
    correctionsObstaclesPerMinute: grown(obstacles, "corrections") / obstacles.length / minutes,
    teleports: grown(all, "teleports"),
    ownOffPathMm: owns.offPathMm.max,
    ownOffPathP99Mm: owns.offPathMm.percentile(0.99),
    inputsExecutedRatio: inputs.executed / inputs.given,
    inputOnTimeRatio: inputs.servedTicks / inputs.playerTicks,
    meanServerBufferTicks: inputs.bufferedTicks / inputs.playerTicks,
    longestOwnFreezeMs: owns.longestFreezeMs,
    longestFreezeMs: remotes.longestFreezeMs,
    longestStandMs: remotes.longestStandMs,
    underrunRatio: grown(all, "underruns") / remotes.pairFrames,
    missingRatio: remotes.missingFrames / (remotes.missingFrames + remotes.pairFrames),
    delayMs: remotes.delays.mean,
    delayP99Ms: remotes.delays.percentile(0.99),
    offPathP99Mm: remotes.offPathMm.percentile(0.99),
    upBytesPerSecond: grown(all, "bytesOut") / all.length / options.seconds,
    downBytesPerSecond: grown(all, "bytesIn") / all.length / options.seconds,
  };
  const restErrorMm = rest(world, participants);
  const first = participants[0];
  if (first === undefined) throw new Error("expected players");
  const smoothing = runSmoothingTrial(world, first);
  const recovery = runRecoveryTrial(
    world,
    participants.filter(({ open: isOpen }) => isOpen),
  );
  return {
    scenario: "walk",
    profile: profile.name,
    ...{ seed: options.seed, seconds: options.seconds, bots: options.bots, fps: options.fps },
    ...measured,
    recoverMs: Math.max(recovery.inputMs, recovery.sightMs),
    recoverInputMs: recovery.inputMs,
    recoverSightMs: recovery.sightMs,
    smoothingHalfMs: smoothing.halfMs,
    smoothingMonotone: smoothing.monotone,
    restErrorMm,
  };
}

/** Everybody gets in, and is put on their ground: two in three on the open one. */
function join(world: VirtualWorld, { bots, fps, record }: ScenarioRun): Participant[] {
  const server = world.startServer();
  const participants = Array.from({ length: bots }, (_, index) => {
    const open = index % 3 !== 2;
    const recorded = index === 0 && record !== undefined ? { makeClient: recordTo(record) } : {};
    const player = world.addPlayer(`Bot ${index}`, { fps, ...recorded });
    return new Participant(player, open ? OPEN_GROUND : OBSTACLE_COURSE, open);
  });
  world.runUntil("all play", () => participants.every(({ player }) => player.client.own.present), 60_000);
  for (const participant of participants) {
    participant.server = server.players.find(({ name }) => name === participant.player.name);
    const { server: character, ground, open } = participant;
    if (character !== undefined && !open)
      Object.assign(character.state, { x: ground.x, z: ground.z, y: character.state.y + 3 });
  }
  world.runFor(2000);
  return participants;
}

function recordTo(path: string): (options: GameClientOptions) => RecordingClient {
  const log = (line: string): void => void process.stderr.write(`${path}: ${line}\n`);
  return (options) =>
    new RecordingClient(options, { sink: openFileSink(path), recordedAtMs: Date.now(), runtime: runtimeName(), log });
}

interface Watches {
  inputs: InputWatch;
  remotes: RemoteWatch;
  owns: OwnWatch;
}

function observe(world: VirtualWorld, participants: readonly Participant[], { inputs, remotes, owns }: Watches): void {
  world.onServerTurn = () => {
    for (const participant of participants) participant.noteTruth(world.nowMs);
    owns.afterTurn(world.nowMs);
    if (world.server !== undefined) inputs.afterTurn(world.server);
  };
  for (const participant of participants) {
    participant.player.onFrame = () => {
      participant.noteDrawn(world.nowMs);
      remotes.afterFrame(participant, world.nowMs);
      owns.afterFrame(participant);
    };
  }
}

function letBotsPlay(world: VirtualWorld, participants: readonly Participant[], seed: number): void {
  for (const [index, { player, ground }] of participants.entries()) {
    const bot = new ScenarioBot(createSeededRandom(seed, 1000 + index), ground);
    player.beforeFrame = () => bot.drive(player.input, player.client.own, world.nowMs, player.frameMs);
  }
}

/** Everybody stands still; then every screen must show the truth. Returns the largest distance from it, millimetres. */
function rest(world: VirtualWorld, participants: readonly Participant[]): number {
  for (const { player } of participants) {
    player.beforeFrame = () => {};
    Object.assign(player.input, { moveX: 0, moveZ: 0, jump: false, sprint: false });
  }
  world.runFor(REST_MS);
  let worst = 0;
  for (const { player } of participants) {
    const { own, remotes } = player.client;
    for (const { player: other } of participants) {
      const truth = world.truth(other);
      const index = remotes.indexOf(other.client.own.entityId);
      if (other !== player && index < 0) return Number.POSITIVE_INFINITY;
      const [x, y, z] =
        other === player
          ? [own.x, own.y, own.z]
          : [remotes.x[index] ?? 0, remotes.y[index] ?? 0, remotes.z[index] ?? 0];
      worst = Math.max(worst, Math.hypot(x - truth.x, y - truth.y, z - truth.z) * MILLIMETERS);
    }
  }
  return worst;
}
