import { writeFileSync } from "node:fs";
import { ZoneTerrain } from "../../scripts/simulation/zone-terrain.ts";
import { loadZone } from "../bench/protocol/load-zone.ts";
import { recordTrace } from "../bench/protocol/record-trace.ts";
import { REPLAY_BUDGET_BYTES, replay } from "../bench/protocol/replay.ts";
import { CountingDecoder } from "./counting-decoder.ts";

// Counts anew what the snapshot codec's tables rest on, over traces of other seeds than the benchmark's. Changes the wire format!

const OUTPUT = "scripts/protocol/snapshot-codec/trained-tables.ts";
const SEEDS = [101, 102, 103];
const ENTITIES = 200;
const SECONDS = 40;
const LOSS_RATES = [0, 0.03, 0.1];

const zone = loadZone("shore");
const decoder = new CountingDecoder();
for (const seed of SEEDS) {
  const trace = recordTrace(zone, ENTITIES, SECONDS, seed);
  for (const lossRate of LOSS_RATES) {
    // With and without the ground: the tables serve both.
    for (const terrain of [new ZoneTerrain(zone.world.heightfield), undefined]) {
      if (terrain === undefined && lossRate !== 0.03) continue;
      replay(trace, {
        lossRate,
        budgetBytes: REPLAY_BUDGET_BYTES,
        seed,
        slots: 256,
        decoder,
        ...(terrain && { terrain }),
      });
    }
  }
}
writeFileSync(OUTPUT, decoder.writeTables());
process.stderr.write(`wrote ${OUTPUT}\n`);
