import {
  BaseButton,
  Button,
  Camera3D,
  Control,
  Input,
  Label,
  Node,
  type PackedScene,
  ResourceLoader,
  Vector3,
} from "godot";
import type Hud from "../../../scripts/game/hud/hud.ts";
import HudPart from "../../../scripts/game/hud/hud-part.ts";
import type Main from "../../../scripts/game/main.ts";
import type { HudReport, ShownControl } from "./hud-report.ts";

const INTERVAL_SECONDS = 0.1;
const SCREENS = ["InvitationPanel", "PartyMenu", "DeathScreen"] as const;
const CHEST_METERS = 1.1;

/** Runs the game and prints what stands on its interface of fights, several times per second; it touches nothing. Lengths in pixels of the screen. */
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
    const report: HudReport = {
      visible: hud.visible,
      scale,
      mouseCaptured: Input.mouse_mode === Input.MOUSE_MODE_CAPTURED,
      paused: this.get_node<Control>("Main/Interface/PauseMenu").visible,
      focus: this.get_viewport()?.gui_get_focus_owner()?.name ?? "",
      parts: {},
      screens: {},
      others: this.#others(scale),
    };
    for (const child of hud.get_children()) {
      if (child instanceof HudPart) {
        report.parts[child.name] = child.is_visible_in_tree() ? [...child.texts] : [];
      }
    }
    for (const name of SCREENS) report.screens[name] = controlsIn(hud.get_node<Control>(name), scale);
    console.log(`hud ${JSON.stringify(report)}`);
  }

  /** Where the bodies of the others are drawn. */
  #others(scale: number): HudReport["others"] {
    const camera = this.get_viewport()?.get_camera_3d();
    const remotes = this.get_node<Main>("Main").client?.remotes;
    if (!(camera instanceof Camera3D) || remotes === undefined) return [];
    return Array.from({ length: remotes.count }, (_, i) => {
      const chest = new Vector3(remotes.x[i] ?? 0, (remotes.y[i] ?? 0) + CHEST_METERS, remotes.z[i] ?? 0);
      const { x, y } = camera.unproject_position(chest);
      return { name: remotes.name(i), x: x * scale, y: y * scale };
    });
  }
}

/** Labels and buttons that can be seen. */
function controlsIn(node: Node, scale: number): ShownControl[] {
  const own: ShownControl[] = [];
  if (node instanceof Control && !node.is_visible_in_tree()) return own;
  if (node instanceof Label || node instanceof Button) {
    const { position, size } = node.get_global_rect();
    own.push({
      ...{ text: node.text, button: node instanceof Button, disabled: node instanceof BaseButton && node.disabled },
      ...{ x: position.x * scale, y: position.y * scale, width: size.x * scale, height: size.y * scale },
    });
  }
  for (const child of node.get_children()) own.push(...controlsIn(child, scale));
  return own;
}
