import { LogBuckets } from "../../scripts/protocol/metering/log-buckets.ts";
import { MessageMeter } from "../../scripts/protocol/metering/message-meter.ts";
import { PROTOCOL_MAJOR, PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import type { ZoneCounters } from "../zone/zone-counters.ts";
import { DurationHistogram } from "./duration-histogram.ts";
import { exposeCombat, type MeasuredCombat } from "./expose-combat.ts";
import { exposeMessages } from "./expose-messages.ts";
import { exposeProcess, exposeTicks, exposeZone } from "./expose-zone.ts";
import type { Health } from "./metrics-endpoint.ts";
import { PrometheusText } from "./prometheus-text.ts";

/** Nanoseconds: 66 us to 268 ms, in steps of an eighth of an octave. A tick has 16.7 ms, and by how much it keeps to them matters. */
const TICK_BUCKETS = new LogBuckets(2 ** 16, 2 ** 28, 8);
/** Of a tick, what fighting takes: 1 us to 67 ms, in steps of a quarter of an octave. */
const COMBAT_TICK_BUCKETS = new LogBuckets(2 ** 10, 2 ** 26, 4);
/** Ticks come 60 times a second: when none came for so long, the zone stands still. */
const STANDSTILL_NS = 2e9;

/** What metrics want to know of the zone server, which is made after them. */
export interface MeasuredZone {
  readonly counters: Readonly<ZoneCounters>;
  /** Absent where nobody fights. */
  readonly combat?: MeasuredCombat | undefined;
}

/** Everything that is measured about one zone process, as text for a scraper and as health for a probe. */
export class ZoneMetrics {
  readonly meter: MessageMeter;
  /** Around each tick: `start` and `stop`. */
  readonly ticks: DurationHistogram;
  /** Around the fighting of each tick. */
  readonly combatTicks: DurationHistogram;
  #ticksSeen = -1;
  #tickSeenAtNs = 0;

  /** `nowNs`: monotonic clock, nanoseconds. */
  constructor(
    private readonly zoneName: string,
    private readonly nowNs: () => number,
  ) {
    this.meter = new MessageMeter({ nowNs });
    this.ticks = new DurationHistogram(nowNs, TICK_BUCKETS);
    this.combatTicks = new DurationHistogram(nowNs, COMBAT_TICK_BUCKETS);
  }

  /** The Prometheus text format. */
  text(zone: MeasuredZone): string {
    const text = new PrometheusText();
    const protocol = `${PROTOCOL_MAJOR}.${PROTOCOL_MINOR}`;
    exposeProcess(text, { zone: this.zoneName, protocol, node: process.version });
    exposeZone(text, zone.counters);
    exposeTicks(text, this.ticks);
    if (zone.combat !== undefined) exposeCombat(text, zone.combat, this.combatTicks);
    exposeMessages(text, this.meter);
    return text.toString();
  }

  /** Healthy as long as ticks go by. */
  health({ counters }: MeasuredZone): Health {
    const nowNs = this.nowNs();
    if (counters.ticks !== this.#ticksSeen) {
      this.#ticksSeen = counters.ticks;
      this.#tickSeenAtNs = nowNs;
    }
    const { ticks, players } = counters;
    return { ok: nowNs - this.#tickSeenAtNs < STANDSTILL_NS, detail: { zone: this.zoneName, ticks, players } };
  }
}
