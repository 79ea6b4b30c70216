import { type MultiMeshInstance3D, Node, type PackedScene, ResourceLoader } from "godot";

const FLOATS = 20;
/** Where light is, 64 times its step of 15, and where the raised arm is, 32 times its step of 31. */
const LIGHT_AT = 15;
const ARM_AT = 18;
const HALF_LIT = 64 * 8;
const HALF_UP = 32 * 16;
/** From here on both numbers mean other poses. */
const OTHER_POSE = 1024;

/** The game, and a line for the first frame in which the own character strikes, and in which somebody else lights up. */
export default class StrikeWatch extends Node {
  #swung = false;
  #flashed = false;

  _ready(): void {
    const main = ResourceLoader.load<PackedScene>("res://scenes/main.tscn")?.instantiate();
    if (main === null || main === undefined) throw new Error("the main scene cannot be loaded");
    this.add_child(main);
  }

  _process(): void {
    if (!this.#swung && this.#most("Main/World/Avatar/Body", ARM_AT) > HALF_UP) {
      this.#swung = true;
      console.log("the own arm is up");
    }
    if (!this.#flashed && this.#most("Main/World/RemotePlayers/wanderer/Full", LIGHT_AT) > HALF_LIT) {
      this.#flashed = true;
      console.log("somebody lights up");
    }
  }

  /** The highest of one number of all that a MultiMesh draws. */
  #most(path: string, at: number): number {
    const many = this.get_node<MultiMeshInstance3D>(path).multimesh;
    if (many === null) return 0;
    const { buffer } = many;
    const shown = many.visible_instance_count < 0 ? many.instance_count : many.visible_instance_count;
    let most = 0;
    for (let i = 0; i < shown; i += 1) most = Math.max(most, (buffer[i * FLOATS + at] ?? 0) % OTHER_POSE);
    return most;
  }
}
