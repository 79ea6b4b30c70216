import {
  ArrayMesh,
  CollisionShape3D,
  Color,
  type Exports,
  GeometryInstance3D,
  HeightMapShape3D,
  Image,
  ImageTexture,
  type Material,
  Mesh,
  MeshInstance3D,
  Node3D,
  StaticBody3D,
  SurfaceTool,
  Vector3,
} from "godot";
import { ShoreHeights, type Terrace as TerraceShape, type Trail as TrailShape } from "./shore-heights.ts";
import Terrace from "./terrace.ts";
import { buildGrid, type GridMesh, sampleHeights } from "./terrain-grid.ts";
import Trail from "./trail.ts";

const ZONE_METERS = 512;
const CELL_METERS = 2;
/** Few and large: each is a draw call. */
const CHUNK_METERS = 128;
/** Chunks farther away are drawn with cells of this size, lowered a little beyond their edge so that no crack opens. */
const DISTANT_CELL_METERS = 8;
const DISTANT_FROM_METERS = 190;
const SKIRT_METERS = 2;
const BACKDROP_CELL_METERS = 16;
/** Width of the ring in which the coarse country lies hidden under the edge of the fine ground. */
const OVERLAP_METERS = 16;

/**
 * The ground of a shore zone, made from few numbers, terraces and trails whenever the scene is loaded: what is drawn,
 * the country beyond, and the height map on which the camera and the bake rely.
 */
export default class Terrain extends Node3D {
  static tool = true;
  static exports = {
    seed: { type: "int", hint: "range", hint_string: "0,9999,1", description: "Other number, other hills" },
    relief_meters: {
      type: "float",
      hint: "range",
      hint_string: "0,60,0.5,suffix:m",
      description: "Height of the hills",
    },
    coast_meters: {
      type: "float",
      hint: "range",
      hint_string: "20,400,1,suffix:m",
      description: "Where the coast runs, on average, from the western edge",
    },
    wading_depth_meters: {
      type: "float",
      hint: "range",
      hint_string: "0,1.5,0.05,suffix:m",
      description: "How deep one can wade; the sea looks deeper than that",
    },
    material: { type: "Object", hint: "resource_type", hint_string: "Material", class_name: "Material" },
  } satisfies Exports;

  seed = 7;
  relief_meters = 22;
  coast_meters = 158;
  wading_depth_meters = 1.2;
  material: Material | null = null;

  #heights: ShoreHeights | undefined;
  #terraces: readonly TerraceShape[] = [];

  _ready(): void {
    this.#drawGround();
    this.#drawBackdrop();
    this.#buildBody();
  }

  /** The heights; made on first use, so that nodes that are ready earlier than this one can ask. */
  heights(): ShoreHeights {
    this.#heights ??= this.#readHeights();
    return this.#heights;
  }

  /** True where feet have worn the grass away. */
  on_trail(x: number, z: number): boolean {
    return this.heights().trail(x, z) > 0.15;
  }

  /** True where people levelled the ground: only grass grows there. */
  in_terrace(x: number, z: number): boolean {
    this.heights();
    return this.#terraces.some((place) => Math.hypot(x - place.x, z - place.z) < place.radiusMeters + 1);
  }

  /** Depth of the sea's bed below the sea, metres, negative on land, as a texture over the zone. */
  bed_texture(): ImageTexture | null {
    const side = ZONE_METERS / CELL_METERS + 1;
    const depths = new Float32Array(side * side);
    const heights = this.heights();
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        depths[row * side + column] = -heights.bed(column * CELL_METERS, row * CELL_METERS);
      }
    }
    const image = Image.create_from_data(side, side, false, Image.FORMAT_RF, new Uint8Array(depths.buffer));
    if (image === null) return null;
    // 16-bit floats can be filtered on every driver of the compatibility renderer, 32-bit ones cannot.
    image.convert(Image.FORMAT_RH);
    return ImageTexture.create_from_image(image);
  }

  #readHeights(): ShoreHeights {
    const terraces: TerraceShape[] = [];
    const trails: TrailShape[] = [];
    for (const node of this.get_node_or_null("Terraces")?.get_children() ?? []) {
      if (!(node instanceof Terrace)) continue;
      const { x, y, z } = node.position;
      terraces.push({ x, z, heightMeters: y, radiusMeters: node.radius_meters, featherMeters: node.feather_meters });
    }
    for (const node of this.get_node_or_null("Trails")?.get_children() ?? []) {
      if (!(node instanceof Trail) || node.curve === null) continue;
      const points: { x: number; z: number }[] = [];
      for (let i = 0; i < node.curve.point_count; i++) {
        const { x, z } = node.curve.get_point_position(i);
        points.push({ x, z });
      }
      trails.push({ points, widthMeters: node.width_meters });
    }
    this.#terraces = terraces;
    return new ShoreHeights({
      seed: this.seed,
      reliefMeters: this.relief_meters,
      coastMeters: this.coast_meters,
      wadingDepthMeters: this.wading_depth_meters,
      terraces,
      trails,
    });
  }

  #drawGround(): void {
    const ground = this.#generated("Ground");
    for (let originZ = 0; originZ < ZONE_METERS; originZ += CHUNK_METERS) {
      for (let originX = 0; originX < ZONE_METERS; originX += CHUNK_METERS) {
        const name = `Chunk${originX / CHUNK_METERS}x${originZ / CHUNK_METERS}`;
        const near = this.#addMesh(ground, name, this.#chunk(originX, originZ, CELL_METERS, 0));
        const far = this.#addMesh(ground, `${name}Distant`, this.#chunk(originX, originZ, DISTANT_CELL_METERS, 1));
        if (near === undefined || far === undefined) continue;
        near.visibility_range_end = DISTANT_FROM_METERS;
        far.visibility_range_begin = DISTANT_FROM_METERS;
      }
    }
  }

  /** One chunk of ground with `skirtCells` more cells around it, which fall away. */
  #chunk(originX: number, originZ: number, cellMeters: number, skirtCells: number): GridMesh {
    const cells = CHUNK_METERS / cellMeters + 2 * skirtCells;
    const outside = (value: number, origin: number) => value < origin || value > origin + CHUNK_METERS;
    return buildGrid(this.heights(), this.seed, {
      originX: originX - skirtCells * cellMeters,
      originZ: originZ - skirtCells * cellMeters,
      cellsX: cells,
      cellsZ: cells,
      cellMeters,
      skip: (x, z) => this.#isSunken(x, z, cellMeters),
      lowerMeters: (x, z) => (outside(x, originX) || outside(z, originZ) ? SKIRT_METERS : 0),
    });
  }

  /** Whether a cell lies at the bottom of the sea, which is opaque. */
  #isSunken(x: number, z: number, cellMeters: number): boolean {
    const heights = this.heights();
    const floor = -this.wading_depth_meters;
    return heights.ground(x, z) <= floor && heights.ground(x + cellMeters, z + cellMeters) <= floor;
  }

  #drawBackdrop(): void {
    const inner = (value: number) => value >= OVERLAP_METERS && value < ZONE_METERS - OVERLAP_METERS;
    const under = (value: number) => value > 0 && value < ZONE_METERS;
    const grid = buildGrid(this.heights(), this.seed, {
      originX: -384,
      originZ: -640,
      cellsX: 98,
      cellsZ: 100,
      cellMeters: BACKDROP_CELL_METERS,
      skip: (x, z) => (inner(x) && inner(z)) || this.#isSunken(x, z, BACKDROP_CELL_METERS),
      lowerMeters: (x, z) => (under(x) && under(z) ? 4 : 0.1),
    });
    this.#addMesh(this.#generated("Backdrop"), "Country", grid);
  }

  #addMesh(parent: Node3D, name: string, grid: GridMesh): MeshInstance3D | undefined {
    if (grid.indices.length === 0) return undefined;
    const tool = new SurfaceTool();
    tool.begin(Mesh.PRIMITIVE_TRIANGLES);
    const { positions, masks, indices } = grid;
    for (let vertex = 0; vertex * 3 < positions.length; vertex++) {
      tool.set_color(new Color(masks[vertex * 2] ?? 0, masks[vertex * 2 + 1] ?? 0, 0));
      tool.add_vertex(
        new Vector3(positions[vertex * 3] ?? 0, positions[vertex * 3 + 1] ?? 0, positions[vertex * 3 + 2] ?? 0),
      );
    }
    for (const index of indices) tool.add_index(index);
    const mesh = tool.commit(new ArrayMesh());
    const instance = new MeshInstance3D();
    instance.name = name;
    instance.mesh = mesh;
    instance.material_override = this.material;
    instance.cast_shadow = GeometryInstance3D.SHADOW_CASTING_SETTING_OFF;
    parent.add_child(instance);
    return instance;
  }

  #buildBody(): void {
    const cells = ZONE_METERS / CELL_METERS;
    const samples = sampleHeights(this.heights(), cells, CELL_METERS);
    const shape = new HeightMapShape3D();
    shape.map_width = cells + 1;
    shape.map_depth = cells + 1;
    // A height map has cells of 1 m: the shape is scaled evenly, so its heights are in cells too.
    shape.map_data = samples.map((height) => height / CELL_METERS);
    const collider = new CollisionShape3D();
    collider.name = "HeightMap";
    collider.shape = shape;
    collider.scale = new Vector3(CELL_METERS, CELL_METERS, CELL_METERS);
    collider.position = new Vector3(ZONE_METERS / 2, 0, ZONE_METERS / 2);
    const body = new StaticBody3D();
    body.name = "Body";
    body.add_child(collider);
    this.add_child(body);
  }

  /** An empty child for generated nodes, which belong to no owner and so are never saved into the scene. */
  #generated(name: string): Node3D {
    const holder = new Node3D();
    holder.name = name;
    this.add_child(holder);
    return holder;
  }
}
