import { Node } from "godot";
import { runReplayBench } from "../../../tools/bench/netcode/replay-bench.ts";
import { loadZone } from "../../../tools/bench/protocol/load-zone.ts";

/** Prints the JSON line of the replay benchmark, measured in the engine's JavaScript. */
export default class ReplayBench extends Node {
  override _ready(): void {
    console.log(runReplayBench(loadZone("shore"), "godot"));
    this.get_tree()?.quit();
  }
}
