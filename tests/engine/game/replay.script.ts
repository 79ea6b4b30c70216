import { readFileSync, writeFileSync } from "node:fs";
import { Node } from "godot";
import { Replay } from "../../../scripts/client/recording/replay.ts";
import { mustOpen, recordPlay } from "../../fixtures/recorded-play.ts";
import { Tap } from "../binding/tap.ts";

/** Replays a recording of Node's in the engine's V8, and records the same session there; replay.test.ts looks at both. */
export default class ReplayInEngine extends Node {
  override _ready(): void {
    const tap = new Tap();
    const { FROM_NODE = "", FROM_ENGINE = "" } = process.env;
    const replay = new Replay(mustOpen(readFileSync(FROM_NODE)));
    while (replay.step() !== "ended");
    tap.equal("a recording of Node's replays as it was", replay.firstDifference ?? null, null);
    console.log(`compared: ${replay.packetsCompared} packets, ${replay.statesCompared} states`);
    writeFileSync(FROM_ENGINE, recordPlay());
    tap.finish(this);
  }
}
