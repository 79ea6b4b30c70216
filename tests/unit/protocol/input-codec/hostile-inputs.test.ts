import { describe, expect, test } from "vitest";
import { BitWriter } from "../../../../scripts/protocol/input-codec/bit-writer.ts";
import { writeNatural, writeSigned } from "../../../../scripts/protocol/input-codec/coded-number.ts";
import { Change, CODES, MoveSymbol, turnCode } from "../../../../scripts/protocol/input-codec/input-codes.ts";
import type { Input } from "../../../../scripts/protocol/messages.ts";
import { MessageType } from "../../../../scripts/protocol/messages.ts";
import { PacketDecoder } from "../../../../scripts/protocol/packet-decoder.ts";
import { PacketEncoder } from "../../../../scripts/protocol/packet-encoder.ts";
import { createPacketHeader, HEADER_BYTES } from "../../../../scripts/protocol/packet-header.ts";
import { usedInput } from "../../../../tools/schemas/decoded-message.ts";
import { createSeededRandom } from "../../../fixtures/seeded-random.ts";
import { inputsOf, restlessWalk } from "./walks.ts";

const RANDOM_BODIES = 100_000;
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const encoder = new PacketEncoder();
const decoder = new PacketDecoder();
const otherDecoder = new PacketDecoder();
const header = createPacketHeader();

/** A packet with that body; its header is right. */
function packetOf(body: Uint8Array): Uint8Array {
  const packet = new Uint8Array(HEADER_BYTES + body.length);
  const { commands } = { commands: [] };
  packet.set(
    encoder.encodeInputDelta(header, { ackServerTick: 0, commandCount: 0, commands }).subarray(0, HEADER_BYTES),
  );
  packet[8] = body.length;
  packet[9] = body.length >> 8;
  packet.set(body, HEADER_BYTES);
  return packet;
}

/** A body written bit by bit. */
function bodyOf(write: (writer: BitWriter) => void): Uint8Array {
  const writer = new BitWriter();
  const bytes = new Uint8Array(300);
  writer.start(bytes, 0);
  write(writer);
  return bytes.slice(0, writer.finish());
}

/** The newest command up to and with its pitch, of an input of `count`. */
function writeNewest(writer: BitWriter, { count = 1, tick = 100, pitch = 0 }): void {
  writer.symbol(CODES.count, count);
  writeNatural(writer, CODES.tick, tick);
  writeNatural(writer, CODES.ack, 5);
  writer.bits(0, 16);
  writeSigned(writer, CODES.pitch, pitch);
}

function writeStanding(writer: BitWriter): void {
  writer.symbol(CODES.moveX, MoveSymbol.none);
  writer.symbol(CODES.moveZ, MoveSymbol.none);
  writer.symbol(CODES.buttons, 0);
}

function refusal(body: Uint8Array): string {
  return decoder.decode(packetOf(body)) === 0 ? `${decoder.error}: ${decoder.detail}` : "";
}

function taken(body: Uint8Array): Input {
  expect(decoder.decode(packetOf(body)), decoder.detail).toBe(MessageType.inputDelta);
  return usedInput(decoder.input);
}

/** Holds every promise of the decoder for a packet. */
function holdsPromises(packet: Uint8Array, hint: string): boolean {
  const type = decoder.decode(packet);
  if (otherDecoder.decode(packet) !== type || otherDecoder.detail !== decoder.detail) {
    throw new Error(`${hint}: two decoders differ: "${decoder.detail}" and "${otherDecoder.detail}"`);
  }
  if (type === 0) {
    if (decoder.error !== "bad_structure" && decoder.error !== "out_of_range")
      throw new Error(`${hint}: ${decoder.error}`);
    if (decoder.detail === "") throw new Error(`${hint}: refused without a detail`);
    return false;
  }
  if (decoder.error !== "" || type !== MessageType.inputDelta) throw new Error(`${hint}: taken as ${type}`);
  const before = JSON.stringify(usedInput(decoder.input));
  if (JSON.stringify(usedInput(otherDecoder.input)) !== before) throw new Error(`${hint}: two decoders differ`);
  // Whatever is taken can be said: the encoder throws on a value that is out of range.
  const again = encoder.encodeInputDelta(header, decoder.input);
  decoder.decode(again);
  if (JSON.stringify(usedInput(decoder.input)) !== before) throw new Error(`${hint}: encoded again it is another`);
  return true;
}

describe("[P20] [P21] the decoder takes any bytes", () => {
  test("every truncation of every packet of a walk is refused, at every length", () => {
    for (const count of [0, 1, 2, 6, 16]) {
      for (const input of inputsOf(restlessWalk(60, 5_000_000, 2), count)) {
        const body = encoder.encodeInputDelta(header, input).slice(HEADER_BYTES);
        expect(refusal(body)).toBe("");
        for (let length = 0; length < body.length; length++) {
          expect(refusal(body.subarray(0, length))).toMatch(/^bad_structure: InputDelta: expected more bits/);
        }
      }
    }
  });

  test("[P108] bytes behind the end are refused, and bits that are not zero", () => {
    const body = bodyOf((writer) => {
      writeNewest(writer, {});
      writeStanding(writer);
    });
    expect(refusal(body)).toBe("");
    expect(refusal(Uint8Array.of(...body, 0))).toMatch(/^bad_structure/);
    const last = body.length - 1;
    expect(refusal(body.with(last, (body[last] ?? 0) | 1))).toMatch(/^bad_structure/);
  });

  test(`${RANDOM_BODIES} bodies of noise and damage, FUZZ_SEED=${SEED}`, () => {
    const random = createSeededRandom(SEED);
    const whole = (below: number) => Math.floor(random() * below);
    const good = inputsOf(restlessWalk(100, 5_000_000, 7), 6).map((input) =>
      encoder.encodeInputDelta(header, input).slice(),
    );
    let accepted = 0;
    for (let i = 0; i < RANDOM_BODIES; i++) {
      let packet: Uint8Array = good[whole(good.length)] ?? new Uint8Array();
      if (i % 4 === 0) packet = packetOf(Uint8Array.from({ length: whole(40) }, () => whole(256)));
      else {
        packet = packet.slice();
        for (let flips = 1 + whole(3); flips > 0; flips--) {
          const at = HEADER_BYTES + whole(packet.length - HEADER_BYTES);
          packet[at] = (packet[at] ?? 0) ^ (1 << whole(8));
        }
      }
      if (holdsPromises(packet, `FUZZ_SEED=${SEED}, body ${i}: ${Buffer.from(packet).toString("hex")}`)) accepted++;
    }
    expect(accepted).toBeGreaterThan(1_000);
    expect(accepted).toBeLessThan(RANDOM_BODIES / 2);
  });

  test("every value of every byte of a packet", () => {
    const [input] = inputsOf(restlessWalk(40, 70_000, 5), 16);
    if (input === undefined) throw new Error("a walk has no input");
    const packet = encoder.encodeInputDelta(header, input).slice();
    for (let at = HEADER_BYTES; at < packet.length; at++) {
      for (let value = 0; value < 256; value++) holdsPromises(packet.with(at, value), `byte ${at} = ${value}`);
    }
  });
});

describe("[P100] [P108] the rules of Input hold", () => {
  test.each<[string, RegExp, (writer: BitWriter) => void]>([
    [
      "a wish of -128",
      /^out_of_range: Command.move_x: expected -127 to 127, got -128/,
      (writer) => {
        writeNewest(writer, {});
        writer.symbol(CODES.moveX, MoveSymbol.any);
        writer.bits(0x80, 8);
        writer.symbol(CODES.moveZ, MoveSymbol.none);
        writer.symbol(CODES.buttons, 0);
      },
    ],
    [
      "a pitch past straight up",
      /^out_of_range: Command.pitch: expected -16384 to 16384, got 16385/,
      (writer) => {
        writeNewest(writer, { pitch: 16_385 });
        writeStanding(writer);
      },
    ],
    [
      "a pitch that turns past straight down",
      /^out_of_range: Command.pitch.*got -20000/,
      (writer) => {
        writeNewest(writer, { count: 2 });
        writeStanding(writer);
        writer.symbol(CODES.changes, Change.pitch);
        writeSigned(writer, turnCode(1, 0, 0), -20_000);
      },
    ],
    [
      "a first tick of 0",
      /^out_of_range: Input.first_tick: expected 1 to 4294967291, got 0/,
      (writer) => {
        writeNewest(writer, { count: 5, tick: 4 });
        writeStanding(writer);
        writer.symbol(CODES.changes, 0);
      },
    ],
    [
      "a newest tick of 0",
      /^out_of_range: Input.first_tick/,
      (writer) => {
        writeNewest(writer, { tick: 0 });
        writeStanding(writer);
      },
    ],
    [
      "a keyframe that is needed twice",
      /^out_of_range: InputDelta/,
      (writer) => {
        writer.symbol(CODES.count, 17);
        writer.symbol(CODES.count, 17);
      },
    ],
  ])("%s is refused", (_, reason, write) => {
    expect(refusal(bodyOf(write))).toMatch(reason);
  });

  test("[P43] buttons that nobody knows are not pressed", () => {
    const body = bodyOf((writer) => {
      writeNewest(writer, {});
      writer.symbol(CODES.moveX, MoveSymbol.none);
      writer.symbol(CODES.moveZ, MoveSymbol.none);
      writer.symbol(CODES.buttons, 4);
      writer.bits(0xfe, 8);
    });
    expect(taken(body).commands[0]?.buttons).toBe(6);
  });

  test("[P106] a difference that is none is taken", () => {
    const body = bodyOf((writer) => {
      writeNewest(writer, { count: 2 });
      writeStanding(writer);
      writer.symbol(CODES.changes, Change.controls | Change.yaw);
      writer.bits(1, 1);
      writeStanding(writer);
      writeSigned(writer, turnCode(1, 0, 0), 0);
    });
    const { commands } = taken(body);
    expect(commands[0]).toEqual({ ...commands[1], tick: 99 });
  });
});
