import {
  ArrayMesh,
  type Exports,
  GeometryInstance3D,
  type Material,
  Mesh,
  MeshInstance3D,
  Node3D,
  SurfaceTool,
  Vector2,
  Vector3,
} from "godot";
import Terrain from "./terrain.ts";

const ZONE_METERS = 512;
const STEP_METERS = 8;

/** Where the zone passes into its neighbour: a shimmer along one side. What else marks it are its children. */
export default class ZoneBorder extends Node3D {
  static tool = true;
  static exports = {
    neighbour: { type: "String", description: "Name of the zone on the other side" },
    side: { type: "String", hint: "enum", hint_string: "north,east,south,west" },
    aura_width_meters: {
      type: "float",
      hint: "range",
      hint_string: "16,256,1,suffix:m",
      description: "From here on characters are known on both sides",
    },
    height_meters: { type: "float", hint: "range", hint_string: "1,60,0.5,suffix:m", description: "Of the shimmer" },
    terrain: { type: "NodePath", hint: "node_path_valid_types", hint_string: "Node3D" },
    material: { type: "Object", hint: "resource_type", hint_string: "Material", class_name: "Material" },
  } satisfies Exports;

  neighbour = "";
  side = "east";
  aura_width_meters = 128;
  height_meters = 11;
  terrain = "";
  material: Material | null = null;

  _ready(): void {
    const terrain = this.get_node_or_null(this.terrain);
    if (!(terrain instanceof Terrain)) return;
    const curtain = new MeshInstance3D();
    curtain.name = "Shimmer";
    curtain.mesh = this.#curtainMesh(terrain);
    curtain.material_override = this.material;
    curtain.cast_shadow = GeometryInstance3D.SHADOW_CASTING_SETTING_OFF;
    this.add_child(curtain);
  }

  #curtainMesh(terrain: Terrain): ArrayMesh | null {
    const tool = new SurfaceTool();
    tool.begin(Mesh.PRIMITIVE_TRIANGLES);
    const heights = terrain.heights();
    const steps = ZONE_METERS / STEP_METERS;
    for (let step = 0; step <= steps; step++) {
      const { x, z } = this.#pointAlong(step * STEP_METERS);
      const ground = Math.max(0, heights.ground(x, z)) - 0.5;
      const foot = new Vector3(x, ground, z).subtract(this.position);
      tool.set_uv(new Vector2(step / steps, 1));
      tool.add_vertex(foot);
      tool.set_uv(new Vector2(step / steps, 0));
      tool.add_vertex(foot.add(new Vector3(0, this.height_meters, 0)));
      if (step === steps) break;
      const first = step * 2;
      for (const offset of [0, 1, 2, 1, 3, 2]) tool.add_index(first + offset);
    }
    return tool.commit(new ArrayMesh());
  }

  /** A point of the side, `meters` from its northern or western end, in the zone's frame. */
  #pointAlong(meters: number): { x: number; z: number } {
    switch (this.side) {
      case "north":
        return { x: meters, z: 0 };
      case "south":
        return { x: meters, z: ZONE_METERS };
      case "west":
        return { x: 0, z: meters };
      default:
        return { x: ZONE_METERS, z: meters };
    }
  }
}
