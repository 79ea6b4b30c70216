import type { FuzzedDecoder } from "./fuzzed-decoder.ts";
import { createFuzzedMessages } from "./fuzzed-messages.ts";
import { createFuzzedPackets } from "./fuzzed-packets.ts";
import { createFuzzedRecording } from "./fuzzed-recording.ts";
import { createFuzzedSnapshots } from "./fuzzed-snapshots.ts";
import { createFuzzedZone } from "./fuzzed-zone.ts";

/** What can be fuzzed, by name: decoders of bytes that come from outside. */
export const TARGETS: Readonly<Record<string, () => FuzzedDecoder[]>> = {
  protocol: () => [createFuzzedPackets(), createFuzzedMessages(), createFuzzedSnapshots()],
  zone: () => [createFuzzedZone()],
  recording: () => [createFuzzedRecording()],
};

/** The decoders of a target. Throws `RangeError` on a name that is none. */
export function createDecoders(target: string): FuzzedDecoder[] {
  const create = Object.hasOwn(TARGETS, target) ? TARGETS[target] : undefined;
  if (create === undefined) throw new RangeError(`expected one of ${Object.keys(TARGETS).join(", ")}, got "${target}"`);
  return create();
}
