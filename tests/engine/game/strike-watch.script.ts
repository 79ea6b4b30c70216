import { type MultiMeshInstance3D, Node, type PackedScene, ResourceLoader } from "godot";

const FLOATS = 20;
/** Where gait and air are, each with 4 times the step of a strike and of a flash. */
const GAIT_AT = 17;
const AIR_AT = 18;
const ONE_STEP = 2.5;

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
    if (!this.#swung && this.#most("Main/World/Avatar/Body", GAIT_AT) > ONE_STEP) {
      this.#swung = true;
      console.log("the own arm is up");
    }
    if (!this.#flashed && this.#most("Main/World/RemotePlayers/Crowd", AIR_AT) > ONE_STEP) {
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
    for (let i = 0; i < shown; i += 1) most = Math.max(most, buffer[i * FLOATS + at] ?? 0);
    return most;
  }
}
