import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MessageDecoder } from "../../../../scripts/protocol/message-decoder.ts";
import { MessageEncoder } from "../../../../scripts/protocol/message-encoder.ts";
import { MessageLog, type MessageLogOptions } from "../../../../scripts/protocol/message-log/message-log.ts";
import { createPacketHeader } from "../../../../scripts/protocol/packet-header.ts";

const encoder = new MessageEncoder();
const header = { ...createPacketHeader(), sessionEpoch: 7, sequence: 12, ack: 34, ackBits: 0xff };
const ping = encoder.sequenced.encodePing(header, { sentAtMs: 5 }).slice();
const bye = encoder.sequenced.encodeBye(header, { reasonCode: "left" }).slice();
const legacyPing = encoder.legacy.encodePing(header, { sentAtMs: 6 }).slice();

function helloOf(playerName: string): Uint8Array {
  const hello = { protocolMajor: 1, protocolMinor: 2, playerName, clientBuild: "test", capabilities: [] };
  return encoder.sequenced.encodeHello(createPacketHeader(), hello).slice();
}

function startLog(options: Partial<MessageLogOptions> = {}) {
  const lines: string[] = [];
  const time = { nowMs: Date.UTC(2026, 0, 2, 3, 4, 5, 678) };
  const log = new MessageLog({
    reader: new MessageDecoder(),
    write: (line) => lines.push(line),
    nowMs: () => time.nowMs,
    ...options,
  });
  return { log, lines, time };
}

describe("MessageLog", () => {
  it("writes when, which way, with whom, how written, in what order and what", () => {
    const { log, lines } = startLog();
    log.received("Ada", ping);
    log.sent("Bob", bye);
    log.received("Eve", legacyPing);
    expect(lines).toEqual([
      `03:04:05.678 <- Ada v2 epoch 7 #12 ack 34/000000ff Ping, ${ping.length} B: sent at 5 ms`,
      `03:04:05.678 -> Bob v2 epoch 7 #12 ack 34/000000ff Bye, ${bye.length} B: left`,
      `03:04:05.678 <- Eve v1 Ping, ${legacyPing.length} B: sent at 6 ms`,
    ]);
  });

  it("says of what cannot be read why not", () => {
    const { log, lines } = startLog();
    log.received("Ada", ping.subarray(0, 21));
    log.received("Ada", new Uint8Array([1, 2, 3]));
    expect(lines[0]).toMatch(/Ada v2 unreadable, 21 B: bad_length: .*expected/);
    expect(lines[1]).toMatch(/Ada v2 unreadable, 3 B: too_short: .*expected/);
  });

  it("survives any bytes from anybody, one readable line each", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 60 }).map((tail) => new Uint8Array([...ping.subarray(0, 8), ...tail])),
      fc.uint8Array({ maxLength: 60 }).map((tail) => new Uint8Array([0x94, ...tail])),
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), bytes, (peer, packet) => {
        const { log, lines } = startLog();
        log.received(peer, packet);
        expect(lines).toHaveLength(1);
        expect(lines[0]).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(lines[0]?.length).toBeLessThan(2_400);
      }),
      { numRuns: 500 },
    );
  });

  it("is bounded per second, says how much was left out, and keeps room for what is rare", () => {
    const { log, lines, time } = startLog({ linesPerSecond: 3 });
    for (let i = 0; i < 10; i += 1) log.received("Ada", ping);
    log.received("Ada", bye);
    expect(lines.map((line) => line.split(" ").slice(1, 3).join(" "))).toEqual([
      "<- Ada",
      "<- Ada",
      "<- Ada",
      "7 lines",
      "<- Ada",
    ]);
    expect(lines[3]).toBe("03:04:05.678 7 lines left out");
    expect(lines[4]).toContain("Bye");
    time.nowMs += 1_000;
    log.received("Ada", ping);
    expect(lines[5]).toContain("Ping");
  });

  it("can be about one player, by name in any case of letters", () => {
    const { log, lines } = startLog({ only: "ada lovelace" });
    log.received("Ada Lovelace", ping);
    log.received("Ada", ping);
    log.sent("Bob", bye);
    expect(lines).toHaveLength(1);
  });

  it("shows that player's Hello, and what is said to the address that it came from", () => {
    const { log, lines } = startLog({ only: "Ada" });
    log.received("127.0.0.1:5", helloOf("Bob"));
    log.received("127.0.0.1:6", ping);
    log.received("127.0.0.1:6", helloOf("ADA"));
    log.sent("127.0.0.1:5", bye);
    log.sent("127.0.0.1:6", bye);
    expect(lines.map((line) => line.replace(/^\S+ /, "").replace(/ v2.*\d+ B:/, ""))).toEqual([
      '<- 127.0.0.1:6 "ADA" speaks 1.2, build "test", can nothing by name',
      "-> 127.0.0.1:6 left",
    ]);
  });
});
