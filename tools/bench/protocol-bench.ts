import { SNAPSHOT_RATE_HZ, TICK_RATE_HZ } from "../../scripts/simulation/constants.ts";
import { ZoneTerrain } from "../../scripts/simulation/zone-terrain.ts";
import { type CommandTrace, createCommandTrace } from "./protocol/command-trace.ts";
import { measureFullRecords, RAW_RECORD_BYTES } from "./protocol/full-records.ts";
import { loadZone } from "./protocol/load-zone.ts";
import { measureAllocation, measureKeyframe } from "./protocol/measure-codec.ts";
import { COMMANDS_PER_PACKET, measureInputSizes, measureInputSpeed } from "./protocol/measure-input.ts";
import { makeMouseTrace } from "./protocol/mouse-trace.ts";
import { recordTrace, type Trace } from "./protocol/record-trace.ts";
import { REPLAY_BUDGET_BYTES, type ReplayResult, replay } from "./protocol/replay.ts";

const ENTITIES = 200;
const SECONDS = 60;
const SEED = 7;
const LOSS_RATE = 0.03;
const SAMPLE_EVERY = 40;
const TIMED_REPLAYS = 8;
/** Around every packet: UDP and IP, the header of our protocol, and what the encrypted transport adds. */
const PACKET_OVERHEAD_BYTES = 28 + 20 + 30;
/** Beside the entities in every snapshot: the own character in full, and the acks of its input. */
const OWN_STATE_BYTES = 40;
/** Players at a mouse, whose commands are coded beside those of the bots. */
const MOUSE_PLAYERS = 50;
const TIMED_INPUTS = 20_000;
/** Commands in a packet for which people read what they cost. */
const COMMAND_COUNTS = [2, 4, COMMANDS_PER_PACKET, 8, 16];

/**
 * Records a minute of 200 bots on the real zone server, sends it to one client that sees all of them over a link with 150 ms of
 * round trip and 3 % loss both ways, and resolves with the JSON line. Every replay does the same work, so a snapshot's time is its least of
 * some, also MessagePack's: what the machine did beside it is no part of it. Times per entity are medians over all snapshots. Input is that
 * of the same bots, and of players at a mouse, which is timed; a packet repeats the four commands before its two.
 */
export async function runProtocolBench(): Promise<string> {
  const zone = loadZone("shore");
  const trace = recordTrace(zone, ENTITIES, SECONDS, SEED);
  const terrain = new ZoneTerrain(zone.world.heightfield);
  const options = { lossRate: LOSS_RATE, budgetBytes: REPLAY_BUDGET_BYTES, seed: SEED, slots: 256 };
  replay(trace, { ...options, terrain });
  const result = replay(trace, { ...options, terrain });
  for (let again = 1; again < TIMED_REPLAYS; again++) {
    const { encodeNs, decodeNs } = replay(trace, { ...options, terrain });
    keepLeast(result.encodeNs, encodeNs);
    keepLeast(result.decodeNs, decodeNs);
  }
  const withoutTerrain = replay(trace, options);
  const full = measureFullRecords(trace, SAMPLE_EVERY, 20);
  const quantizedFullBytes = measureKeyframe(trace, SAMPLE_EVERY);
  const rawFullBytes = ENTITIES * RAW_RECORD_BYTES;
  const deltaBytes = result.bytes / trace.snapshots;
  const moving = movingEntities(trace);
  const mouse = makeMouseTrace(MOUSE_PLAYERS, trace.commands.ticks, SEED);
  const input = measureInputSizes(trace.commands);
  const mouseInput = measureInputSizes(mouse);
  const inputSpeed = measureInputSpeed(mouse, TIMED_INPUTS);
  process.stderr.write(describe(trace, result, moving, withoutTerrain.bytes / trace.snapshots, full.msgpackBytes));
  process.stderr.write(describeInputs(trace.commands, mouse));
  return JSON.stringify({
    bench: "protocol",
    rawFullBytes,
    quantizedFullBytes: rounded(quantizedFullBytes, 1),
    deltaBytes: rounded(deltaBytes, 1),
    reductionVsRaw: rounded(1 - deltaBytes / rawFullBytes, 4),
    reductionVsQuantized: rounded(1 - deltaBytes / quantizedFullBytes, 4),
    bytesPerMovingEntity: rounded(deltaBytes / moving, 2),
    wireBytesPerSecond: Math.round(wireBytes(trace, result) / SECONDS),
    msgpackBytes: rounded(full.msgpackBytes, 1),
    jsonBytes: rounded(full.jsonBytes, 1),
    encodeNsPerEntity: rounded(quantile(result.encodeNs, 0.5) / ENTITIES, 1),
    decodeNsPerEntity: rounded(quantile(result.decodeNs, 0.5) / ENTITIES, 1),
    msgpackDecodeNsPerEntity: rounded(full.msgpackDecodeNsPerEntity, 1),
    encodeP99Ms: rounded(quantile(result.encodeNs, 0.99) / 1e6, 4),
    decodeP99Ms: rounded(quantile(result.decodeNs, 0.99) / 1e6, 4),
    allocBytesPerSnapshot: rounded(measureAllocation(trace, terrain, REPLAY_BUDGET_BYTES), 1),
    inputBytesPerSecond: rounded(input.bytesPerSecond, 1),
    inputBytesPerCommand: rounded(input.bytesPerCommand, 2),
    inputMouseBytesPerSecond: rounded(mouseInput.bytesPerSecond, 1),
    inputMouseBytesPerCommand: rounded(mouseInput.bytesPerCommand, 2),
    inputEncodeNs: rounded(inputSpeed.encodeNs, 1),
    inputDecodeNs: rounded(inputSpeed.decodeNs, 1),
    allocBytesPerInput: rounded(inputSpeed.allocatedBytes, 1),
  });
}

/** What input costs by what the player does and how often commands are repeated. */
function describeInputs(bots: CommandTrace, mouse: CommandTrace): string {
  const idle = createCommandTrace(1, TICK_RATE_HZ);
  const straight = createCommandTrace(1, TICK_RATE_HZ);
  straight.moveZ.fill(-127);
  straight.yaw.fill(12_345);
  straight.pitch.fill(-678);
  const lines = Object.entries({ idle, straight, bots, mouse }).map(([name, commands]) => {
    const costs = COMMAND_COUNTS.map((count) => {
      return `${count}: ${measureInputSizes(commands, count).bytesPerSecond.toFixed(0)}`;
    });
    return `  ${name.padEnd(9)} ${costs.join("   ")}`;
  });
  return `bytes of input a second without headers, by commands in a packet:\n${lines.join("\n")}\n`;
}

function describe(
  trace: Trace,
  result: ReplayResult,
  moving: number,
  withoutTerrainBytes: number,
  msgpackBytes: number,
): string {
  const packets = result.packets / trace.snapshots;
  const records = result.records / trace.snapshots;
  const times = msgpackBytes / (result.bytes / trace.snapshots);
  return [
    `${trace.snapshots} snapshots at ${SNAPSHOT_RATE_HZ} Hz, ${moving.toFixed(1)} of ${trace.entities} entities moving`,
    `${packets.toFixed(3)} packets and ${records.toFixed(1)} records received per snapshot, ${result.refused} refused`,
    `on the wire with ${PACKET_OVERHEAD_BYTES} B around each packet and ${OWN_STATE_BYTES} B of own state per snapshot`,
    `without the ground's heights: ${withoutTerrainBytes.toFixed(1)} B; MessagePack takes ${times.toFixed(1)} times as much`,
    "",
  ].join("\n");
}

function wireBytes(trace: Trace, result: ReplayResult): number {
  return result.bytes + result.packets * PACKET_OVERHEAD_BYTES + trace.snapshots * OWN_STATE_BYTES;
}

/** Entities whose position or yaw is another than in the snapshot before, on average. */
function movingEntities(trace: Trace): number {
  let moving = 0;
  for (let at = trace.entities; at < trace.x.length; at++) {
    const before = at - trace.entities;
    const columns = [trace.x, trace.y, trace.z, trace.yaw];
    if (columns.some((column) => column[at] !== column[before])) moving += 1;
  }
  return moving / (trace.snapshots - 1);
}

function keepLeast(least: Float64Array, values: Float64Array): void {
  for (let at = 0; at < least.length; at++) least[at] = Math.min(least[at] ?? 0, values[at] ?? 0);
}

function quantile(values: Float64Array, part: number): number {
  return values.toSorted()[Math.floor((values.length - 1) * part)] ?? 0;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
