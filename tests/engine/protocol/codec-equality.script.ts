import { Node } from "godot";
import { Tap } from "../binding/tap.ts";
import { checkGoldenPackets } from "./golden-problems.ts";
import { playLossyWorld } from "./lossy-world.ts";

/** Reads the golden packets and plays a random world in the engine's V8; codec-equality.test.ts does the same in Node. */
export default class CodecEquality extends Node {
  override _ready(): void {
    const tap = new Tap();
    const { packets, problems } = checkGoldenPackets();
    tap.equal("golden packets of all versions say what they said", problems, []);
    console.log(`golden packets: ${packets}`);
    for (const seed of [1, 2]) console.log(`world ${seed}: ${JSON.stringify(playLossyWorld(seed))}`);
    tap.finish(this);
  }
}
