import { Node } from "godot";

/** Ends the engine with process.exit: the code must be 0 and no line after it may run. */
export default class ExitFixture extends Node {
  #frames = 0;

  override _process(): void {
    this.#frames += 1;
    if (this.#frames < 3) return;
    setInterval(() => {}, 1000);
    console.log("ok a timer is open when process.exit comes");
    console.log("1..1");
    process.exit(0);
    console.log("not ok process.exit returned");
  }
}
