import { Node } from "godot";
import { hashOfPlay } from "../../fixtures/play-hash.ts";
import { createRandomZone } from "../../fixtures/random-zone.ts";
import { createTestZone } from "../../fixtures/test-zone.ts";
import { Tap } from "../binding/tap.ts";

/** Plays 100,000 ticks each in the engine's V8; movement-equality.test.ts does the same in Node. */
export default class MovementEquality extends Node {
  override _ready(): void {
    const tap = new Tap();
    console.log(`test zone: ${hashOfPlay(createTestZone(), 11)}`);
    console.log(`random zone: ${hashOfPlay(createRandomZone(12), 13)}`);
    tap.ok("both zones were played", true);
    tap.finish(this);
  }
}
