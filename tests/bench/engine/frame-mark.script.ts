import { Node } from "godot";

/** Calls back in every frame. With the lowest process priority that is before every other script's `_process`, with the highest after all of them. */
export default class FrameMark extends Node {
  on_frame: (() => void) | undefined;

  override _process(): void {
    this.on_frame?.();
  }
}
