import { MessageType } from "../../scripts/protocol/messages.ts";
import { HEADER_BYTES } from "../../scripts/protocol/packet-header.ts";
import type { FuzzRandom } from "./fuzz-random.ts";
import { isInputDelta, mutateInputDelta } from "./fuzzed-inputs.ts";
import { edgeNumber, joinBytes, mutateBytes } from "./mutate-bytes.ts";

const TYPE_AT = 6;
const LENGTH_AT = 8;
/** Above the protocol's own limit now and then. */
const MAX_INPUT_BYTES = 66_000;

/** Makes the header say the length that the body has. */
export function correctLength(packet: Uint8Array): void {
  if (packet.length < HEADER_BYTES) return;
  const length = packet.length - HEADER_BYTES;
  packet[LENGTH_AT] = length;
  packet[LENGTH_AT + 1] = length >>> 8;
}

/** A damaged packet whose header mostly still passes, so that the damage gets to the body's decoder. */
export function mutatePacket(packet: Uint8Array, other: Uint8Array, random: FuzzRandom): Uint8Array {
  let mutated: Uint8Array;
  if (packet.length <= HEADER_BYTES || random.chance(0.05)) {
    mutated = mutateBytes(packet, other, random, MAX_INPUT_BYTES);
  } else if (isInputDelta(packet) && random.chance(0.7)) {
    mutated = mutateInputDelta(packet, random);
  } else if (random.chance(0.4)) {
    mutated = packet.slice();
    for (let edits = 1 + random.whole(3); edits > 0; edits--) editTable(mutated, random);
  } else {
    const body = mutateBytes(
      packet.subarray(HEADER_BYTES),
      other.subarray(Math.min(HEADER_BYTES, other.length)),
      random,
      MAX_INPUT_BYTES - HEADER_BYTES,
    );
    mutated = joinBytes(packet.subarray(0, HEADER_BYTES), body);
  }
  if (random.chance(0.15)) editHeader(mutated, random);
  if (random.chance(0.95)) correctLength(mutated);
  return mutated;
}

function editHeader(packet: Uint8Array, random: FuzzRandom): void {
  // A body of another type: its tables do not fit.
  if (random.chance(0.5) && packet.length > TYPE_AT) packet[TYPE_AT] = random.pick(Object.values(MessageType));
  else if (packet.length > 0) packet[random.whole(Math.min(HEADER_BYTES, packet.length))] = edgeNumber(random);
}

/** Damages the FlatBuffers structure: root offset, vtable, a field's place, or what an offset in a field points to. */
function editTable(packet: Uint8Array, random: FuzzRandom): void {
  const body = new DataView(packet.buffer, packet.byteOffset + HEADER_BYTES, packet.length - HEADER_BYTES);
  if (body.byteLength < 8) return;
  let table = body.getUint32(0, true);
  for (let depth = random.whole(3); depth >= 0; depth--) {
    if (table + 4 > body.byteLength) return;
    const vtable = table - body.getInt32(table, true);
    if (vtable < 0 || vtable + 4 > body.byteLength) return;
    const fields = Math.max(0, Math.min((body.getUint16(vtable, true) - 4) >> 1, (body.byteLength - vtable - 4) >> 1));
    const entry = vtable + 4 + 2 * random.whole(fields);
    const field = fields === 0 ? 0 : table + body.getUint16(entry, true);
    if (depth > 0 && field + 4 <= body.byteLength) {
      table = field + body.getUint32(field, true);
      continue;
    }
    const choice = random.whole(6);
    if (choice === 0) body.setUint32(0, edgeNumber(random), true);
    else if (choice === 1) body.setUint32(table, edgeNumber(random), true);
    else if (choice === 2) body.setUint16(vtable + random.pick([0, 2]), edgeNumber(random) & 0xffff, true);
    else if (choice === 3 && fields > 0) body.setUint16(entry, random.chance(0.5) ? 0 : random.whole(48), true);
    else if (field + 4 <= body.byteLength) body.setUint32(field, edgeNumber(random), true);
  }
}
