import { expect, it } from "vitest";
import { createTelemetry } from "../../../../scripts/client/telemetry.ts";
import { TrafficRates } from "../../../../scripts/game/overlay/traffic-rates.ts";
import { MessageType } from "../../../../scripts/protocol/messages.ts";
import { NEWCOMER_COHORT } from "../../../../scripts/protocol/metering/cohort.ts";
import { Direction, MessageMeter } from "../../../../scripts/protocol/metering/message-meter.ts";

const SEQUENCED = 0x44;
const LEGACY = 0x93;
const packet = (first: number, bytes: number) => new Uint8Array(bytes).fill(first, 0, 1);

function createTraffic() {
  const meter = new MessageMeter({ nowNs: () => 0 });
  const telemetry = createTelemetry();
  const rates = new TrafficRates();
  const play = (fromMs: number, untilMs: number, snapshotBytes: number) => {
    for (let ms = fromMs; ms <= untilMs; ms += 50) {
      meter.received(NEWCOMER_COHORT, MessageType.snapshotDelta, packet(SEQUENCED, snapshotBytes));
      telemetry.packetsIn += 1;
      telemetry.bytesIn += snapshotBytes;
      if (ms % 250 === 0) rates.sample(ms, meter, telemetry);
    }
  };
  return { meter, telemetry, rates, play };
}

it("knows nothing before its second sample", () => {
  const { meter, telemetry, rates } = createTraffic();
  expect(rates.bytesInPerSecond).toBeNaN();
  rates.sample(0, meter, telemetry);
  expect(rates.packetsOutPerSecond).toBeNaN();
  expect(rates.byType()).toEqual([]);
});

it("gives messages and bytes per second by type and direction, both codecs together, most bytes first", () => {
  const { meter, telemetry, rates, play } = createTraffic();
  play(0, 2000, 60);
  rates.sample(2500, meter, telemetry);
  for (let i = 0; i < 10; i += 1) {
    meter.sent(NEWCOMER_COHORT, MessageType.input, packet(i % 2 === 0 ? SEQUENCED : LEGACY, 400));
  }
  rates.sample(3000, meter, telemetry);
  const [first, second] = rates.byType();
  expect(first).toMatchObject({ name: "Input", direction: Direction.out });
  // Ten messages of 400 bytes, over the nine samples since 500 ms.
  expect(first?.bytesPerSecond).toBeCloseTo(4000 / 2.5, 5);
  expect(first?.messagesPerSecond).toBeCloseTo(10 / 2.5, 5);
  expect(second).toMatchObject({ name: "SnapshotDelta", direction: Direction.in });
});

it("follows a change within two seconds, and begins anew after it was not asked for long", () => {
  const { rates, play } = createTraffic();
  play(0, 3000, 60);
  expect(rates.packetsInPerSecond).toBeCloseTo(20, 5);
  expect(rates.bytesInPerSecond).toBeCloseTo(1200, 5);
  play(3050, 5250, 300);
  expect(rates.bytesInPerSecond).toBeCloseTo(6000, 5);
  play(60_000, 60_000, 60);
  expect(rates.bytesInPerSecond).toBeNaN();
});
