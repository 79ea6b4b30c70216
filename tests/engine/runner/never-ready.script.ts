import { Node } from "godot";

/** A fixture that would never end: it throws before it gets there. */
export default class NeverReady extends Node {
  override _ready(): void {
    throw new RangeError("never ready");
  }
}
