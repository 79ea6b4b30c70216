import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MessageDecoder } from "../../../../scripts/protocol/message-decoder.ts";
import { isReliable } from "../../../../scripts/protocol/message-delivery.ts";
import { isReliablePacket } from "../../../../scripts/transport/conditioner/packet-delivery.ts";

const GOLDEN = new URL("../../../golden/", import.meta.url);
const packets = readdirSync(GOLDEN, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".bin"));

describe("isReliablePacket", () => {
  it("knows of every packet that was ever written how it travels, by its type", () => {
    const decoder = new MessageDecoder();
    const seen = { true: 0, false: 0, legacy: 0 };
    for (const name of packets) {
      const bytes = Uint8Array.from(readFileSync(new URL(name, GOLDEN)));
      const type = decoder.decode(bytes);
      if (type === 0) continue;
      expect(isReliablePacket(bytes), name).toBe(isReliable(type));
      seen[`${isReliable(type)}`] += 1;
      if (name.includes("legacy-")) seen.legacy += 1;
    }
    expect(seen.true).toBeGreaterThan(10);
    expect(seen.false).toBeGreaterThan(10);
    expect(seen.legacy).toBeGreaterThan(10);
  });

  it("takes what is no packet of ours for reliable", () => {
    for (const bytes of [
      [],
      [0x44],
      [0x94, 1, 0xa4],
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
      [0x44, 0x41, 0x52, 0x4b, 1, 2, 200, 0],
    ]) {
      expect(isReliablePacket(Uint8Array.from(bytes)), JSON.stringify(bytes)).toBe(true);
    }
  });
});
