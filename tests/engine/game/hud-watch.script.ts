import { Input, Node, type PackedScene, Performance, ResourceLoader } from "godot";
import type Hud from "../../../scripts/game/hud/hud.ts";
import HudPart from "../../../scripts/game/hud/hud-part.ts";

const INTERVAL_SECONDS = 0.1;

/** Runs the game and prints what stands on its interface of fights, several times per second; it touches nothing. */
export default class HudWatch extends Node {
  #seconds = 0;

  _ready(): void {
    const main = ResourceLoader.load<PackedScene>("res://scenes/main.tscn")?.instantiate();
    if (main === null || main === undefined) throw new Error("the main scene cannot be loaded");
    this.add_child(main);
  }

  _process(delta: number): void {
    this.#seconds += delta;
    if (this.#seconds < INTERVAL_SECONDS) return;
    this.#seconds = 0;
    const hud = this.get_node<Hud>("Main/Interface/Hud");
    const scale = this.get_viewport()?.get_final_transform().x.x ?? 1;
    const parts: Record<string, unknown> = {};
    for (const child of hud.get_children()) {
      if (!(child instanceof HudPart)) continue;
      parts[child.name] = child.is_visible_in_tree() ? child.texts : [];
    }
    console.log(
      `hud ${JSON.stringify({
        ...{ visible: hud.visible, parts, scale, focus: this.get_viewport()?.gui_get_focus_owner()?.name ?? "" },
        mouseCaptured: Input.mouse_mode === Input.MOUSE_MODE_CAPTURED,
        drawCalls: Performance.get_monitor(Performance.RENDER_TOTAL_DRAW_CALLS_IN_FRAME),
      })}`,
    );
  }
}
