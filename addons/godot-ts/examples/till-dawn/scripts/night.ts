import { type Exports, type PackedScene, Resource } from "godot";

/** How a night goes, as data: `scenes/night.tres` is one. Change it in the inspector and play. */
export default class Night extends Resource {
  /** The whole project knows it by its name: in the editor's "Create Resource", and as the type of an export. */
  static class_name = true;
  static exports: Exports = {
    length: { type: "float", hint: "range", hint_string: "10,300,1,suffix:s" },
    first_pause: { type: "float", hint: "range", hint_string: "0.1,3,0.01,suffix:s", group: "Creatures" },
    last_pause: { type: "float", hint: "range", hint_string: "0.1,3,0.01,suffix:s" },
    creatures: { type: "Array[PackedScene]" },
  };

  /** From dusk to dawn. */
  length = 60;
  /** Between two creatures at dusk. */
  first_pause = 0.9;
  /** Between two creatures at dawn. */
  last_pause = 0.3;
  /** Who comes. Later ones of the list come later in the night. */
  creatures: PackedScene[] = [];

  /** How long until the next creature comes, seconds. `progress` is 0 at dusk and 1 at dawn. */
  pause_at(progress: number): number {
    return this.first_pause + (this.last_pause - this.first_pause) * progress;
  }
}
