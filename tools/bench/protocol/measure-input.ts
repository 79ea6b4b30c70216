import { createInput } from "../../../scripts/protocol/create-messages.ts";
import { type Input, MAX_COMMANDS_PER_INPUT } from "../../../scripts/protocol/messages.ts";
import { PacketDecoder } from "../../../scripts/protocol/packet-decoder.ts";
import { PacketEncoder } from "../../../scripts/protocol/packet-encoder.ts";
import { createPacketHeader, HEADER_BYTES } from "../../../scripts/protocol/packet-header.ts";
import { INPUT_RATE_HZ, SNAPSHOT_RATE_HZ, TICK_RATE_HZ } from "../../../scripts/simulation/constants.ts";
import { median } from "../median.ts";
import { type CommandTrace, fillInput } from "./command-trace.ts";

const TICKS_PER_PACKET = TICK_RATE_HZ / INPUT_RATE_HZ;
/** Two new commands and the four before: two packets in a row may be lost and no command is. */
export const COMMANDS_PER_PACKET = 6;
/** The server has been running for a day: ticks are large numbers. */
const FIRST_TICK = 24 * 60 * 60 * TICK_RATE_HZ;
/** A round trip of 150 ms and two ticks in the server's queue lie between the newest snapshot and the newest command. */
const ACK_AGE_TICKS = 11;
const TICKS_PER_SNAPSHOT = TICK_RATE_HZ / SNAPSHOT_RATE_HZ;
const TIMED_ROUNDS = 7;

export interface InputSizes {
  bytesPerSecond: number;
  /** For each command that is new; every one travels three times. */
  bytesPerCommand: number;
}

/** Fills an input as a client would send it after `tick` of the trace. */
function fillPacket(input: Input, trace: CommandTrace, player: number, tick: number, commands: number): void {
  fillInput(input, trace, player, tick, commands, FIRST_TICK);
  const seen = FIRST_TICK + tick - ACK_AGE_TICKS;
  input.ackServerTick = seen - (seen % TICKS_PER_SNAPSHOT);
}

/** What the bodies of a player's `InputDelta` packets take: means over the trace. */
export function measureInputSizes(trace: CommandTrace, commands = COMMANDS_PER_PACKET): InputSizes {
  const encoder = new PacketEncoder();
  const header = createPacketHeader();
  const input = createInput();
  let bytes = 0;
  let packets = 0;
  for (let player = 0; player < trace.players; player++) {
    for (let tick = MAX_COMMANDS_PER_INPUT; tick < trace.ticks; tick += TICKS_PER_PACKET) {
      fillPacket(input, trace, player, tick, commands);
      bytes += encoder.encodeInputDelta(header, input).length - HEADER_BYTES;
      packets += 1;
    }
  }
  return { bytesPerSecond: (INPUT_RATE_HZ * bytes) / packets, bytesPerCommand: bytes / packets / TICKS_PER_PACKET };
}

export interface InputSpeed {
  encodeNs: number;
  decodeNs: number;
  /** Heap bytes per packet, written and read, once warm. */
  allocatedBytes: number;
}

/** Time and memory of one packet: the median of some rounds over up to `most` packets of the trace, header included. */
export function measureInputSpeed(trace: CommandTrace, most: number): InputSpeed {
  const inputs: Input[] = [];
  for (let player = 0; player < trace.players; player++) {
    for (let tick = MAX_COMMANDS_PER_INPUT; tick < trace.ticks && inputs.length < most; tick += TICKS_PER_PACKET) {
      const input = createInput();
      fillPacket(input, trace, player, tick, COMMANDS_PER_PACKET);
      inputs.push(input);
    }
  }
  const encoder = new PacketEncoder();
  const decoder = new PacketDecoder();
  const header = createPacketHeader();
  // As in a session: a number that is no small integer of the engine.
  header.ackBits = 0xffff_ffff;
  const packets = inputs.map((input) => encoder.encodeInputDelta(header, input).slice());
  const encode = () => inputs.forEach((input) => void encoder.encodeInputDelta(header, input));
  const decode = () =>
    packets.forEach((packet) => {
      if (decoder.decode(packet) === 0) throw new Error(`refused: ${decoder.detail}`);
    });
  const encodeNs: number[] = [];
  const decodeNs: number[] = [];
  const heapBytes: number[] = [];
  for (let round = 0; round < TIMED_ROUNDS; round++) {
    const before = process.memoryUsage().heapUsed;
    encodeNs.push(nanoseconds(encode) / inputs.length);
    decodeNs.push(nanoseconds(decode) / inputs.length);
    heapBytes.push((process.memoryUsage().heapUsed - before) / inputs.length);
  }
  return { encodeNs: median(encodeNs), decodeNs: median(decodeNs), allocatedBytes: Math.max(0, median(heapBytes)) };
}

function nanoseconds(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start);
}
