import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PacketHeader } from "../../../scripts/protocol/packet-header.ts";

export interface FrozenPacket {
  name: string;
  bytes: Buffer;
  header: PacketHeader;
  /** The message as plain data. */
  message: unknown;
}

/** The golden packets of a version, such as "1.0". */
export function readGoldenPackets(version: string): FrozenPacket[] {
  const folder = join("tests", "golden", `protocol-${version}`);
  const list: Omit<FrozenPacket, "bytes">[] = JSON.parse(readFileSync(join(folder, "packets.json"), "utf8"));
  return list.map(({ name, header, message }) => ({
    name,
    header,
    message,
    bytes: readFileSync(join(folder, `${name}.bin`)),
  }));
}
