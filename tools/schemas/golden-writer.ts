import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MessageDecoder } from "../../scripts/protocol/message-decoder.ts";
import { MessageEncoder } from "../../scripts/protocol/message-encoder.ts";
import { PROTOCOL_MAJOR, PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import { decodedMessage } from "./decoded-message.ts";
import { GOLDEN_PACKETS_1_5 } from "./golden-packets-1-5.ts";

/**
 * Writes the golden packets of the version that the code speaks into `goldenFolder`/protocol-MAJOR.MINOR: one .bin each,
 * and packets.json with what they say. Returns what to tell the caller; `ok` is `false` when they are there already.
 */
export function writeGoldenPackets(goldenFolder: string): { ok: boolean; text: string } {
  const version = `${PROTOCOL_MAJOR}.${PROTOCOL_MINOR}`;
  const folder = join(goldenFolder, `protocol-${version}`);
  if (existsSync(folder)) {
    const text =
      `the packets of version ${version} are frozen in ${folder} and never written again. ` +
      "If bytes have to change, raise the version in scripts/protocol/protocol-version.ts";
    return { ok: false, text };
  }
  const encoder = new MessageEncoder();
  const decoder = new MessageDecoder();
  mkdirSync(folder, { recursive: true });
  const packets = GOLDEN_PACKETS_1_5.map((golden) => {
    const bytes = golden.encode(encoder).slice();
    const type = decoder.decode(bytes);
    if (type === 0) throw new Error(`${golden.name}: ${decoder.error}: ${decoder.detail}`);
    writeFileSync(join(folder, `${golden.name}.bin`), bytes);
    return {
      name: golden.name,
      bytes: bytes.length,
      header: { ...decoder.header },
      message: decodedMessage(decoder, type),
    };
  });
  writeFileSync(join(folder, "packets.json"), `${JSON.stringify(packets, null, 2)}\n`);
  return { ok: true, text: `${packets.length} written to ${folder}` };
}
