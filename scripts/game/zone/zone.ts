import { type Exports, Node3D } from "godot";

/** Root of a zone scene: its origin is the zone's north-west corner, x runs east and z south. */
export default class Zone extends Node3D {
  /** So that the editor's plugin knows one. */
  static tool = true;
  static exports = {
    zone_name: { type: "String", description: "Name of the zone on the wire: a to z, 0 to 9 and -" },
    size_meters: { type: "float", hint: "range", hint_string: "512,512,1,suffix:m", description: "Edge of the square" },
  } satisfies Exports;

  zone_name = "";
  size_meters = 512;
}
