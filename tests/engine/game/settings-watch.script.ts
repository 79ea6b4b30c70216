import { Button, type Label, Node, OptionButton, type PackedScene, ResourceLoader } from "godot";
import { hudColors } from "../../../scripts/game/hud/hud-palette.ts";

const INTERVAL_SECONDS = 0.15;

/** Runs the game, and prints where the visible buttons are, what stands on them, and what is in force; it touches nothing. */
export default class SettingsWatch extends Node {
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
    const buttons: Record<string, { x: number; y: number; text: string }> = {};
    const panel = this.get_node("Main/Interface/TitleMenu");
    for (const node of panel.find_children("*", "Button", true, false)) {
      if (!(node instanceof Button) || !node.is_visible_in_tree()) continue;
      const { position, size } = node.get_global_rect();
      const text = node instanceof OptionButton ? node.get_item_text(node.selected) : node.text;
      buttons[node.name] = { x: position.x + size.x / 2, y: position.y + size.y / 2, text };
    }
    const said = panel.find_child("Said", true, false) as Label | null;
    console.log(`settings ${JSON.stringify({ buttons, said: said?.text ?? "", palette: hudColors.name })}`);
  }
}
