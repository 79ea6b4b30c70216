import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DirAccess, Node, OS, PackedScene, ResourceLoader } from "godot";
import { loadDataFiles } from "../../scripts/game/data-files.ts";
import type { CreatureRule } from "../../scripts/simulation/combat/data/combat-data.ts";
import { readCombatData } from "../../scripts/simulation/combat/data/read-combat-data.ts";
import { checkZone } from "../../scripts/simulation/zone-check.ts";
import type { ZoneDescription, ZoneProblem } from "../../scripts/simulation/zone-description.ts";
import { encodeZone } from "../../scripts/simulation/zone-file.ts";
import { readBakeOptions } from "./bake-options.ts";
import { collectZone } from "./collect-zone.ts";

const ZONE_SCENES = "res://scenes/zones";

/** Writes for every zone scene what servers and prediction need; exits with 1 and names every problem when one is broken. */
export default class Bake extends Node {
  _ready(): void {
    let code = 1;
    try {
      code = this.#bake();
    } catch (error) {
      console.error(`the bake failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    this.get_tree().quit(code);
  }

  #bake(): number {
    const options = readBakeOptions(OS.get_cmdline_user_args());
    if ("problem" in options) {
      console.error(options.problem);
      return 2;
    }
    const scenes = options.scenes.length > 0 ? options.scenes : sceneFiles();
    if (scenes.length === 0) {
      console.error(`expected zone scenes in ${ZONE_SCENES}; found none`);
      return 1;
    }
    const creatures = readCreatures();
    if (creatures === undefined) return 1;
    const baked = new Map<string, string>();
    let broken = 0;
    for (const scene of scenes) {
      const { description, problems } = this.#read(scene, creatures);
      const taken = description && baked.get(description.name);
      if (description && taken) {
        const reason = `expected a zone name of its own; ${taken} is "${description.name}" too. Rename one of the two.`;
        problems.push({ nodePath: description.nodePath, reason });
      }
      if (description === undefined || problems.length > 0) {
        broken += 1;
        for (const { nodePath, reason } of problems) console.error(`${scene}: ${nodePath}: ${reason}`);
        continue;
      }
      baked.set(description.name, scene);
      this.#write(options.outFolder, scene, description);
    }
    if (broken > 0) console.error(`${broken} of ${scenes.length} zones cannot be baked`);
    return broken > 0 ? 1 : 0;
  }

  #read(
    scene: string,
    creatures: readonly CreatureRule[],
  ): { description: ZoneDescription | undefined; problems: ZoneProblem[] } {
    const packed = ResourceLoader.load(scene);
    const root = packed instanceof PackedScene ? packed.instantiate() : null;
    if (root === null) {
      const reason = "expected a scene; this file cannot be loaded as one, the messages above say why";
      return { description: undefined, problems: [{ nodePath: scene, reason }] };
    }
    this.add_child(root);
    const { description, problems } = collectZone(root);
    if (description !== undefined) problems.push(...checkZone(description, creatures));
    root.free();
    return { description, problems };
  }

  #write(folder: string, scene: string, description: ZoneDescription): void {
    const bytes = encodeZone(description);
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${description.name}.zone`);
    writeFileSync(path, bytes);
    const { boxes, spawns, borders, pointsOfInterest, camps } = description;
    console.log(
      `${scene}: ${path}, ${Math.round(bytes.length / 1024)} KiB: ${boxes.length} boxes, ${spawns.length} spawns, ${borders.length} borders, ${pointsOfInterest.length} places, ${camps.length} camps`,
    );
  }
}

/** The kinds of creatures in data/; without, what is wrong with the data has been said. */
function readCreatures(): readonly CreatureRule[] | undefined {
  const read = readCombatData(loadDataFiles());
  if (read.ok) return read.data.creatures;
  for (const problem of read.problems) console.error(problem);
  console.error("camps cannot be judged by data that breaks its rules");
  return undefined;
}

function sceneFiles(): string[] {
  return DirAccess.get_files_at(ZONE_SCENES)
    .filter((file) => file.endsWith(".tscn") || file.endsWith(".tscn.remap"))
    .map((file) => `${ZONE_SCENES}/${file.replace(/\.remap$/, "")}`)
    .sort();
}
