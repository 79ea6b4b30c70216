import { Node3D } from "godot";

export default class ThreadedChild extends Node3D {
  static exports = { speed: { type: "float" }, power: { type: "float" } } as const;
  speed = 1;
  power = 3;
  ready = false;

  override _ready(): void {
    this.ready = true;
  }
}
