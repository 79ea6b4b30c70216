import { Capability } from "../../../scripts/protocol/capability.ts";
import type { RandomSource } from "../../../scripts/transport/conditioner/seeded-random.ts";
import { FeatureFlags } from "../../../server/features/feature-flags.ts";
import { readFeatureTable } from "../../../server/features/read-feature-table.ts";
import { featureText } from "../feature-text.ts";

/** What somebody might turn off, for everybody or for some. */
const SWITCHED: readonly Capability[] = [Capability.sequenced, Capability.snapshotDelta, Capability.inputDelta];

/** Feature flags that somebody keeps playing with. */
export class SwitchedFeatures {
  readonly flags = new FeatureFlags(tableOf(featureText([])));
  switches = 0;

  allOn(): void {
    this.#use(featureText([]));
  }

  switchAny(random: RandomSource): void {
    const off = SWITCHED.filter(() => random() < 0.35);
    const halfOff = SWITCHED.filter(() => random() < 0.35);
    this.#use(featureText(off, halfOff));
  }

  #use(text: string): void {
    if (this.flags.replace(tableOf(text)).length > 0) this.switches += 1;
  }
}

function tableOf(text: string) {
  const read = readFeatureTable(text);
  if (!read.ok) throw new Error(read.faults.join("\n"));
  return read.table;
}
