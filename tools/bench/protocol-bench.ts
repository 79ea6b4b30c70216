import { SNAPSHOT_RATE_HZ } from "../../scripts/simulation/constants.ts";
import { ZoneTerrain } from "../../scripts/simulation/zone-terrain.ts";
import { measureFullRecords, RAW_RECORD_BYTES } from "./protocol/full-records.ts";
import { loadZone } from "./protocol/load-zone.ts";
import { measureAllocation, measureKeyframe } from "./protocol/measure-codec.ts";
import { recordTrace, type Trace } from "./protocol/record-trace.ts";
import { REPLAY_BUDGET_BYTES, type ReplayResult, replay } from "./protocol/replay.ts";

const ENTITIES = 200;
const SECONDS = 60;
const SEED = 7;
const LOSS_RATE = 0.03;
const SAMPLE_EVERY = 40;
/** Around every packet: UDP and IP, the header of our protocol, and what the encrypted transport adds. */
const PACKET_OVERHEAD_BYTES = 28 + 20 + 30;
/** Beside the entities in every snapshot: the own character in full, and the acks of its input. */
const OWN_STATE_BYTES = 40;

/**
 * Records a minute of 200 bots on the real zone server, sends it to one client that sees all of them over a link with 150 ms of
 * round trip and 3 % loss both ways, and resolves with the JSON line. Times per entity are medians over all snapshots.
 */
export async function runProtocolBench(): Promise<string> {
  const zone = loadZone("shore");
  const trace = recordTrace(zone, ENTITIES, SECONDS, SEED);
  const terrain = new ZoneTerrain(zone.world.heightfield);
  const options = { lossRate: LOSS_RATE, budgetBytes: REPLAY_BUDGET_BYTES, seed: SEED, slots: 256 };
  replay(trace, { ...options, terrain });
  const result = replay(trace, { ...options, terrain });
  const withoutTerrain = replay(trace, options);
  const full = measureFullRecords(trace, SAMPLE_EVERY, 20);
  const quantizedFullBytes = measureKeyframe(trace, SAMPLE_EVERY);
  const rawFullBytes = ENTITIES * RAW_RECORD_BYTES;
  const deltaBytes = result.bytes / trace.snapshots;
  const moving = movingEntities(trace);
  process.stderr.write(describe(trace, result, moving, withoutTerrain.bytes / trace.snapshots, full.msgpackBytes));
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
  });
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

function quantile(values: Float64Array, part: number): number {
  return values.toSorted()[Math.floor((values.length - 1) * part)] ?? 0;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
