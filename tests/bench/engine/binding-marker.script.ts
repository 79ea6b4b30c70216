import { Node } from "godot";

/** Notes the time of its _process: one runs before the timed nodes, one after them. */
export default class BindingMarker extends Node {
  timeUs = 0;

  override _process(_delta: number): void {
    this.timeUs = performance.now() * 1000;
  }
}
