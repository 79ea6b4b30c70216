import { describe, expect, test } from "vitest";
import { createAction, createActionEvent, createActionResult } from "../../../../scripts/protocol/create-messages.ts";
import { MessageDecoder } from "../../../../scripts/protocol/message-decoder.ts";
import { MessageEncoder } from "../../../../scripts/protocol/message-encoder.ts";
import type { MessageType } from "../../../../scripts/protocol/messages.ts";
import { createPacketHeader } from "../../../../scripts/protocol/packet-header.ts";
import { decodedMessage } from "../../../../tools/schemas/decoded-message.ts";
import { isInBothCodecs, writeDecoded } from "../../../../tools/schemas/write-decoded.ts";
import { createSeededRandom } from "../../../fixtures/seeded-random.ts";
import { readGoldenPackets } from "../frozen-packets.ts";

const RANDOM_INPUTS = 100_000;
const encoder = new MessageEncoder();
const decoder = new MessageDecoder();
/** Reads other packets in between: an answer that differs depends on what was left over. */
const otherDecoder = new MessageDecoder();
const header = { ...createPacketHeader(), sessionEpoch: 4_711 };

function legacyPackets(): { name: string; bytes: Uint8Array }[] {
  const packets: { name: string; bytes: Uint8Array }[] = [];
  for (const { name, bytes } of [...readGoldenPackets("1.0"), ...readGoldenPackets("1.1")]) {
    const type = decoder.decode(bytes);
    if (type === 0 || !isInBothCodecs(type)) continue;
    packets.push({ name, bytes: writeDecoded(encoder.legacy, decoder, type, header).slice() });
  }
  const features = encoder.legacy.encodeFeatures(header, { capabilities: ["protocol_v1", "reject_reason_v1"] });
  packets.push({ name: "features", bytes: features.slice() });
  const problem = encoder.legacy.encodeFeatureProblem(header, { capability: "snapshot_delta_v1", detail: "ü" });
  packets.push({ name: "feature-problem", bytes: problem.slice() });
  const { legacy } = encoder;
  const action = {
    ...createAction(),
    actionId: 9,
    kind: "strike" as const,
    tick: 700,
    viewTick: 690,
    targetEntityId: 4,
  };
  packets.push({ name: "action", bytes: legacy.encodeAction(header, action).slice() });
  const result = { ...createActionResult(), actionId: 9, outcome: "hit" as const, serverTick: 704, rewoundMs: 233 };
  packets.push({ name: "action-result", bytes: legacy.encodeActionResult(header, result).slice() });
  const event = { ...createActionEvent(), serverTick: 704, attackerEntityId: 3, targetEntityId: 4 };
  packets.push({ name: "action-event", bytes: legacy.encodeActionEvent(header, event).slice() });
  return packets;
}

const originals = legacyPackets();
/** Messages up to so long are tried with every value of every byte, longer ones with odd values. */
const SMALL_BYTES = 120;

/** Holds every promise of the decoder for `bytes`. `hint` says how to make them again. */
function holdsPromises(bytes: Uint8Array, hint: () => string): MessageType | 0 {
  const type = decoder.decode(bytes);
  const otherType = otherDecoder.decode(bytes);
  if (otherType !== type || otherDecoder.detail !== decoder.detail) {
    throw new Error(`${hint()}: two decoders differ: "${decoder.detail}" and "${otherDecoder.detail}"`);
  }
  if (type === 0) {
    if (decoder.error === "" || decoder.detail === "") throw new Error(`${hint()}: refused without a reason`);
    return 0;
  }
  if (decoder.error !== "") throw new Error(`${hint()}: taken with error ${decoder.error}`);
  if (!isInBothCodecs(type)) throw new Error(`${hint()}: a message that only the other codec has`);
  // Whatever is taken can also be said, in both codecs: the encoders throw on a value that is out of range.
  const before = JSON.stringify(decodedMessage(decoder, type));
  if (JSON.stringify(decodedMessage(otherDecoder, type)) !== before) throw new Error(`${hint()}: two messages differ`);
  for (const writer of [encoder.sequenced, encoder.legacy]) {
    const again = writeDecoded(writer, decoder, type, decoder.header);
    if (otherDecoder.decode(again) !== type) throw new Error(`${hint()}: then refused: ${otherDecoder.detail}`);
    const after = JSON.stringify(decodedMessage(otherDecoder, type));
    if (after !== before && !before.includes("traceId")) throw new Error(`${hint()}: ${before} became ${after}`);
  }
  return type;
}

const ODD_BYTES = [
  0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xc4, 0xc7, 0xca, 0xcb, 0xcc, 0xcf,
];
ODD_BYTES.push(0xd3, 0xd6, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xff);

const ALL_BYTES = Array.from({ length: 256 }, (_, byte) => byte);

/** A packet with some damage: bytes set, put in, taken out, repeated, cut off or taken from another one. */
function damagedPacket(random: () => number): Uint8Array {
  const pick = (count: number) => random() % count;
  const any = () => originals[pick(originals.length)]?.bytes ?? new Uint8Array(0);
  let bytes = [...any()];
  for (let damage = 1 + pick(3); damage > 0 && bytes.length > 0; damage--) {
    const at = pick(bytes.length);
    const odd = pick(2) === 0 ? (ODD_BYTES[pick(ODD_BYTES.length)] ?? 0) : random() & 0xff;
    const kind = pick(8);
    if (kind < 4) bytes[at] = odd;
    else if (kind === 4) bytes.splice(at, 0, odd);
    else if (kind === 5) bytes.splice(at, 1 + pick(4));
    else if (kind === 6) bytes.splice(at, 0, ...new Array(1 + pick(200)).fill(odd));
    else bytes = [...bytes.slice(0, at), ...any().subarray(pick(at + 1))];
  }
  return Uint8Array.from(bytes);
}

describe("[P20] the decoder of protocol_v1 takes any bytes", () => {
  test.each(originals)("every value of every byte of $name", ({ name, bytes }) => {
    let refused = 0;
    const copy = Uint8Array.from(bytes);
    const values = bytes.length <= SMALL_BYTES ? ALL_BYTES : ODD_BYTES;
    for (const [at, original] of bytes.entries()) {
      for (const value of values) {
        copy[at] = value;
        if (holdsPromises(copy, () => `${name}, byte ${at} = ${value}`) === 0) refused++;
      }
      copy[at] = original;
    }
    // Nearly every byte is structure, or begins a number or a text.
    expect(refused).toBeGreaterThan((bytes.length * values.length) / 2);
  });

  test("every truncation of every message", () => {
    for (const { name, bytes } of originals) {
      for (let length = 0; length < bytes.length; length++) {
        expect(
          holdsPromises(bytes.subarray(0, length), () => `${name} cut to ${length}`),
          name,
        ).toBe(0);
        expect(decoder.error).toBe(length === 0 ? "too_short" : "bad_structure");
      }
      expect(holdsPromises(bytes, () => name)).not.toBe(0);
    }
  });

  test(`${RANDOM_INPUTS} damaged packets`, () => {
    const seed = Number(process.env.DARKAGES_SEED ?? Date.now() % 0xffff_ffff);
    const uniform = createSeededRandom(seed);
    const random = () => Math.floor(uniform() * 2 ** 32);
    const errors = new Set<string>();
    let taken = 0;
    for (let i = 0; i < RANDOM_INPUTS; i++) {
      const bytes = damagedPacket(random);
      otherDecoder.decode(originals[i % originals.length]?.bytes ?? bytes);
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
    for (const error of ["bad_structure", "missing_field", "bad_type", "bad_version", "too_many", "bad_utf8"]) {
      expect(errors).toContain(error);
    }
    expect(errors).toContain("out_of_range");
  });
});
