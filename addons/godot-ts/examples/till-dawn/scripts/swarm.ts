import { Node2D, type PackedScene, randi_range, type Timer } from "godot";
import type Creature from "./creature.ts";
import type Night from "./night.ts";

/** Where creatures come from: one whenever the timer has run out. */
export default class Swarm extends Node2D {
  #night: Night | undefined;
  /** From 0 at dusk to 1 at dawn. */
  progress = 0;

  begin(night: Night): void {
    this.#night = night;
    this.progress = 0;
    this.modulate.a = 1;
    this.#wind_timer();
  }

  /** No more come; those that are there fade and fly on. */
  end(): void {
    this.#night = undefined;
    this.get_node<Timer>("Timer").stop();
    this.create_tween().tween_property(this, "modulate:a", 0.2, 0.6);
  }

  clear(): void {
    this.get_tree()?.call_group("creatures", "queue_free");
  }

  /** Connected in the scene. */
  _on_timer_timeout(): void {
    if (this.#night === undefined) return;
    const creature = this.#next(this.#night.creatures).instantiate<Creature>();
    this.add_child(creature);
    const light = this.get_tree()?.get_first_node_in_group<Node2D>("light");
    creature.launch(light?.position ?? this.get_viewport_rect().get_center());
    this.#wind_timer();
  }

  #wind_timer(): void {
    if (this.#night !== undefined) this.get_node<Timer>("Timer").start(this.#night.pause_at(this.progress));
  }

  /** Any of those that are out at this hour: the first kind from the start, the last from two thirds of the night on. */
  #next(kinds: readonly PackedScene[]): PackedScene {
    const awake = Math.min(kinds.length, 1 + Math.floor(this.progress * 1.5 * kinds.length));
    const scene = kinds[randi_range(0, awake - 1)];
    if (scene === undefined) throw new Error("the night has no creatures: add scenes to it in the inspector");
    return scene;
  }
}
