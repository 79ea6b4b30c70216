import { type Exports, Node3D, type ShaderMaterial } from "godot";
import Terrain from "./terrain.ts";

/** The sea at height 0: tells its shader how deep the bed of the terrain is. */
export default class Sea extends Node3D {
  static tool = true;
  static exports = {
    terrain: { type: "NodePath", hint: "node_path_valid_types", hint_string: "Node3D" },
    material: { type: "Object", hint: "resource_type", hint_string: "ShaderMaterial", class_name: "ShaderMaterial" },
  } satisfies Exports;

  terrain = "";
  material: ShaderMaterial | null = null;

  _ready(): void {
    const terrain = this.get_node_or_null(this.terrain);
    if (terrain instanceof Terrain) this.material?.set_shader_parameter("bed", terrain.bed_texture());
  }
}
