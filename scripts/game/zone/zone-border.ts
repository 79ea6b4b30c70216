import {
  ArrayMesh,
  Color,
  Engine,
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
import { type GroundBand, groundBands } from "./ground-bands.ts";
import { groundPaint, paintedMesh } from "./ground-paint.ts";
import Terrain from "./terrain.ts";

const ZONE_METERS = 512;
const STEP_METERS = 8;
const STEPS = ZONE_METERS / STEP_METERS;
/** Of the line in the editor that shows how far the aura goes. */
const AURA_WIDTH_METERS = 0.8;
const AURA_COLOR = new Color(0.55, 0.85, 1);

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

  #curtain: MeshInstance3D | undefined;
  #aura: MeshInstance3D | undefined;
  #drawn = "";

  override _ready(): void {
    this.#drawCurtain();
    this.set_process(Engine.is_editor_hint());
  }

  /** In the editor: what is shown follows the properties. */
  override _process(): void {
    const { x, y, z } = this.global_position;
    const shown = `${x} ${y} ${z} ${this.side} ${this.aura_width_meters} ${this.height_meters} ${this.terrain}`;
    if (shown === this.#drawn) return;
    this.#drawn = shown;
    this.#drawCurtain();
    this.draw_aura();
  }

  /** Shows on the ground from where on characters are known on both sides. */
  draw_aura(): void {
    this.#aura ??= this.#add(groundPaint("Aura"));
    const heights = this.#terrain?.heights();
    const { x, y, z } = this.global_position;
    const ground = (dx: number, dz: number) =>
      heights === undefined ? 0 : Math.max(0, heights.ground(x + dx, z + dz)) - y;
    this.#aura.mesh = groundBands([this.#auraBand()], ground);
  }

  /** What is shown of the aura, for who wants to look at it. */
  aura(): ArrayMesh | null {
    return paintedMesh(this.#aura);
  }

  get #terrain(): Terrain | undefined {
    const terrain = this.get_node_or_null(this.terrain);
    return terrain instanceof Terrain ? terrain : undefined;
  }

  #drawCurtain(): void {
    const terrain = this.#terrain;
    if (terrain === undefined) return;
    this.#curtain ??= this.#add(shimmer());
    this.#curtain.material_override = this.material;
    this.#curtain.mesh = this.#curtainMesh(terrain);
  }

  #add(child: MeshInstance3D): MeshInstance3D {
    this.add_child(child);
    return child;
  }

  #auraBand(): GroundBand {
    const { x, z } = this.position;
    return {
      color: AURA_COLOR,
      corners: STEPS + 1,
      edge: (corner, side) => {
        const point = this.#pointAlong(corner * STEP_METERS, this.aura_width_meters + (side * AURA_WIDTH_METERS) / 2);
        return { dx: point.x - x, dz: point.z - z };
      },
    };
  }

  #curtainMesh(terrain: Terrain): ArrayMesh | null {
    const tool = new SurfaceTool();
    tool.begin(Mesh.PRIMITIVE_TRIANGLES);
    const heights = terrain.heights();
    for (let step = 0; step <= STEPS; step++) {
      const { x, z } = this.#pointAlong(step * STEP_METERS);
      const ground = Math.max(0, heights.ground(x, z)) - 0.5;
      const foot = new Vector3(x, ground, z).subtract(this.position);
      tool.set_uv(new Vector2(step / STEPS, 1));
      tool.add_vertex(foot);
      tool.set_uv(new Vector2(step / STEPS, 0));
      tool.add_vertex(foot.add(new Vector3(0, this.height_meters, 0)));
      if (step === STEPS) break;
      const first = step * 2;
      for (const offset of [0, 1, 2, 1, 3, 2]) tool.add_index(first + offset);
    }
    return tool.commit(new ArrayMesh());
  }

  /** A point beside the side, `meters` from its northern or western end and `inside` metres in, in the zone's frame. */
  #pointAlong(meters: number, inside = 0): { x: number; z: number } {
    switch (this.side) {
      case "north":
        return { x: meters, z: inside };
      case "south":
        return { x: meters, z: ZONE_METERS - inside };
      case "west":
        return { x: inside, z: meters };
      default:
        return { x: ZONE_METERS - inside, z: meters };
    }
  }
}

function shimmer(): MeshInstance3D {
  const curtain = new MeshInstance3D();
  curtain.name = "Shimmer";
  curtain.cast_shadow = GeometryInstance3D.SHADOW_CASTING_SETTING_OFF;
  return curtain;
}
