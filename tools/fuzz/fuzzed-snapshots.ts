import { POSITION_LIMIT } from "../../scripts/protocol/snapshot-codec/codec-limits.ts";
import { EntityHistory } from "../../scripts/protocol/snapshot-codec/entity-history.ts";
import type { SnapshotError } from "../../scripts/protocol/snapshot-codec/snapshot-error.ts";
import { SnapshotReceiver } from "../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import { SnapshotSender } from "../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import type { SnapshotUpdate } from "../../scripts/protocol/snapshot-codec/snapshot-update.ts";
import { FuzzRandom } from "./fuzz-random.ts";
import { type FuzzedDecoder, magnitude, shapeOf } from "./fuzzed-decoder.ts";
import { mutateBytes } from "./mutate-bytes.ts";
import { readFrames, writeFrames } from "./snapshot-frames.ts";
import { FUZZED_SLOTS, recordSession } from "./snapshot-session.ts";

/** The closed set; the compiler says so when it and this list differ. */
const SNAPSHOT_ERRORS = {
  too_short: true,
  too_long: true,
  bad_length: true,
  out_of_range: true,
  stale: true,
  bad_number: true,
  unknown_baseline: true,
} satisfies Record<SnapshotError, true>;

const SEED_SESSIONS = 16;
const MAX_FRAME_BYTES = 2_048;
/** Holds every entity of an update in one packet. */
const AGAIN_PACKET_BYTES = 8_192;

/**
 * `SnapshotReceiver` with sessions of a real sender: an input is a row of packets, which a new receiver gets one after the
 * other, so damaged packets meet the state that sound ones left. `create`: a substitute, to see whether its faults are found.
 */
export function createFuzzedSnapshots(
  create: () => SnapshotReceiver = () => new SnapshotReceiver(FUZZED_SLOTS),
): FuzzedDecoder {
  return {
    name: "snapshots",
    seeds: () => Array.from({ length: SEED_SESSIONS }, (_, seed) => session(new FuzzRandom(seed + 1))),
    generate: session,
    mutate: mutateSession,
    run: (bytes) => runSession(readFrames(bytes), create),
  };
}

function session(random: FuzzRandom): Uint8Array {
  return writeFrames(recordSession(random, 2 + random.whole(10)).slice(0, 40));
}

function mutateSession(bytes: Uint8Array, other: Uint8Array, random: FuzzRandom): Uint8Array {
  const frames = readFrames(bytes);
  const others = readFrames(other);
  if (frames.length === 0 || others.length === 0 || random.chance(0.02))
    return mutateBytes(bytes, other, random, 16_384);
  for (let changes = 1 + random.whole(3); changes > 0; changes--) {
    const at = random.whole(frames.length);
    const frame = frames[at] ?? new Uint8Array();
    const choice = random.whole(8);
    if (choice === 0 && frames.length > 1) frames.splice(at, 1);
    else if (choice === 1) frames.splice(random.whole(frames.length + 1), 0, frame);
    else if (choice === 2) frames.splice(at, 1, ...others.slice(random.whole(others.length)).slice(0, 4));
    else if (choice === 3) frames.splice(at, 0, mutateBytes(frame, random.pick(others), random, MAX_FRAME_BYTES));
    else frames[at] = mutateBytes(frame, random.pick(others), random, MAX_FRAME_BYTES);
  }
  return writeFrames(frames);
}

function runSession(frames: readonly Uint8Array[], create: () => SnapshotReceiver): string[] {
  const receiver = create();
  // Gets only what the first one took: whatever a refused packet changed shows as a difference.
  const spared = create();
  const signals: string[] = [];
  let before = "start";
  let lastTaken = -1;
  for (const [index, frame] of frames.entries()) {
    const neededKeyframe = receiver.keyframeNeeded;
    const count = receiver.entities.count;
    const taken = receiver.decode(frame);
    const outcome = taken ? outcomeOf(receiver.update) : `${receiver.error} ${shapeOf(receiver.detail)}`;
    if (taken) {
      lastTaken = index;
      checkTaken(receiver);
      spared.keyframeNeeded = neededKeyframe;
      // How many late packets came in a row is known to the first one alone; it matters for `keyframeNeeded`, which is copied.
      if (!spared.decode(frame)) throw new Error(`taken after refused packets, refused without: ${spared.detail}`);
      if (contents(spared) !== contents(receiver)) throw new Error("a refused packet changed what came after it");
    } else {
      checkRefused(receiver, count);
    }
    checkEntities(receiver);
    if (!sameMemory(receiver, spared)) throw new Error("a refused packet changed what is remembered");
    signals.push(outcome, `${before} > ${outcome}`);
    before = taken ? "taken" : receiver.error;
  }
  if (lastTaken === frames.length - 1 && lastTaken >= 0) saysItAgain(receiver.update);
  return signals;
}

function outcomeOf({ count, leftCount }: SnapshotUpdate): string {
  return `taken, 2^${magnitude(count)} entities, 2^${magnitude(leftCount)} left`;
}

function checkTaken({ error, detail, update }: SnapshotReceiver): void {
  if (error !== "" || detail !== "") throw new Error(`taken with error ${error}`);
  if (!(update.tick >= 1 && update.tick < 2 ** 32)) throw new Error(`taken with tick ${update.tick}`);
  for (let index = 0; index < update.count; index++) {
    const x = Math.abs(update.x[index] ?? Number.NaN);
    const y = Math.abs(update.y[index] ?? Number.NaN);
    const z = Math.abs(update.z[index] ?? Number.NaN);
    if (update.entityId[index] === 0) throw new Error("took an entity with id 0");
    if (!(Math.max(x, y, z) <= POSITION_LIMIT)) throw new Error(`took an entity at ${x}, ${y}, ${z} (absolute)`);
  }
}

function checkRefused({ error, detail, update, entities }: SnapshotReceiver, countBefore: number): void {
  if (!(error in SNAPSHOT_ERRORS)) throw new Error(`refused without a known reason: "${error}"`);
  if (detail === "") throw new Error(`refused with ${error} and no detail`);
  if (update.leftCount !== 0 || entities.count !== countBefore)
    throw new Error(`refused with ${error}, yet entities changed`);
}

function checkEntities({ entities }: SnapshotReceiver): void {
  const seen = new Set<number>();
  for (const id of entities.id) if (id !== 0) seen.add(id);
  let taken = 0;
  for (const id of entities.id) if (id !== 0) taken += 1;
  if (seen.size !== taken) throw new Error("an entity is in two slots");
  if (taken !== entities.count) throw new Error(`expected a count of ${taken} entities, got ${entities.count}`);
}

/** All that a user of the receiver can see. */
function contents({ update, entities }: SnapshotReceiver): string {
  const lists = [update.slot, update.entityId, update.x, update.y, update.z, update.yaw, update.vitals, update.look];
  return [
    `${update.number} ${update.tick} ${entities.count}`,
    ...lists.map((list) => list.subarray(0, update.count).join()),
    update.leftEntityId.subarray(0, update.leftCount).join(),
    entities.id.join(),
  ].join("\n");
}

/** Whether two receivers know the same: entities, and all states that a later packet may refer to. */
function sameMemory({ entities: first }: SnapshotReceiver, { entities: second }: SnapshotReceiver): boolean {
  const pairs = [
    [first.id, second.id],
    [first.newest, second.newest],
    [first.planes.words, second.planes.words],
  ] as const;
  return pairs.every(([one, other]) => Buffer.compare(bytesOf(one), bytesOf(other)) === 0);
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A sender must be able to tell what a receiver took, and another receiver must then read the same. */
function saysItAgain(told: SnapshotUpdate): void {
  const { count } = told;
  if (count === 0) return;
  const history = new EntityHistory(count);
  const sender = new SnapshotSender(history, { slots: FUZZED_SLOTS, packetBytes: AGAIN_PACKET_BYTES });
  history.advance(told.tick);
  sender.begin(AGAIN_PACKET_BYTES);
  for (let i = 0; i < count; i++) {
    history.write(i, told.entityId[i] ?? 0, told.x[i] ?? 0, told.y[i] ?? 0, told.z[i] ?? 0, told.yaw[i] ?? 0);
    history.writeCondition(i, told.health(i), told.maxHealth(i), told.state(i), told.animation(i));
    sender.see(i, 1);
  }
  const out = new Uint8Array(AGAIN_PACKET_BYTES);
  const receiver = new SnapshotReceiver(FUZZED_SLOTS);
  if (!receiver.decode(out.subarray(0, sender.writePacket(1, out, 0)))) {
    throw new Error(`taken, yet encoded again it is refused: ${receiver.detail}`);
  }
  if (receiver.update.tick !== told.tick || states(receiver.update) !== states(told)) {
    throw new Error("encoded again, the states are others");
  }
}

function states({ count, entityId, x, y, z, yaw, vitals, look }: SnapshotUpdate): string {
  return Array.from({ length: count }, (_, i) => [entityId[i], x[i], y[i], z[i], yaw[i], vitals[i], look[i]].join())
    .sort()
    .join("\n");
}
