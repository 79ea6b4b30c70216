import { statSync } from "node:fs";
import { Button, EditorInterface, EditorPlugin, EditorToaster, type Node, OS, ProjectSettings } from "godot";
import Zone from "../../scripts/game/zone/zone.ts";
import { bakeScene } from "./bake-scene.ts";
import { ProblemList } from "./problem-list.ts";

const LABEL = "Bake Zone";

/** The button of the 3D editor that saves the zone that is open and bakes it for servers and prediction. */
export default class ZoneEditor extends EditorPlugin {
  static tool = true;

  #button: Button | undefined;
  #problems: ProblemList | undefined;
  #bakes = false;

  override _enter_tree(): void {
    const button = new Button();
    button.text = LABEL;
    button.flat = true;
    button.tooltip_text = "Saves the scene and writes what servers need of it, as `npm run bake` does.";
    button.connect("pressed", () => void this.#bake());
    this.#button = button;
    this.#problems = new ProblemList();
    this.add_control_to_container(EditorPlugin.CONTAINER_SPATIAL_EDITOR_MENU, button);
    this.connect("scene_changed", (root: Node | null) => this.#show(root));
    this.#show(EditorInterface.get_edited_scene_root());
  }

  override _exit_tree(): void {
    if (this.#button !== undefined) {
      this.remove_control_from_container(EditorPlugin.CONTAINER_SPATIAL_EDITOR_MENU, this.#button);
      this.#button.queue_free();
    }
    this.#problems?.free();
    this.#button = undefined;
    this.#problems = undefined;
  }

  #show(root: Node | null): void {
    if (this.#button !== undefined) this.#button.visible = root instanceof Zone;
  }

  async #bake(): Promise<void> {
    const scene = EditorInterface.get_edited_scene_root()?.scene_file_path ?? "";
    if (this.#bakes || this.#button === undefined) return;
    if (scene === "") {
      say("Save the scene first: what is baked is the file.", EditorToaster.SEVERITY_WARNING);
      return;
    }
    if (!save(scene)) {
      say(
        `${scene} could not be saved, so nothing was baked: see that its folder can be written, then press again.`,
        EditorToaster.SEVERITY_ERROR,
      );
      return;
    }
    this.#bakes = true;
    this.#button.disabled = true;
    this.#button.text = "Baking…";
    const result = await bakeScene(OS.get_executable_path(), ProjectSettings.globalize_path("res://"), scene);
    this.#bakes = false;
    // The plugin may have been switched off meanwhile.
    if (this.#button === undefined) return;
    this.#button.disabled = false;
    this.#button.text = LABEL;
    if (result.ok) {
      console.log(`${scene}: ${result.written}`);
      say(`Baked ${result.written}`, EditorToaster.SEVERITY_INFO);
      return;
    }
    this.#problems?.show(scene, result.problems);
  }
}

/** Saves the scene that is open. The file itself tells whether it was written: what the engine returns is the same if it was not. */
function save(scene: string): boolean {
  const path = ProjectSettings.globalize_path(scene);
  const writtenAt = () => statSync(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
  const before = writtenAt();
  EditorInterface.save_scene();
  const after = writtenAt();
  return after !== undefined && after !== before;
}

function say(message: string, severity: EditorToaster.Severity): void {
  EditorInterface.get_editor_toaster()?.push_toast(message, severity);
}
