import { AudioStreamPlayer, Node, OS } from "godot";

/** A few mixes of the audio driver, 23 ms each. */
const LAST_MIX_MS = 60;
const FOOTSTEPS = ["Footstep1", "Footstep2", "Footstep3"] as const;

/** Plays what is heard: the shore all the time, steps and jumps as the avatar says, and the menus' answers. */
export default class Soundscape extends Node {
  #lastStep = 0;

  /** Godot forgets what is still playing at its end: the mixer gets the time to let go of it. */
  _exit_tree(): void {
    for (const child of this.get_children()) {
      if (child instanceof AudioStreamPlayer) child.stop();
    }
    OS.delay_msec(LAST_MIX_MS);
  }

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
