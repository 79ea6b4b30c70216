import { type Exports, Marker3D } from "godot";

/** Levels the ground around it at its own height. A child of the terrain's `Terraces`. */
export default class Terrace extends Marker3D {
  static exports = {
    radius_meters: { type: "float", hint: "range", hint_string: "1,80,0.5,suffix:m", description: "Flat so far out" },
    feather_meters: {
      type: "float",
      hint: "range",
      hint_string: "1,80,0.5,suffix:m",
      description: "Width of the slope between the flat and the land around it",
    },
  } satisfies Exports;

  radius_meters = 10;
  feather_meters = 12;
}
