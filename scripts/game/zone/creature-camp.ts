import {
  type ArrayMesh,
  Color,
  type Dictionary,
  DirAccess,
  Engine,
  type Exports,
  Marker3D,
  type MeshInstance3D,
  PropertyHint,
} from "godot";
import { campReachMeters } from "../../simulation/camp-check.ts";
import type { CreatureRule } from "../../simulation/combat/data/combat-data.ts";
import { readCombatData } from "../../simulation/combat/data/read-combat-data.ts";
import { loadDataFiles } from "../data-files.ts";
import { groundBands, ring } from "./ground-bands.ts";
import { groundPaint, paintedMesh } from "./ground-paint.ts";
import Terrain from "./terrain.ts";

const CREATURES = "res://data/creatures";
const POSTS_COLOR = new Color(1, 0.75, 0.3);
const REACH_COLOR = new Color(0.95, 0.3, 0.25);
const LEASH_COLOR = new Color(0.45, 0.7, 1);

/**
 * Where creatures of one kind live, a few metres apart; those who die come back. In the editor amber is where they stand, red how near one can come before they may attack,
 * blue from where on they give up at the latest.
 */
export default class CreatureCamp extends Marker3D {
  static tool = true;
  static exports = {
    enabled: { type: "bool", description: "Whether the bake hands this camp to the server" },
    creature: { type: "String", description: "Name of a file in data/creatures, without .json" },
    count: { type: "int", hint: "range", hint_string: "1,12,1", description: "Creatures that live here at once" },
    radius_meters: {
      type: "float",
      hint: "range",
      hint_string: "0,30,0.5,suffix:m",
      description:
        "Their posts lie within this about the camp (amber). At least half of the circle must be dry ground where one can walk",
    },
    leash_meters: {
      type: "float",
      hint: "range",
      hint_string: "10,80,1,suffix:m",
      description: "Drawn farther than this from its post, a creature gives up, runs home and is whole again (blue)",
    },
    respawn_seconds: {
      type: "int",
      hint: "range",
      hint_string: "5,3600,1,suffix:s",
      description: "From when a body is gone, 10 s after death, until the next creature comes",
    },
  } satisfies Exports;

  enabled = true;
  creature = "reef-crawler";
  count = 3;
  radius_meters = 6;
  leash_meters = 40;
  respawn_seconds = 30;

  #rings: MeshInstance3D | undefined;
  #drawn = "";

  override _ready(): void {
    this.set_process(Engine.is_editor_hint());
  }

  /** In the editor: what is shown follows the numbers. */
  override _process(): void {
    const { x, y, z } = this.global_position;
    const shown = `${x} ${y} ${z} ${this.creature} ${this.radius_meters} ${this.leash_meters}`;
    if (shown === this.#drawn) return;
    this.#drawn = shown;
    this.draw_rings();
    this.update_configuration_warnings();
  }

  override _validate_property(property: Dictionary): void {
    if (property.name !== "creature") return;
    property.hint = PropertyHint.PROPERTY_HINT_ENUM_SUGGESTION;
    property.hint_string = creatureNames().join(",");
  }

  override _get_configuration_warnings(): string[] {
    const names = creatureNames();
    if (names.includes(this.creature)) return [];
    return [`There is no data/creatures/${this.creature}.json. "creature" can be ${names.join(", ")}.`];
  }

  /** Shows how far the camp goes, on the ground. */
  draw_rings(): void {
    this.#rings ??= this.#addRings();
    const terrain = this.owner?.get_node_or_null("Terrain");
    const heights = terrain instanceof Terrain ? terrain.heights() : undefined;
    const { x, y, z } = this.global_position;
    const rule = creatureRule(this.creature);
    this.#rings.mesh = groundBands(
      [
        ring(this.radius_meters, POSTS_COLOR),
        ring(rule ? campReachMeters({ radiusMeters: this.radius_meters }, rule) : 0, REACH_COLOR),
        ring(this.radius_meters + this.leash_meters, LEASH_COLOR),
      ],
      (dx, dz) => (heights === undefined ? 0 : Math.max(0, heights.ground(x + dx, z + dz)) - y),
    );
  }

  /** What is shown, for who wants to look at it. */
  rings(): ArrayMesh | null {
    return paintedMesh(this.#rings);
  }

  #addRings(): MeshInstance3D {
    const rings = groundPaint("Rings");
    this.add_child(rings);
    return rings;
  }
}

function creatureNames(): string[] {
  return [...DirAccess.get_files_at(CREATURES)]
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length));
}

function creatureRule(key: string): CreatureRule | undefined {
  const read = readCombatData(loadDataFiles());
  return read.ok ? read.data.creature(key) : undefined;
}
