import { type AudioStreamPlayer, Node } from "godot";

const FOOTSTEPS = ["Footstep1", "Footstep2", "Footstep3"] as const;

/** Plays what is heard: the shore all the time, steps and jumps as the avatar says, and the menus' answers. */
export default class Soundscape extends Node {
  #lastStep = 0;

  step(running: boolean): void {
    this.#lastStep = (this.#lastStep + 1) % FOOTSTEPS.length;
    const player = this.get_node<AudioStreamPlayer>(FOOTSTEPS[this.#lastStep] ?? FOOTSTEPS[0]);
    player.pitch_scale = running ? 1.12 : 0.95;
    player.volume_db = running ? -9 : -13;
    player.play();
  }

  /** A named sound of this node's children. */
  play(name: "Jump" | "Land" | "Select" | "Confirm"): void {
    this.get_node<AudioStreamPlayer>(name).play();
  }
}
