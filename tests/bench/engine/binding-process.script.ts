import { Node } from "godot";

/** One of the 2000 nodes whose _process is timed. */
export default class BindingProcess extends Node {
  count = 0;

  override _process(_delta: number): void {
    this.count += 1;
  }
}
