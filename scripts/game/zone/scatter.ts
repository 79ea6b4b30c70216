import {
  Basis,
  BoxShape3D,
  CollisionShape3D,
  type Exports,
  GeometryInstance3D,
  type Material,
  type Mesh,
  MultiMesh,
  MultiMeshInstance3D,
  Node3D,
  StaticBody3D,
  Transform3D,
  Vector2,
  Vector3,
} from "godot";
import { type Placed, placeThings } from "./placement.ts";
import Terrain from "./terrain.ts";

/** Few and large: each is a draw call. */
const CHUNK_METERS = 128;
/** The distance to a chunk is that to its middle: what lies on this side of it is to be seen as far as it should. */
const MIDDLE_METERS = CHUNK_METERS / 4;
const TRUNK_HEIGHT_METERS = 4;
/** Nodes of this group strew small things, which low graphics quality thins out. */
export const DETAIL_GROUP = "detail";

/** Strews one kind of thing over an area of the terrain, the same way every time: its position is the north-west corner. */
export default class Scatter extends Node3D {
  static tool = true;
  static exports = {
    terrain: { type: "NodePath", hint: "node_path_valid_types", hint_string: "Node3D" },
    mesh: { type: "Object", hint: "resource_type", hint_string: "Mesh", class_name: "Mesh" },
    material: { type: "Object", hint: "resource_type", hint_string: "Material", class_name: "Material" },
    seed: { type: "int", hint: "range", hint_string: "0,9999,1" },
    count: { type: "int", hint: "range", hint_string: "0,20000,1", description: "At most so many" },
    area_meters: { type: "Vector2", hint: "link", hint_string: "suffix:m", description: "Size to the east and south" },
    min_height_meters: { type: "float", hint: "range", hint_string: "-10,150,0.1,suffix:m" },
    max_height_meters: { type: "float", hint: "range", hint_string: "-10,150,0.1,suffix:m" },
    max_slope: {
      type: "float",
      hint: "range",
      hint_string: "0,3,0.05",
      description: "Steepest ground: rise per metre",
    },
    spacing_meters: { type: "float", hint: "range", hint_string: "0,50,0.1,suffix:m" },
    clumping: { type: "float", hint: "range", hint_string: "0,1,0.05", description: "0 even, 1 in groves only" },
    min_scale: { type: "float", hint: "range", hint_string: "0.1,5,0.05" },
    max_scale: { type: "float", hint: "range", hint_string: "0.1,5,0.05" },
    sink_meters: { type: "float", hint: "range", hint_string: "0,3,0.05,suffix:m", description: "Sunk in on slopes" },
    trunk_meters: {
      type: "float",
      hint: "range",
      hint_string: "0,4,0.05,suffix:m",
      description: "Edge of the solid trunk inside the zone; 0 can be walked through",
    },
    visible_meters: {
      type: "float",
      hint: "range",
      hint_string: "0,1000,5,suffix:m",
      description: "Not drawn beyond; 0 always",
    },
    detail: { type: "bool", description: "Thinned out at low graphics quality, and casts no shadow" },
  } satisfies Exports;

  terrain = "";
  mesh: Mesh | null = null;
  material: Material | null = null;
  seed = 1;
  count = 100;
  area_meters = new Vector2(512, 512);
  min_height_meters = 2;
  max_height_meters = 60;
  max_slope = 0.6;
  spacing_meters = 3;
  clumping = 0.5;
  min_scale = 0.8;
  max_scale = 1.2;
  sink_meters = 0;
  trunk_meters = 0;
  visible_meters = 0;
  detail = false;

  readonly #drawn: MultiMeshInstance3D[] = [];
  #placed: readonly Placed[] = [];

  _ready(): void {
    if (this.detail) this.add_to_group(DETAIL_GROUP);
    const terrain = this.get_node_or_null(this.terrain);
    if (!(terrain instanceof Terrain) || this.mesh === null) return;
    const placed = this.#place(terrain);
    this.#placed = placed;
    const chunks = new Map<string, Placed[]>();
    for (const thing of placed) {
      const key = `${Math.floor(thing.x / CHUNK_METERS)}x${Math.floor(thing.z / CHUNK_METERS)}`;
      const chunk = chunks.get(key);
      if (chunk) chunk.push(thing);
      else chunks.set(key, [thing]);
    }
    for (const [key, things] of chunks) this.#draw(key, things);
    if (this.trunk_meters > 0) this.#makeSolid(placed);
  }

  /** What was strewn, in the zone's frame; somebody else draws it from now on. */
  hand_over(): readonly Placed[] {
    for (const instance of this.#drawn) instance.queue_free();
    this.#drawn.length = 0;
    return this.#placed;
  }

  /** Draws only a share of the things, 0 to 1, and only within `reach` times the visible distance. */
  thin_out(share: number, reach: number): void {
    for (const instance of this.#drawn) {
      const many = instance.multimesh;
      if (many !== null) many.visible_instance_count = Math.ceil(many.instance_count * share);
      if (this.visible_meters > 0) instance.visibility_range_end = this.visible_meters * reach + MIDDLE_METERS;
    }
  }

  #place(terrain: Terrain): Placed[] {
    const heights = terrain.heights();
    return placeThings(
      {
        seed: this.seed,
        count: this.count,
        x: this.position.x,
        z: this.position.z,
        width: this.area_meters.x,
        depth: this.area_meters.y,
        minHeightMeters: this.min_height_meters,
        maxHeightMeters: this.max_height_meters,
        maxSlope: this.max_slope,
        spacingMeters: this.spacing_meters,
        clumping: this.clumping,
        minScale: this.min_scale,
        maxScale: this.max_scale,
        sinkMeters: this.sink_meters,
      },
      {
        height: (x, z) => heights.ground(x, z),
        blocked: (x, z) => terrain.on_trail(x, z) || (!this.detail && terrain.in_terrace(x, z)),
      },
    );
  }

  #draw(key: string, things: readonly Placed[]): void {
    const many = new MultiMesh();
    many.transform_format = MultiMesh.TRANSFORM_3D;
    many.mesh = this.mesh;
    many.instance_count = things.length;
    const center = new Vector3(0, 0, 0);
    for (const { x, y, z } of things) {
      center.x += x / things.length;
      center.y += y / things.length;
      center.z += z / things.length;
    }
    const local = new Float32Array(things.length * 12);
    things.forEach(({ x, y, z, yaw, scale }, index) => {
      const cos = Math.cos(yaw) * scale;
      const sin = Math.sin(yaw) * scale;
      const row = [cos, 0, sin, x - center.x, 0, scale, 0, y - center.y, -sin, 0, cos, z - center.z];
      local.set(row, index * 12);
    });
    many.buffer = local;
    const instance = new MultiMeshInstance3D();
    instance.name = `Chunk${key}`;
    instance.multimesh = many;
    instance.material_override = this.material;
    instance.position = center.subtract(this.position);
    if (this.visible_meters > 0) {
      instance.visibility_range_end = this.visible_meters + MIDDLE_METERS;
      instance.visibility_range_end_margin = CHUNK_METERS / 16;
    }
    if (this.detail) {
      instance.cast_shadow = GeometryInstance3D.SHADOW_CASTING_SETTING_OFF;
    }
    this.add_child(instance);
    this.#drawn.push(instance);
  }

  #makeSolid(placed: readonly Placed[]): void {
    const body = new StaticBody3D();
    body.name = "Trunks";
    const shape = new BoxShape3D();
    shape.size = new Vector3(this.trunk_meters, TRUNK_HEIGHT_METERS, this.trunk_meters);
    placed.forEach(({ x, y, z, yaw }, index) => {
      if (x < 0 || z < 0 || x > 512 || z > 512) return;
      const collider = new CollisionShape3D();
      collider.name = `Trunk${index + 1}`;
      collider.shape = shape;
      const place = new Vector3(x, y + TRUNK_HEIGHT_METERS / 2 - 0.5, z).subtract(this.position);
      collider.transform = new Transform3D(new Basis(Vector3.UP, yaw), place);
      body.add_child(collider);
    });
    this.add_child(body);
  }
}
