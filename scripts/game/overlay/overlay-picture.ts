import type { OverlayGraphs } from "./overlay-graphs.ts";
import type { OverlayLayout } from "./overlay-layout.ts";
import type { OverlayRow } from "./overlay-rows.ts";
import type { TrafficRates } from "./traffic-rates.ts";

/** What the overlay shows from one refresh of its numbers to the next. */
export interface OverlayPicture {
  readonly layout: OverlayLayout;
  readonly rows: readonly OverlayRow[];
  readonly graphs: OverlayGraphs;
  readonly traffic: TrafficRates;
  readonly bufferGoalTicks: number;
}
