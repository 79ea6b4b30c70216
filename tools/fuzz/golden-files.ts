import { globSync, readFileSync } from "node:fs";
import { isLegacyPacket } from "../../scripts/protocol/legacy/legacy-decoder.ts";

/** The golden packets of all versions, in both codecs: where mutation begins. */
export function readGoldenFiles(): { sequenced: Uint8Array[]; legacy: Uint8Array[] } {
  const packets = globSync("tests/golden/protocol-*/*.bin")
    .sort()
    .map((file) => Uint8Array.from(readFileSync(file)));
  const legacy = packets.filter(isLegacyPacket);
  const sequenced = packets.filter((packet) => !isLegacyPacket(packet));
  if (legacy.length === 0 || sequenced.length === 0) {
    throw new Error(`expected packets of both codecs in tests/golden, found ${packets.length}: run it in the project`);
  }
  return { sequenced, legacy };
}
