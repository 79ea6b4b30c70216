import { type Exports, Path3D } from "godot";

/** A beaten way: the ground along the curve is smoothed and drawn as earth. A child of the terrain's `Trails`. */
export default class Trail extends Path3D {
  static exports = {
    width_meters: { type: "float", hint: "range", hint_string: "1,12,0.1,suffix:m" },
  } satisfies Exports;

  width_meters = 3;
}
