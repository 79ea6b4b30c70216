import { readdirSync } from "node:fs";
import { MessageDecoder } from "../../../scripts/protocol/message-decoder.ts";
import { decodedMessage } from "../../../tools/schemas/decoded-message.ts";
import { readGoldenPackets } from "../../unit/protocol/frozen-packets.ts";

export interface GoldenReport {
  packets: number;
  /** What was expected and what came, of every packet that says something else than it once did. */
  problems: string[];
}

/** Reads the golden packets of every version that has some. What a later version added to a message is not looked at. */
export function checkGoldenPackets(): GoldenReport {
  const report: GoldenReport = { packets: 0, problems: [] };
  const decoder = new MessageDecoder();
  for (const version of goldenVersions()) {
    for (const { name, bytes, header, message } of readGoldenPackets(version)) {
      report.packets += 1;
      const hint = `${name} of ${version}`;
      const type = decoder.decode(bytes);
      if (type !== header.type) {
        report.problems.push(`${hint}: expected type ${header.type}, got ${type} ${decoder.detail}`);
      } else if (type !== 0) {
        compare(hint, { header: decoder.header, message: decodedMessage(decoder, type) }, { header, message }, report);
      }
    }
  }
  return report;
}

function goldenVersions(): string[] {
  return readdirSync("tests/golden").flatMap((folder) => /^protocol-(\d+\.\d+)$/.exec(folder)?.[1] ?? []);
}

/** Every value that is expected must be there, however deep. */
function compare(path: string, actual: unknown, expected: unknown, report: GoldenReport): void {
  if (typeof expected !== "object" || expected === null || typeof actual !== "object" || actual === null) {
    if (actual !== expected) report.problems.push(`${path}: expected ${String(expected)}, got ${String(actual)}`);
    return;
  }
  const given = new Map<string, unknown>(Object.entries(actual));
  for (const [key, value] of Object.entries(expected)) compare(`${path}.${key}`, given.get(key), value, report);
}
