import { type Exports, Node3D } from "godot";

/** A script of its own that another script extends. */
export default class PropertiesParent extends Node3D {
  static exports = { armed: { type: "bool" }, power: { type: "int" } } satisfies Exports;
  armed = false;
  power = 1;
}
