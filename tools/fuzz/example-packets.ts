import { createInput } from "../../scripts/protocol/create-messages.ts";
import { PacketEncoder } from "../../scripts/protocol/packet-encoder.ts";
import { createPacketHeader } from "../../scripts/protocol/packet-header.ts";

/** One packet of each type that has no golden one before its version is finished. */
export function examplePackets(): Uint8Array[] {
  const encoder = new PacketEncoder();
  const header = createPacketHeader();
  const input = createInput();
  input.commandCount = 6;
  input.ackServerTick = 4_100;
  for (const [index, command] of input.commands.entries()) {
    command.tick = 4_110 + index;
    command.yaw = 500 + 7 * index * index;
    command.moveZ = index < 3 ? 0 : -127;
  }
  return [
    encoder.encodeFeatures(header, { capabilities: ["snapshot_delta_v1", "input_delta_v1"] }).slice(),
    encoder.encodeFeatureProblem(header, { capability: "input_delta_v1", detail: "expected bits, got noise" }).slice(),
    encoder.encodeInputDelta(header, input).slice(),
  ];
}
