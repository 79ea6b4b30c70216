import type { MessageType } from "../../scripts/protocol/messages.ts";
import { cohortLabel } from "../../scripts/protocol/metering/cohort.ts";
import {
  type CohortTable,
  Direction,
  type MessageMeter,
  refusalAt,
  SeriesField,
  SIZE_BUCKETS,
  seriesAt,
  TIME_BUCKETS,
  TYPE_SLOTS,
} from "../../scripts/protocol/metering/message-meter.ts";
import { messageTypeName } from "../../scripts/protocol/metering/message-type-name.ts";
import { REFUSALS } from "../../scripts/protocol/metering/refusal.ts";
import { WIRE_CODEC_NAMES, WireCodec } from "../../scripts/protocol/metering/wire-codec.ts";
import { boundTexts, type Labels, type PrometheusText } from "./prometheus-text.ts";

const SECONDS_PER_NANOSECOND = 1e-9;
const SIZE_BOUNDS = boundTexts(SIZE_BUCKETS.bounds);
const TIME_BOUNDS = boundTexts(TIME_BUCKETS.bounds, SECONDS_PER_NANOSECOND);
const CODECS = Object.values(WireCodec);
const DIRECTIONS = Object.entries(Direction);

/** Writes everything that a meter has counted. Series in which nothing was counted are left out. */
export function exposeMessages(text: PrometheusText, meter: MessageMeter): void {
  meter.settleSessions();
  text.family(
    "darkages_protocol_message_bytes",
    "histogram",
    "Sizes of messages, whole packets; the count is that of messages.",
  );
  forEachSeries(meter, ({ series }, at, labels) => {
    const sum = series[at + SeriesField.bytes] ?? 0;
    text.histogram("darkages_protocol_message_bytes", labels, SIZE_BOUNDS, series, at + SeriesField.sizes, sum);
  });
  text.family(
    "darkages_protocol_message_seconds",
    "histogram",
    "Time to encode (out) or decode (in) a message, of a random sample.",
  );
  forEachSeries(meter, ({ series }, at, labels) => {
    if ((series[at + SeriesField.timed] ?? 0) === 0) return;
    const sum = (series[at + SeriesField.nanoseconds] ?? 0) * SECONDS_PER_NANOSECOND;
    text.histogram("darkages_protocol_message_seconds", labels, TIME_BOUNDS, series, at + SeriesField.times, sum);
  });
  text.family("darkages_protocol_refusals_total", "counter", "Messages that could not be used, by reason.");
  forEachRefusal(meter, (count, labels) => text.sample("darkages_protocol_refusals_total", labels, count));
  text.family("darkages_protocol_sessions", "gauge", "Sessions by the features that they use.");
  forEachCohort(meter, ({ sessions }, cohort) => text.sample("darkages_protocol_sessions", { cohort }, sessions));
  text.family(
    "darkages_protocol_session_seconds_total",
    "counter",
    "Time that sessions have spent, by the features that they used.",
  );
  forEachCohort(meter, ({ sessionNanoseconds }, cohort) => {
    const seconds = sessionNanoseconds * SECONDS_PER_NANOSECOND;
    text.sample("darkages_protocol_session_seconds_total", { cohort }, seconds);
  });
}

function forEachCohort(meter: MessageMeter, visit: (table: CohortTable, cohort: string) => void): void {
  for (const [cohort, table] of meter.tables.entries()) if (table !== undefined) visit(table, cohortLabel(cohort));
}

function forEachSeries(meter: MessageMeter, visit: (table: CohortTable, at: number, labels: Labels) => void): void {
  forEachCohort(meter, (table, cohort) => {
    for (const [direction, directionNumber] of DIRECTIONS) {
      for (const codec of CODECS) {
        for (let type = 0; type < TYPE_SLOTS; type += 1) {
          const at = seriesAt(directionNumber, codec, type as MessageType | 0);
          if ((table.series[at] ?? 0) === 0) continue;
          visit(table, at, { direction, codec: WIRE_CODEC_NAMES[codec], type: messageTypeName(type), cohort });
        }
      }
    }
  });
}

function forEachRefusal(meter: MessageMeter, visit: (count: number, labels: Labels) => void): void {
  forEachCohort(meter, ({ refusals }, cohort) => {
    for (const codec of CODECS) {
      for (let type = 0; type < TYPE_SLOTS; type += 1) {
        const at = refusalAt(codec, type as MessageType | 0);
        for (const [place, reason] of REFUSALS.entries()) {
          const count = refusals[at + place] ?? 0;
          if (count === 0) continue;
          visit(count, { codec: WIRE_CODEC_NAMES[codec], type: messageTypeName(type), reason, cohort });
        }
      }
    }
  });
}
