import { type Control, Input, type Label, Node, type PackedScene, ResourceLoader } from "godot";
import type NetOverlay from "../../../scripts/game/overlay/net-overlay.ts";

const INTERVAL_SECONDS = 0.2;

/** Runs the game and prints what its overlay shows, several times per second; it touches nothing. */
export default class OverlayWatch extends Node {
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
    const overlay = this.get_node<NetOverlay>("Main/Interface/NetOverlay");
    const shown = (path: string) => overlay.get_node<Control>(path).is_visible_in_tree();
    console.log(
      `overlay ${JSON.stringify({
        numbers: shown("Frame"),
        controls: shown("LinkPanel"),
        ghost: this.get_node<Node & { visible: boolean }>("Main/World/ServerGhost").visible,
        warning: shown("Warning") ? overlay.get_node<Label>("Warning/Row/WarningText").text : "",
        networkRoundTrip: overlay.value_of("round trip, network"),
        focus: this.get_viewport()?.gui_get_focus_owner()?.name ?? "",
        mouseCaptured: Input.mouse_mode === Input.MOUSE_MODE_CAPTURED,
      })}`,
    );
  }
}
