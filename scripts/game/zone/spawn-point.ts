import { type Exports, Marker3D } from "godot";

/** Where characters arrive: stands on the ground, looks along its -z. */
export default class SpawnPoint extends Marker3D {
  static exports = {
    enabled: { type: "bool", description: "Whether the bake hands this point to the server" },
  } satisfies Exports;

  enabled = true;
}
