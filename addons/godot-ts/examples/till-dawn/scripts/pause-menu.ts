import { type Button, Control, type InputEvent, Node } from "godot";

/** Stops the world while it is shown. Its process mode is "always", so that it hears the key that goes on. */
export default class PauseMenu extends Control {
  /** Whether there is something to pause. */
  enabled = false;

  override _notification(what: number): void {
    // Somebody who looks away does not want to lose.
    if (what === Node.NOTIFICATION_APPLICATION_FOCUS_OUT && this.enabled) this.#pause(true);
  }

  override _unhandled_input(event: InputEvent): void {
    if (!this.enabled || !event.is_action_pressed("pause")) return;
    this.#pause(!this.visible);
    this.get_viewport()?.set_input_as_handled();
  }

  /** Connected in the scene. */
  _on_continue_pressed(): void {
    this.#pause(false);
  }

  #pause(paused: boolean): void {
    const tree = this.get_tree();
    if (tree === null) return;
    tree.paused = paused;
    this.visible = paused;
    if (paused) this.get_node<Button>("%Continue").grab_focus();
  }
}
