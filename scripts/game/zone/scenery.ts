import {
  Basis,
  type Exports,
  GeometryInstance3D,
  type Material,
  type Mesh,
  MeshInstance3D,
  Node3D,
  OccluderInstance3D,
  ProjectSettings,
  Transform3D,
  Vector3,
} from "godot";
import { MergedMesh, MeshCorners } from "./merged-mesh.ts";
import Scatter from "./scatter.ts";

/** What never moves, when the game runs: the setting for machines on which the engine's occlusion culling works; see docs/designers.md. */
const OCCLUSION_SETTING = "rendering/occlusion_culling/use_occlusion_culling";

/** Of what is seen from afar, and from everywhere: in edges of the squares of small things. */
const LARGE_SQUARES = 2;

interface Piece {
  mesh: Mesh;
  material: Material;
  /** In the zone's frame. */
  place: Transform3D;
  small: boolean;
  shadow: boolean;
}

/**
 * Makes few draw calls of the many things of a zone that stand still: when the game runs, all meshes of the zone with one of the materials, and
 * what is strewn with them, become one mesh for each material and square of the map. In the editor they stay what they are. It stands after
 * everything that it looks at.
 */
export default class Scenery extends Node3D {
  static exports = {
    materials: {
      type: "Array",
      hint: "type_string",
      hint_string: "24/17:Material",
      description: "What is merged has one of these",
    },
    square_meters: {
      type: "float",
      hint: "range",
      hint_string: "32,512,16,suffix:m",
      description: "Edge of what is culled together; of large things twice that",
    },
    small_meters: {
      type: "float",
      hint: "range",
      hint_string: "0,10,0.1,suffix:m",
      description: "Things that are smaller are not drawn from afar",
    },
    small_visible_meters: { type: "float", hint: "range", hint_string: "20,500,5,suffix:m" },
  } satisfies Exports;

  materials: Material[] = [];
  square_meters = 256;
  small_meters = 2.6;
  small_visible_meters = 170;

  _ready(): void {
    const zone = this.get_parent();
    if (!(zone instanceof Node3D)) return;
    const pieces: Piece[] = [];
    this.#collect(zone, zone.global_transform.affine_inverse(), pieces);
    const groups = new Map<string, Piece[]>();
    for (const piece of pieces) {
      const { x, z } = piece.place.origin;
      const edge = piece.small ? this.square_meters : this.square_meters * LARGE_SQUARES;
      const square = `${Math.floor(x / edge)}x${Math.floor(z / edge)}`;
      const key = `${this.materials.indexOf(piece.material)}${piece.small ? "Small" : ""}${piece.shadow ? "" : "Lit"}At${square}`;
      const group = groups.get(key);
      if (group) group.push(piece);
      else groups.set(key, [piece]);
    }
    const corners = new MeshCorners();
    for (const [key, group] of groups) this.#draw(key, group, corners);
    if (!occlusionCulled()) this.#dropOccluders(zone);
  }

  #collect(node: Node3D, toZone: Transform3D, pieces: Piece[]): void {
    for (const child of node.get_children()) {
      if (child === this || !(child instanceof Node3D)) continue;
      if (child instanceof Scatter) this.#take(child, pieces);
      else if (child instanceof MeshInstance3D && !this.#takeMesh(child, toZone, pieces)) continue;
      this.#collect(child, toZone, pieces);
    }
  }

  #take(scatter: Scatter, pieces: Piece[]): void {
    const { mesh, material } = scatter;
    if (mesh === null || material === null || scatter.detail || !this.materials.includes(material)) return;
    const small = mesh.get_aabb().get_longest_axis_size() < this.small_meters;
    for (const { x, y, z, yaw, scale } of scatter.hand_over()) {
      const place = new Transform3D(
        new Basis(Vector3.UP, yaw).scaled(new Vector3(scale, scale, scale)),
        new Vector3(x, y, z),
      );
      pieces.push({ mesh, material, place, small, shadow: true });
    }
  }

  /** Its node is in nobody's way, and goes. */
  #takeMesh(instance: MeshInstance3D, toZone: Transform3D, pieces: Piece[]): boolean {
    const { mesh, material_override: material } = instance;
    if (mesh === null || material === null || !instance.visible || !this.materials.includes(material)) return true;
    pieces.push({
      mesh,
      material,
      place: toZone.multiply(instance.global_transform),
      small: mesh.get_aabb().get_longest_axis_size() < this.small_meters,
      shadow: instance.cast_shadow !== GeometryInstance3D.SHADOW_CASTING_SETTING_OFF,
    });
    if (instance.get_child_count() > 0) instance.mesh = null;
    else instance.queue_free();
    return instance.get_child_count() > 0;
  }

  #draw(key: string, group: readonly Piece[], corners: MeshCorners): void {
    const [first] = group;
    if (first === undefined) return;
    const middle = new Vector3();
    for (const { place } of group) {
      middle.x += place.origin.x / group.length;
      middle.y += place.origin.y / group.length;
      middle.z += place.origin.z / group.length;
    }
    const merged = new MergedMesh();
    for (const { mesh, place } of group) {
      merged.add(corners.of(mesh), new Transform3D(place.basis, place.origin.subtract(middle)));
    }
    const instance = new MeshInstance3D();
    instance.name = `Merged${key}`;
    instance.mesh = merged.commit();
    instance.material_override = first.material;
    instance.position = middle;
    if (!first.shadow) instance.cast_shadow = GeometryInstance3D.SHADOW_CASTING_SETTING_OFF;
    if (first.small) {
      instance.visibility_range_end = this.small_visible_meters;
      instance.visibility_range_end_margin = 8;
    }
    this.add_child(instance);
  }

  #dropOccluders(zone: Node3D): void {
    for (const node of zone.find_children("*", "OccluderInstance3D", true, false)) {
      if (node instanceof OccluderInstance3D) node.queue_free();
    }
  }
}

function occlusionCulled(): boolean {
  return ProjectSettings.get_setting(OCCLUSION_SETTING, false) === true;
}
