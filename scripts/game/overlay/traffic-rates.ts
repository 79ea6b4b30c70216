import type { Telemetry } from "../../client/telemetry.ts";
import type { MessageType } from "../../protocol/messages.ts";
import { NEWCOMER_COHORT } from "../../protocol/metering/cohort.ts";
import {
  Direction,
  type MessageMeter,
  SeriesField,
  seriesAt,
  TYPE_SLOTS,
} from "../../protocol/metering/message-meter.ts";
import { messageTypeName } from "../../protocol/metering/message-type-name.ts";
import { WireCodec } from "../../protocol/metering/wire-codec.ts";

/** Rates are means over so many samples, less at the beginning. */
const SAMPLES = 9;
const DIRECTIONS = [Direction.in, Direction.out] as const;
const SERIES = DIRECTIONS.length * TYPE_SLOTS;
/** What a sample holds: messages and bytes of each series, then of all packets in and out. */
const VALUES = 2 * SERIES + 4;
const TOTALS = 2 * SERIES;

export interface TrafficRate {
  name: string;
  direction: Direction;
  messagesPerSecond: number;
  bytesPerSecond: number;
}

/** Messages and bytes per second by type, as the meter counts them, and of all packets, as the telemetry does. */
export class TrafficRates {
  readonly #samples = Array.from({ length: SAMPLES }, () => new Float64Array(VALUES));
  readonly #timesMs = new Float64Array(SAMPLES);
  readonly #rates: TrafficRate[] = [];
  #written = 0;

  /** What happened until now. Call a few times per second; between two calls `resetAfterMs` or more apart the rates begin anew. */
  sample(nowMs: number, meter: MessageMeter, telemetry: Readonly<Telemetry>, resetAfterMs = 2000): void {
    if (this.#written > 0 && !(nowMs - this.#time(0) < resetAfterMs && nowMs >= this.#time(0))) this.#written = 0;
    const values = this.#samples[this.#written % SAMPLES];
    if (values === undefined) return;
    this.#timesMs[this.#written % SAMPLES] = nowMs;
    this.#written += 1;
    const series = meter.tables[NEWCOMER_COHORT]?.series;
    for (const direction of DIRECTIONS) {
      for (let type = 0; type < TYPE_SLOTS; type += 1) {
        const at = 2 * (direction * TYPE_SLOTS + type);
        values[at] = countOf(series, direction, type, SeriesField.messages);
        values[at + 1] = countOf(series, direction, type, SeriesField.bytes);
      }
    }
    values[TOTALS] = telemetry.packetsIn;
    values[TOTALS + 1] = telemetry.bytesIn;
    values[TOTALS + 2] = telemetry.packetsOut;
    values[TOTALS + 3] = telemetry.bytesOut;
  }

  get packetsInPerSecond(): number {
    return this.#rate(TOTALS);
  }

  get bytesInPerSecond(): number {
    return this.#rate(TOTALS + 1);
  }

  get packetsOutPerSecond(): number {
    return this.#rate(TOTALS + 2);
  }

  get bytesOutPerSecond(): number {
    return this.#rate(TOTALS + 3);
  }

  /** Types that were sent or received lately, most bytes first. The array is reused. */
  byType(): readonly TrafficRate[] {
    this.#rates.length = 0;
    for (const direction of DIRECTIONS) {
      for (let type = 0; type < TYPE_SLOTS; type += 1) {
        const at = 2 * (direction * TYPE_SLOTS + type);
        const messagesPerSecond = this.#rate(at);
        if (!(messagesPerSecond > 0)) continue;
        const name = messageTypeName(type);
        this.#rates.push({ name, direction, messagesPerSecond, bytesPerSecond: this.#rate(at + 1) });
      }
    }
    return this.#rates.sort((a, b) => b.bytesPerSecond - a.bytesPerSecond);
  }

  /** Growth per second of a value over the samples kept; NaN before the second sample. */
  #rate(at: number): number {
    const back = Math.min(this.#written, SAMPLES) - 1;
    if (back < 1) return Number.NaN;
    const elapsedMs = this.#time(0) - this.#time(back);
    return ((this.#value(0, at) - this.#value(back, at)) / elapsedMs) * 1000;
  }

  #time(back: number): number {
    return this.#timesMs[(this.#written - 1 - back) % SAMPLES] ?? 0;
  }

  #value(back: number, at: number): number {
    return this.#samples[(this.#written - 1 - back) % SAMPLES]?.[at] ?? 0;
  }
}

function countOf(series: Float64Array | undefined, direction: Direction, type: number, field: number): number {
  if (series === undefined) return 0;
  const legacy = series[seriesAt(direction, WireCodec.v1, type as MessageType | 0) + field] ?? 0;
  return legacy + (series[seriesAt(direction, WireCodec.v2, type as MessageType | 0) + field] ?? 0);
}
