import { AbsoluteNeighbour } from "./absolute-record.ts";
import { MAX_SLOTS } from "./codec-limits.ts";
import { DeltaResiduals } from "./delta-residuals.ts";
import type { EntityHistory } from "./entity-history.ts";
import type { Terrain } from "./motion-prediction.ts";
import { RangeEncoder } from "./range-encoder.ts";
import { SlotSet } from "./slot-set.ts";

/**
 * What senders need only while they write: one for all that tell of the same history one after the other. Of a thousand senders each then
 * brings nothing but what it knows of its receiver into the processor's cache, and what is the same for many is worked out once.
 */
export class SenderWorkspace {
  readonly encoder = new RangeEncoder();
  readonly neighbour = new AbsoluteNeighbour();
  readonly residuals: DeltaResiduals;
  /** Slots of the current sender that were seen in the current snapshot, and those of them that are to be sent. */
  readonly due = new SlotSet(MAX_SLOTS);
  readonly chosen = new SlotSet(MAX_SLOTS);
  /** Counts the snapshots that were begun in it: it holds the newest. A number, for a reference would keep a sender that is gone. */
  turn = 0;

  /** `terrain`: the ground, if the receivers have it as well. */
  constructor(
    readonly history: EntityHistory,
    terrain?: Terrain,
  ) {
    this.residuals = new DeltaResiduals(history, terrain);
  }
}
