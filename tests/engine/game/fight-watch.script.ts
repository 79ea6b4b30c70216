import { type MultiMeshInstance3D, Node, type PackedScene, ResourceLoader } from "godot";
import type CombatTexts from "../../../scripts/game/fight/combat-texts.ts";
import type FightSounds from "../../../scripts/game/fight/fight-sounds.ts";
import type { FightSeen, SeenPose, SeenText } from "./fight-seen.ts";

const FLOATS = 20;
const OTHER_POSE = 1024;
const NO_POSE: SeenPose = { lift: 0, cut: 0, guard: 0, lean: 0, cast: 0, channel: 0, dead: 0, flash: 0 };
const KINDS = ["wanderer", "reef-crawler", "gale-wolf", "drowned-warden"];
const LEVELS = ["Full", "Simple", "Dot"];

/** Runs the game, and prints in every frame what of a fight reaches the engine: poses, texts, what flies, marks, sounds, the view. It touches nothing. */
export default class FightWatch extends Node {
  _ready(): void {
    const main = ResourceLoader.load<PackedScene>("res://scenes/main.tscn")?.instantiate();
    if (main === null || main === undefined) throw new Error("the main scene cannot be loaded");
    this.add_child(main);
    this.process_priority = 1000;
  }

  _process(): void {
    const others = KINDS.map((kind) => {
      const pose = { ...NO_POSE };
      for (const level of LEVELS) this.#look(`Main/World/RemotePlayers/${kind}/${level}`, pose);
      return pose;
    });
    const own = { ...NO_POSE };
    this.#look("Main/World/Avatar/Body", own);
    const seen: FightSeen = {
      ...{ own, others, texts: this.#texts() },
      bolts: this.#shown("Main/World/Bolts"),
      marks: this.#shown("Main/World/GroundMarks"),
      sounds: Object.fromEntries(this.get_node<FightSounds>("Main/FightSounds").played),
      roll: Math.abs(this.get_node<MultiMeshInstance3D>("Main/World/PlayerCamera").rotation.z),
    };
    console.log(`fight ${JSON.stringify(seen)}`);
  }

  #texts(): SeenText[] {
    const { texts } = this.get_node<CombatTexts>("Main/Interface/CombatTexts");
    const found: SeenText[] = [];
    texts.alive.forEach((alive, slot) => {
      if (alive === 0 || texts.drawn[slot] === 0) return;
      const [kind = "damage", amount = 0] = [texts.kind[slot], texts.amount[slot]];
      const [taken, predicted] = [texts.taken[slot] === 1, texts.predicted[slot] === 1];
      found.push({ kind, amount, taken, predicted, critical: texts.critical[slot] === 1 });
    });
    return found;
  }

  #shown(path: string): number {
    const node = this.get_node<MultiMeshInstance3D>(path);
    return node.visible ? (node.multimesh?.visible_instance_count ?? 0) : 0;
  }

  /** The most of each part of a pose of all bodies that a MultiMesh draws. */
  #look(path: string, pose: SeenPose): void {
    const node = this.get_node<MultiMeshInstance3D>(path);
    const many = node.multimesh;
    if (many === null || !node.visible) return;
    const { buffer } = many;
    const shown = many.visible_instance_count < 0 ? many.instance_count : many.visible_instance_count;
    for (let i = 0; i < shown; i += 1) {
      const [alpha = 0, , , z = 0, w = 0] = buffer.slice(i * FLOATS + 15);
      const upper = Math.floor((z % OTHER_POSE) / 32) / 31;
      const lower = (z % 32) / 31;
      const cast = Math.floor(w / 64) / 31;
      const arms = z < OTHER_POSE ? (["lift", "cut"] as const) : (["guard", "lean"] as const);
      pose[arms[0]] = Math.max(pose[arms[0]], upper);
      pose[arms[1]] = Math.max(pose[arms[1]], lower);
      const casting = alpha >= OTHER_POSE ? "channel" : "cast";
      pose[casting] = Math.max(pose[casting], cast);
      pose.dead = Math.max(pose.dead, (w % 64) / 63);
      pose.flash = Math.max(pose.flash, Math.floor((alpha % OTHER_POSE) / 64) / 15);
    }
  }
}
