import { writeFileSync } from "node:fs";
import { createInput } from "../../scripts/protocol/create-messages.ts";
import { CODES, TURN_CODES } from "../../scripts/protocol/input-codec/input-codes.ts";
import { InputDeltaEncoder } from "../../scripts/protocol/input-delta-encoder.ts";
import { MAX_COMMANDS_PER_INPUT } from "../../scripts/protocol/messages.ts";
import { createPacketHeader } from "../../scripts/protocol/packet-header.ts";
import { type CommandTrace, fillInput } from "../bench/protocol/command-trace.ts";
import { loadZone } from "../bench/protocol/load-zone.ts";
import { makeMouseTrace } from "../bench/protocol/mouse-trace.ts";
import { recordTrace } from "../bench/protocol/record-trace.ts";
import { CountingWriter } from "./counting-writer.ts";
import { huffmanLengths } from "./huffman-lengths.ts";

// Counts anew what the input codec's codes rest on, over traces of other seeds than the benchmark's. Changes the wire format!

const OUTPUT = "scripts/protocol/input-codec/trained-lengths.ts";
const TICKS = 1_800;
const COMMAND_COUNTS = [4, 6, 8];
/** From a hand that hardly turns the view to one that whirls it around. */
const RADIANS_PER_COUNT = [0.0006, 0.0013, 0.002, 0.0035, 0.005];
/** Unlikely symbols are seen now and then all the same, in parts of everything that was seen. */
const UNSEEN_PART = 0.002;

/** Packets carry twice the commands of a tick and one to four packets before; the ends of a repetition carry any number. */
const COUNT_WEIGHTS = Array.from({ length: 18 }, (_, count) => {
  if (count === 6 || count === 8) return 16;
  if (count === 4) return 8;
  return count === 2 || count === 10 || count === 12 ? 4 : count === 14 || count === 16 ? 2 : 1;
});
/** A zone server runs for a quarter of an hour to three days: 17 to 24 bits of tick. */
const TICK_WEIGHTS = Array.from({ length: 33 }, (_, bits) => (bits >= 17 && bits <= 24 ? 8 : 1));

function ackWeights(): number[] {
  const weights = new Array<number>(33).fill(0.01);
  // A round trip, two ticks in the server's queue, and up to three since the newest snapshot.
  for (let rttMs = 10; rttMs < 400; rttMs += 5) {
    for (let age = 0; age < 3; age++) {
      const bits = 32 - Math.clz32(Math.round((rttMs * 60) / 1000) + 2 + age);
      weights[bits] = (weights[bits] ?? 0) + Math.exp(-rttMs / 100) / 12;
    }
  }
  return weights;
}

function count(writer: CountingWriter, trace: CommandTrace, weight: number): void {
  const encoder = new InputDeltaEncoder(writer);
  const input = createInput();
  const header = createPacketHeader();
  writer.weight = weight / trace.players;
  for (let player = 0; player < trace.players; player++) {
    for (let tick = MAX_COMMANDS_PER_INPUT; tick < trace.ticks; tick += 2) {
      for (const commands of COMMAND_COUNTS) {
        fillInput(input, trace, player, tick, commands, 1);
        encoder.encode(header, input);
      }
    }
  }
}

function smoothed(weights: readonly number[]): string {
  const seen = weights.reduce((total, weight) => total + weight, 0);
  return huffmanLengths(weights.map((weight) => weight + Math.max(seen, 1) * UNSEEN_PART));
}

const writer = new CountingWriter();
const zone = loadZone("shore");
for (const seed of [101, 102, 103]) count(writer, recordTrace(zone, 40, TICKS / 60, seed).commands, 1);
for (const [index, radians] of RADIANS_PER_COUNT.entries())
  count(writer, makeMouseTrace(10, TICKS, 101 + index, radians), 2);

const lengths = {
  count: huffmanLengths(COUNT_WEIGHTS),
  tick: huffmanLengths(TICK_WEIGHTS),
  ack: huffmanLengths(ackWeights()),
  moveX: smoothed(writer.weightsOf(CODES.moveX)),
  moveZ: smoothed(writer.weightsOf(CODES.moveZ)),
  buttons: smoothed(writer.weightsOf(CODES.buttons)),
  changes: smoothed(writer.weightsOf(CODES.changes)),
  pitch: smoothed(writer.weightsOf(CODES.pitch)),
};
const turns = TURN_CODES.map((code) => smoothed(writer.weightsOf(code)));

writeFileSync(
  OUTPUT,
  `// Counted over traces: written by \`node dist/tools/input-tables/main.js\`, not by hand. Part of the wire format: another set is another
// capability. Lengths of a code's words, one digit of base 16 for each symbol; \`prefix-code.ts\` says what the words are.

export const TRAINED_LENGTHS = {
${Object.entries(lengths)
  .map(([name, digits]) => `  ${name}: "${digits}",`)
  .join("\n")}
  turns: [
${turns.map((digits) => `    "${digits}",`).join("\n")}
  ],
} as const;
`,
);
process.stderr.write(`wrote ${OUTPUT}\n`);
