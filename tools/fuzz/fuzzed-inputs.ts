import { createInput } from "../../scripts/protocol/create-messages.ts";
import { MAX_COMMANDS_PER_INPUT, MessageType } from "../../scripts/protocol/messages.ts";
import type { PacketEncoder } from "../../scripts/protocol/packet-encoder.ts";
import { createPacketHeader, HEADER_BYTES } from "../../scripts/protocol/packet-header.ts";
import type { FuzzRandom } from "./fuzz-random.ts";
import { edgeNumber, joinBytes } from "./mutate-bytes.ts";

const TYPE_AT = 6;
const MAX_TICK = 0xffff_ffff - MAX_COMMANDS_PER_INPUT;
const MOVES = [0, 0, -127, 127, 1, -64] as const;

/** Whether a packet says that it is an `InputDelta`. */
export function isInputDelta(packet: Uint8Array): boolean {
  return packet.length > HEADER_BYTES && packet[TYPE_AT] === MessageType.inputDelta;
}

/** An `InputDelta` of somebody who turns ever so differently, so that every code and every length of a number is met. */
export function generateInputDelta(encoder: PacketEncoder, random: FuzzRandom): Uint8Array {
  const input = createInput();
  input.commandCount = random.whole(MAX_COMMANDS_PER_INPUT + 1);
  input.keyframeNeeded = random.chance(0.1);
  const firstTick = 1 + (edgeNumber(random) % MAX_TICK);
  input.ackServerTick = random.chance(0.7) ? Math.max(0, firstTick - random.whole(30)) : edgeNumber(random);
  const pace = 2 ** random.whole(17);
  const turns = random.chance(0.8);
  const nods = random.chance(0.6);
  const handles = random.chance(0.5);
  let yaw = random.whole(65_536);
  let pitch = random.whole(32_769) - 16_384;
  for (const [index, command] of input.commands.entries()) {
    command.tick = firstTick + index;
    if (turns) yaw = (yaw + random.whole(pace)) & 0xffff;
    if (nods) pitch = Math.max(-16_384, Math.min(16_384, pitch + random.whole(pace) - (pace >> 1)));
    command.yaw = yaw;
    command.pitch = pitch;
    if (!handles || random.chance(0.6)) continue;
    command.moveX = random.pick(MOVES);
    command.moveZ = random.pick(MOVES);
    command.buttons = random.whole(4);
  }
  return encoder.encodeInputDelta(createPacketHeader(), input).slice();
}

/** A copy whose body has bits turned, put in, or left out: everything behind them moves, and other words are met. */
export function mutateInputDelta(packet: Uint8Array, random: FuzzRandom): Uint8Array {
  const bits = Array.from(packet.subarray(HEADER_BYTES)).flatMap((byte) => {
    return Array.from({ length: 8 }, (_, i) => (byte >> (7 - i)) & 1);
  });
  for (let edits = 1 + random.whole(3); edits > 0; edits--) {
    const at = random.whole(bits.length);
    const choice = random.whole(3);
    if (choice === 0) bits[at] = 1 - (bits[at] ?? 0);
    else if (choice === 1) bits.splice(at, 1 + random.whole(3));
    else bits.splice(at, 0, ...Array.from({ length: 1 + random.whole(3) }, () => random.whole(2)));
  }
  const body = Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) => {
    return bits.slice(8 * i, 8 * i + 8).reduce((byte, bit, place) => byte | (bit << (7 - place)), 0);
  });
  return joinBytes(packet.subarray(0, HEADER_BYTES), body);
}
