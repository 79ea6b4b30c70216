import { AudioServer, AudioStreamPlayer, Node, OS } from "godot";

/** A mixer that is not heard of for so long will not come. */
const MIX_PATIENCE_MS = 1000;
const MIX_POLL_MS = 4;
const FOOTSTEPS = ["Footstep1", "Footstep2", "Footstep3"] as const;

/** Plays what is heard: the shore all the time, steps and jumps as the avatar says, and the menus' answers. */
export default class Soundscape extends Node {
  #lastStep = 0;

  /** Godot counts what still plays at its end as leaked: the mixer gets the time to let go of it. */
  _exit_tree(): void {
    for (const child of this.get_children()) {
      if (child instanceof AudioStreamPlayer) child.stop();
    }
    waitForMixes(2);
  }

  step(running: boolean): void {
    this.#lastStep = (this.#lastStep + 1) % FOOTSTEPS.length;
    const player = this.get_node<AudioStreamPlayer>(FOOTSTEPS[this.#lastStep] ?? FOOTSTEPS[0]);
    player.pitch_scale = running ? 1.12 : 0.95;
    player.volume_db = running ? -9 : -13;
    player.play();
  }

  /** A named sound of this node's children. */
  play(name: "Jump" | "Land" | "Select" | "Confirm" | "Swing" | "Hit"): void {
    this.get_node<AudioStreamPlayer>(name).play();
  }
}

/** Blocks until the mixer, a thread of its own, has run so many times. */
function waitForMixes(count: number): void {
  let sinceLast = AudioServer.get_time_since_last_mix();
  let seen = 0;
  for (let waitedMs = 0; seen < count && waitedMs < MIX_PATIENCE_MS; waitedMs += MIX_POLL_MS) {
    OS.delay_msec(MIX_POLL_MS);
    const since = AudioServer.get_time_since_last_mix();
    if (since < sinceLast) seen += 1;
    sinceLast = since;
  }
}
