import { type Exports, Marker3D } from "godot";

/** A place with a name: for the autopilot's walk, for bots and, later, for the map. */
export default class PointOfInterest extends Marker3D {
  static exports = {
    title: {
      type: "String",
      hint: "placeholder_text",
      hint_string: "shown on the map",
      description: "Name of the place",
    },
  } satisfies Exports;

  title = "";
}
