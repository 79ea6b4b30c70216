import { describe, expect, test } from "vitest";
import type { MessageType } from "../../../scripts/protocol/messages.ts";
import { PacketDecoder } from "../../../scripts/protocol/packet-decoder.ts";
import { PacketEncoder } from "../../../scripts/protocol/packet-encoder.ts";
import { HEADER_BYTES } from "../../../scripts/protocol/packet-header.ts";
import { MAX_PACKET_BYTES } from "../../../scripts/protocol/wire-limits.ts";
import { encodeDecoded } from "../../../tools/schemas/decoded-message.ts";
import { createSeededRandom } from "../../fixtures/seeded-random.ts";
import { readGoldenPackets } from "./frozen-packets.ts";

const RANDOM_INPUTS = 200_000;
/** Those of the sequenced codec: the legacy one has a test of its own kind. */
const golden = ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5"]
  .flatMap((version) => readGoldenPackets(version).map(({ name, bytes }) => ({ version, name, bytes })))
  .filter(({ name }) => !name.startsWith("legacy-"));
const encoder = new PacketEncoder();
const otherEncoder = new PacketEncoder();
// Two decoders whose memory outside the packet differs: an answer that differs has been read from there.
const decoder = new PacketDecoder();
const otherDecoder = new PacketDecoder();

/** Fills everything that a decoder keeps of a packet with one byte. */
function poison(target: PacketDecoder, byte: number): void {
  const bytes = new Uint8Array(MAX_PACKET_BYTES).fill(byte);
  bytes.set(golden[0]?.bytes.subarray(0, HEADER_BYTES) ?? []);
  bytes[8] = (MAX_PACKET_BYTES - HEADER_BYTES) & 0xff;
  bytes[9] = (MAX_PACKET_BYTES - HEADER_BYTES) >> 8;
  expect(target.decode(bytes)).toBe(0);
  expect(["bad_structure", "missing_field"]).toContain(target.error);
}

function poisonBoth(): void {
  poison(decoder, 0);
  poison(otherDecoder, 0xff);
}

/** Holds every promise of the decoder for `bytes`. `hint` says how to make them again. */
function holdsPromises(bytes: Uint8Array, hint: () => string): MessageType | 0 {
  const type = decoder.decode(bytes);
  const otherType = otherDecoder.decode(bytes);
  if (otherType !== type || otherDecoder.detail !== decoder.detail) {
    throw new Error(`${hint()}: read outside the packet: "${decoder.detail}" and "${otherDecoder.detail}"`);
  }
  if (type === 0) {
    if (decoder.error === "" || decoder.detail === "") throw new Error(`${hint()}: refused without a reason`);
    return 0;
  }
  if (decoder.error !== "") throw new Error(`${hint()}: taken with error ${decoder.error}`);
  // Whatever is taken can also be said: the encoder throws on a value that is out of range. It says all that was read.
  const again = encodeDecoded(encoder, decoder, type);
  if (Buffer.compare(encodeDecoded(otherEncoder, otherDecoder, type), again) !== 0)
    throw new Error(`${hint()}: read outside the packet`);
  if (decoder.decode(again) !== type) throw new Error(`${hint()}: encoded again it is refused: ${decoder.detail}`);
  return type;
}

function fixBodyLength(bytes: Uint8Array): void {
  if (bytes.length < HEADER_BYTES) return;
  const body = bytes.length - HEADER_BYTES;
  bytes[8] = body & 0xff;
  bytes[9] = body >> 8;
}

const ODD_NUMBERS = [
  0, 1, 2, 4, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffc, 0xffff_ffff,
];

/** A golden packet with some damage, or noise, with or without a header that passes. */
function damagedPacket(random: () => number): Uint8Array {
  const pick = (count: number) => random() % count;
  if (pick(8) === 0) {
    const noise = Uint8Array.from({ length: pick(300) }, () => random() & 0xff);
    if (pick(2) === 0)
      noise.set((golden[pick(golden.length)]?.bytes ?? noise).subarray(0, Math.min(HEADER_BYTES, noise.length)));
    if (pick(4) !== 0) fixBodyLength(noise);
    return noise;
  }
  const original = golden[pick(golden.length)]?.bytes ?? Buffer.alloc(0);
  const longer = pick(4) === 0 ? pick(64) : 0;
  const shorter = pick(4) === 0 ? pick(original.length) : 0;
  const bytes = new Uint8Array(Math.max(0, original.length + longer - shorter));
  bytes.set(original.subarray(0, bytes.length));
  const view = new DataView(bytes.buffer);
  for (let damage = 1 + pick(4); damage > 0 && bytes.length > HEADER_BYTES + 4; damage--) {
    const at = HEADER_BYTES + pick(bytes.length - HEADER_BYTES - 3);
    const odd = ODD_NUMBERS[pick(ODD_NUMBERS.length)] ?? 0;
    if (pick(3) === 0) view.setUint32(at, odd, true);
    else if (pick(2) === 0) view.setUint16(at, odd & 0xffff, true);
    else bytes[at] = random() & 0xff;
  }
  // A body of another type: the tables do not fit.
  if (pick(8) === 0) bytes[6] = 1 + pick(16);
  fixBodyLength(bytes);
  return bytes;
}

describe("[P20] the decoder takes any bytes", () => {
  test.each(golden)("every value of every byte of $name of $version", ({ name, bytes }) => {
    poisonBoth();
    let refused = 0;
    const copy = Uint8Array.from(bytes);
    for (const [at, original] of bytes.entries()) {
      for (let value = 0; value < 256; value++) {
        copy[at] = value;
        if (holdsPromises(copy, () => `${name}, byte ${at} = ${value}`) === 0) refused++;
      }
      copy[at] = original;
    }
    // Any other magic alone is so many.
    expect(refused).toBeGreaterThan(4 * 255);
  });

  test("every truncation of every golden packet, with and without a matching length", () => {
    poisonBoth();
    for (const { name, bytes } of golden) {
      for (let length = 0; length < bytes.length; length++) {
        const cut = Uint8Array.from(bytes.subarray(0, length));
        expect(decoder.decode(cut)).toBe(0);
        expect(decoder.error).toBe(length < HEADER_BYTES ? "too_short" : "bad_length");
        fixBodyLength(cut);
        holdsPromises(cut, () => `${name} cut to ${length}`);
      }
    }
  });

  test(`${RANDOM_INPUTS} damaged packets`, () => {
    const seed = Number(process.env.DARKAGES_SEED ?? Date.now() % 0xffff_ffff);
    const uniform = createSeededRandom(seed);
    const random = () => Math.floor(uniform() * 2 ** 32);
    const errors = new Set<string>();
    let taken = 0;
    for (let i = 0; i < RANDOM_INPUTS; i++) {
      if (i % 64 === 0) poisonBoth();
      const bytes = damagedPacket(random);
      const hint = () => `DARKAGES_SEED=${seed}, input ${i}, ${Buffer.from(bytes).toString("hex")}`;
      try {
        if (holdsPromises(bytes, hint) === 0) errors.add(decoder.error);
        else taken++;
      } catch (cause) {
        throw new Error(hint(), { cause });
      }
    }
    // The inputs reach what they are meant to reach.
    expect(taken).toBeGreaterThan(1_000);
    for (const error of ["bad_structure", "missing_field", "too_many", "string_too_long", "bad_utf8", "out_of_range"]) {
      expect(errors).toContain(error);
    }
  });
});
