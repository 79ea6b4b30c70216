import {
  BoxShape3D,
  CollisionPolygon3D,
  CollisionShape3D,
  CSGShape3D,
  HeightMapShape3D,
  type Node,
  type Node3D,
  PhysicsBody3D,
  StaticBody3D,
  type Transform3D,
} from "godot";
import CreatureCamp from "../../scripts/game/zone/creature-camp.ts";
import PointOfInterest from "../../scripts/game/zone/point-of-interest.ts";
import SpawnPoint from "../../scripts/game/zone/spawn-point.ts";
import Zone from "../../scripts/game/zone/zone.ts";
import ZoneBorder from "../../scripts/game/zone/zone-border.ts";
import type {
  BorderSide,
  HeightfieldDescription,
  ZoneDescription,
  ZoneProblem,
} from "../../scripts/simulation/zone-description.ts";
import { uprightFrame } from "./upright-frame.ts";

/** Heights and positions closer than this are the same, metres. */
const TOLERANCE_METERS = 0.001;

/** A scene as the simulation sees it. `description` is missing when there is no zone, or no ground, to speak of. */
export interface CollectedZone {
  description: ZoneDescription | undefined;
  problems: ZoneProblem[];
}

/** Reads a zone from its scene, which must be in the tree: terrain and vegetation are made when they become ready. */
export function collectZone(root: Node): CollectedZone {
  if (!(root instanceof Zone)) {
    const reason = `expected a zone; the root "${root.name}" has no zone script. Attach res://scripts/game/zone/zone.ts to it.`;
    return { description: undefined, problems: [{ nodePath: root.name, reason }] };
  }
  return new ZoneCollector(root).collect();
}

class ZoneCollector {
  readonly #root: Zone;
  readonly #toZone: Transform3D;
  readonly #problems: ZoneProblem[] = [];
  readonly #description: Omit<ZoneDescription, "heightfield">;
  #heightfield: HeightfieldDescription | undefined;

  constructor(root: Zone) {
    this.#root = root;
    this.#toZone = root.global_transform.affine_inverse();
    this.#description = {
      name: root.zone_name,
      nodePath: root.name,
      sizeMeters: root.size_meters,
      boxes: [],
      spawns: [],
      borders: [],
      pointsOfInterest: [],
      camps: [],
    };
  }

  collect(): CollectedZone {
    this.#visit(this.#root);
    if (this.#heightfield === undefined) {
      this.#refuse(
        this.#root,
        "expected one ground, a StaticBody3D with a HeightMapShape3D; got none, players would fall out of the world. Add a terrain.",
      );
      return { description: undefined, problems: this.#problems };
    }
    return { description: { ...this.#description, heightfield: this.#heightfield }, problems: this.#problems };
  }

  #visit(node: Node): void {
    if (node instanceof CollisionShape3D) this.#addShape(node);
    else if (node instanceof SpawnPoint) this.#addSpawn(node);
    else if (node instanceof ZoneBorder) this.#addBorder(node);
    else if (node instanceof PointOfInterest) this.#addPoint(node);
    else if (node instanceof CreatureCamp) this.#addCamp(node);
    else if (node instanceof CollisionPolygon3D) {
      this.#refuse(
        node,
        "expected boxes; a CollisionPolygon3D is unknown to the simulation. Replace it by CollisionShape3D with BoxShape3D.",
      );
    } else if (node instanceof CSGShape3D && node.use_collision) {
      this.#refuse(
        node,
        "expected boxes; the collision of CSG shapes is unknown to the simulation. Turn use_collision off and add a StaticBody3D.",
      );
    }
    for (const child of node.get_children()) this.#visit(child);
  }

  #addShape(node: CollisionShape3D): void {
    const body = node.get_parent();
    // Shapes of areas and the like stop nobody.
    if (!(body instanceof PhysicsBody3D) || node.disabled) return;
    if (!(body instanceof StaticBody3D) || body.get_class() !== "StaticBody3D") {
      this.#refuse(
        node,
        `expected a StaticBody3D around it; it belongs to a ${body.get_class()}, and what moves cannot be baked.`,
      );
      return;
    }
    const { shape } = node;
    if (shape instanceof BoxShape3D) this.#addBox(node, shape);
    else if (shape instanceof HeightMapShape3D) this.#addGround(node, shape);
    else {
      const kind = shape === null ? "no shape" : `a ${shape.get_class()}`;
      this.#refuse(
        node,
        `expected a BoxShape3D, or a HeightMapShape3D for the ground; got ${kind}. Replace it by one or several boxes.`,
      );
    }
  }

  #addBox(node: CollisionShape3D, shape: BoxShape3D): void {
    const frame = this.#frameOf(node);
    if (frame === undefined) return;
    const { x, y, z, yaw, scaleX, scaleY, scaleZ } = frame;
    this.#description.boxes.push({
      nodePath: this.#pathOf(node),
      x,
      y,
      z,
      halfX: (shape.size.x * scaleX) / 2,
      halfY: (shape.size.y * scaleY) / 2,
      halfZ: (shape.size.z * scaleZ) / 2,
      yaw,
    });
  }

  #addGround(node: CollisionShape3D, shape: HeightMapShape3D): void {
    if (this.#heightfield !== undefined) {
      this.#refuse(node, `expected one ground; ${this.#heightfield.nodePath} is another. Delete one of the two.`);
      return;
    }
    const frame = this.#frameOf(node);
    if (frame === undefined) return;
    const side = shape.map_width;
    const spacing = frame.scaleX;
    const half = ((side - 1) * spacing) / 2;
    this.#heightfield = {
      nodePath: this.#pathOf(node),
      samplesPerSide: side,
      spacingMeters: spacing,
      heights: Array.from(shape.map_data, (height) => frame.y + height * frame.scaleY),
    };
    if (shape.map_depth !== side || Math.abs(frame.scaleZ - spacing) > TOLERANCE_METERS) {
      this.#refuse(
        node,
        `expected a square height map with square cells; got ${side} x ${shape.map_depth} samples at ${spacing} x ${frame.scaleZ} m.`,
      );
    }
    if (frame.yaw !== 0)
      this.#refuse(node, "expected a ground that is not turned. Set the rotation of it and of its parents to 0.");
    if (Math.abs(frame.x - half) > TOLERANCE_METERS || Math.abs(frame.z - half) > TOLERANCE_METERS) {
      const [cornerX, cornerZ] = [frame.x - half, frame.z - half];
      this.#refuse(
        node,
        `expected the ground's corner at the zone's origin; it is at x ${cornerX.toFixed(2)}, z ${cornerZ.toFixed(2)}. Move it there.`,
      );
    }
  }

  #addSpawn(node: SpawnPoint): void {
    const frame = node.enabled ? this.#frameOf(node) : undefined;
    if (frame === undefined) return;
    this.#description.spawns.push({ nodePath: this.#pathOf(node), x: frame.x, y: frame.y, z: frame.z, yaw: frame.yaw });
  }

  #addBorder(node: ZoneBorder): void {
    this.#description.borders.push({
      nodePath: this.#pathOf(node),
      // Checked by checkZone, which says what is allowed.
      side: node.side as BorderSide,
      neighbour: node.neighbour,
      auraMeters: node.aura_width_meters,
    });
  }

  #addPoint(node: PointOfInterest): void {
    const { x, y, z } = this.#toZone.multiply(node.global_transform).origin;
    this.#description.pointsOfInterest.push({ nodePath: this.#pathOf(node), name: node.title, x, y, z });
  }

  #addCamp(node: CreatureCamp): void {
    if (!node.enabled) return;
    const { x, y, z } = this.#toZone.multiply(node.global_transform).origin;
    this.#description.camps.push({
      nodePath: this.#pathOf(node),
      creature: node.creature,
      count: node.count,
      ...{ x, y, z },
      radiusMeters: node.radius_meters,
      leashMeters: node.leash_meters,
      respawnSeconds: node.respawn_seconds,
    });
  }

  #frameOf(node: Node3D): ReturnType<typeof onlyFrame> {
    const frame = uprightFrame(this.#toZone.multiply(node.global_transform));
    if ("problem" in frame) this.#refuse(node, frame.problem);
    return onlyFrame(frame);
  }

  #refuse(node: Node, reason: string): void {
    this.#problems.push({ nodePath: this.#pathOf(node), reason });
  }

  /** As the editor's scene tree shows it, from the zone's root on. */
  #pathOf(node: Node): string {
    if (node === this.#root) return this.#root.name;
    return `${this.#root.name}/${this.#root.get_path_to(node)}`;
  }
}

function onlyFrame(frame: ReturnType<typeof uprightFrame>) {
  return "problem" in frame ? undefined : frame;
}
