import { type BaseButton, type Button, Control, type Label } from "godot";
import type Saves from "./saves.ts";

/** Title and end of the game: a few words and a button. */
export default class Menu extends Control {
  override _ready(): void {
    const calm = this.get_node<BaseButton>("%Calm");
    const saves = this.get_node<Saves>("/root/Saves");
    calm.button_pressed = saves.calm;
    calm.connect("toggled", (pressed) => {
      saves.calm = pressed;
    });
  }

  /** Shows itself and waits for the button. */
  async ask(words: { title: string; text: string; button: string }): Promise<void> {
    this.get_node<Label>("%Title").text = words.title;
    this.get_node<Label>("%Text").text = words.text;
    const button = this.get_node<Button>("%Start");
    button.text = words.button;
    this.modulate.a = 0;
    this.show();
    await this.#fade(1);
    button.grab_focus();
    await button.to_signal("pressed");
    await this.#fade(0);
    this.hide();
  }

  #fade(opacity: number): Promise<unknown> {
    const tween = this.create_tween();
    tween.tween_property(this, "modulate:a", opacity, 0.25);
    return tween.to_signal("finished");
  }
}
