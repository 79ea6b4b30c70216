import {
  BaseButton,
  Button,
  Camera3D,
  Control,
  DisplayServer,
  Input,
  Label,
  Node,
  OptionButton,
  RenderingServer,
  ScrollContainer,
  Vector3,
} from "godot";
import type Nameplates from "../../../scripts/game/character/nameplates.ts";
import type CombatTexts from "../../../scripts/game/fight/combat-texts.ts";
import type AbilitySlots from "../../../scripts/game/hud/ability-slots.ts";
import type Hud from "../../../scripts/game/hud/hud.ts";
import type HudCanvas from "../../../scripts/game/hud/hud-canvas.ts";
import { hudColors } from "../../../scripts/game/hud/hud-palette.ts";
import HudPart from "../../../scripts/game/hud/hud-part.ts";
import type Minimap from "../../../scripts/game/hud/minimap.ts";
import type Main from "../../../scripts/game/main.ts";
import type NetOverlay from "../../../scripts/game/overlay/net-overlay.ts";
import { comfort } from "../../../scripts/game/settings/comfort.ts";
import { addGame } from "./add-game.ts";
import { CooldownSeen } from "./cooldown-seen.ts";
import {
  type GameReport,
  type ShownControl,
  type ShownCooldown,
  type ShownOverlay,
  type WorldText,
  writeReport,
} from "./game-report.ts";
import type { Box } from "./text-contrast.ts";
import { seeWorldTexts } from "./world-texts-seen.ts";

const INTERVAL_SECONDS = 0.1;
const SCREENS = ["Hud/InvitationPanel", "Hud/PartyMenu", "Hud/DeathScreen", "PauseMenu", "TitleMenu"] as const;
const AROUND = ["Status", "ControlHints", "ConnectionBanner"] as const;
const MENUS = ["TitleMenu", "PauseMenu"] as const;
const CHEST_METERS = 1.1;

/** Runs the game and prints what is on its screen, several times per second; it touches nothing, but for a moment what the shader of cooldowns is told. */
export default class GameWatch extends Node {
  #seconds = 0;
  readonly #cooldownSeen = new CooldownSeen();
  #cooldowns: ShownCooldown[] = [];
  #worldTexts: WorldText[] = [];
  #awaitsPicture = false;

  _ready(): void {
    addGame(this);
  }

  _process(delta: number): void {
    this.#seconds += delta;
    if (this.#seconds < INTERVAL_SECONDS) return;
    this.#seconds = 0;
    const hud = this.get_node<Hud>("Main/Interface/Hud");
    const scale = this.get_viewport()?.get_final_transform().x.x ?? 1;
    const focus = this.get_viewport()?.gui_get_focus_owner();
    const report: GameReport = {
      visible: hud.visible,
      scale,
      partScale: scale * hud.scale.x,
      small: comfort.small,
      mouseCaptured: Input.mouse_mode === Input.MOUSE_MODE_CAPTURED,
      paused: this.get_node<Control>("Main/Interface/PauseMenu").visible,
      focus: focus?.name ?? "",
      focusText: focus instanceof Button ? focus.text : "",
      focusBox: focus instanceof Control ? rectOf(focus, scale) : { x: 0, y: 0, width: 0, height: 0 },
      palette: hudColors.name,
      parts: {},
      screens: {},
      around: {},
      cooldowns: this.#cooldowns,
      worldTexts: this.#worldTexts,
      others: this.#others(scale),
      mapReachMeters: hud.get_node<Minimap>("Minimap").reach_meters,
      map: rectOf(hud.get_node<Control>("Minimap"), scale),
      ...this.#menus(scale),
      overlay: this.#overlay(),
    };
    for (const child of hud.get_children()) {
      if (child instanceof HudPart) report.parts[child.name] = child.is_visible_in_tree() ? [...child.texts] : [];
    }
    const controls = (path: string) => controlsIn(this.get_node<Control>(`Main/Interface/${path}`), scale);
    for (const path of SCREENS) report.screens[path.split("/").at(-1) ?? path] = controls(path);
    for (const path of AROUND) report.around[path] = controls(path);
    console.log(writeReport(report));
    void this.#lookAtPicture();
  }

  async #lookAtPicture(): Promise<void> {
    const client = this.get_node<Main>("Main").client;
    if (this.#awaitsPicture || client === undefined || DisplayServer.get_name() === "headless") return;
    const slots = this.get_node<AbilitySlots>("Main/Interface/Hud/AbilitySlots");
    if (!slots.is_visible_in_tree()) return;
    this.#awaitsPicture = true;
    this.call_deferred("hasten_cooldowns");
    await RenderingServer.to_signal("frame_post_draw");
    this.#awaitsPicture = false;
    const viewport = this.get_viewport();
    const picture = viewport?.get_texture()?.get_image();
    if (viewport === null || picture === null || picture === undefined) return;
    const scale = viewport.get_final_transform().x.x;
    this.#cooldowns = this.#cooldownSeen.look(client, slots, picture, scale);
    // What lies under a screen or a menu is dimmed.
    const covered = ["Hud/DeathScreen", "PauseMenu"].some(
      (path) => this.get_node<Control>(`Main/Interface/${path}`).visible,
    );
    const plates = this.get_node<Nameplates>("Main/Interface/Nameplates");
    const floats = this.get_node<CombatTexts>("Main/Interface/CombatTexts");
    this.#worldTexts = covered
      ? []
      : [
          ...seeWorldTexts("name", plates.painted, picture, scale),
          ...seeWorldTexts("float", floats.painted, picture, scale),
        ];
  }

  /** Between the frame's scripts and its drawing. */
  hasten_cooldowns(): void {
    const client = this.get_node<Main>("Main").client;
    if (client === undefined) return;
    const hud = this.get_node("Main/Interface/Hud");
    this.#cooldownSeen.hasten(client, hud.get_node<AbilitySlots>("AbilitySlots"), hud.get_node<HudCanvas>("Canvas"));
  }

  /** Where the bodies of the others are drawn. */
  #others(scale: number): GameReport["others"] {
    const camera = this.get_viewport()?.get_camera_3d();
    const remotes = this.get_node<Main>("Main").client?.remotes;
    if (!(camera instanceof Camera3D) || remotes === undefined) return [];
    return Array.from({ length: remotes.count }, (_, i) => {
      const chest = new Vector3(remotes.x[i] ?? 0, (remotes.y[i] ?? 0) + CHEST_METERS, remotes.z[i] ?? 0);
      const { x, y } = camera.unproject_position(chest);
      return { name: remotes.name(i), x: x * scale, y: y * scale };
    });
  }

  /** The buttons that can be clicked in menus. */
  #menus(scale: number): Pick<GameReport, "buttons" | "rows" | "said"> {
    const found: Pick<GameReport, "buttons" | "rows" | "said"> = { buttons: {}, rows: [], said: "" };
    for (const name of MENUS) {
      const menu = this.get_node<Control>(`Main/Interface/${name}`);
      if (!menu.visible) continue;
      for (const node of menu.find_children("*", "Button", true, false)) {
        if (!(node instanceof Button) || !node.is_visible_in_tree()) continue;
        const { x, y, width, height } = rectOf(node, scale);
        const text = node instanceof OptionButton ? node.get_item_text(node.selected) : node.text;
        found.buttons[node.name] = { x: x + width / 2, y: y + height / 2, text };
        if (node instanceof OptionButton) found.rows.push(...rowsOf(node, scale));
      }
      found.said = (menu.find_child("Said", true, false) as Label | null)?.text ?? "";
    }
    return found;
  }

  #overlay(): ShownOverlay {
    const overlay = this.get_node<NetOverlay>("Main/Interface/NetOverlay");
    const shown = (path: string) => overlay.get_node<Control>(path).is_visible_in_tree();
    return {
      numbers: shown("Frame"),
      controls: shown("LinkPanel"),
      ghost: this.get_node<Node & { visible: boolean }>("Main/World/ServerGhost").visible,
      warning: shown("Warning") ? overlay.get_node<Label>("Warning/Row/WarningText").text : "",
      networkRoundTrip: overlay.value_of("round trip, network"),
    };
  }
}

/** What can be chosen from, while the list is open. */
function rowsOf(option: OptionButton, scale: number): GameReport["rows"] {
  const list = option.get_popup();
  if (list === null || !list.visible) return [];
  const { position, size } = list;
  const height = size.y / list.item_count;
  return Array.from({ length: list.item_count }, (_, row) => ({
    text: list.get_item_text(row),
    x: (position.x + size.x / 2) * scale,
    y: (position.y + (row + 0.5) * height) * scale,
  }));
}

function rectOf(node: Control, scale: number): Box {
  const { position, size } = node.get_global_rect();
  return { x: position.x * scale, y: position.y * scale, width: size.x * scale, height: size.y * scale };
}

/** Labels and buttons that can be seen: not those that fade, nor, of a list, what is scrolled out of `seen`. */
function controlsIn(node: Node, scale: number, seen?: Box): ShownControl[] {
  const own: ShownControl[] = [];
  if (node instanceof Control && (!node.is_visible_in_tree() || node.modulate.a < 1)) return own;
  if (node instanceof Label || node instanceof Button) {
    const disabled = node instanceof BaseButton && node.disabled;
    const text = node instanceof OptionButton ? node.get_item_text(node.selected) : node.text;
    const rect = rectOf(node, scale);
    const cut = seen !== undefined && (rect.y < seen.y || rect.y + rect.height > seen.y + seen.height);
    const pixels = node.get_theme_font_size("font_size") * node.get_global_transform().x.x * scale;
    if (!cut) own.push({ text, button: node instanceof Button, disabled, pixels, ...rect });
  }
  const inner = node instanceof ScrollContainer ? rectOf(node, scale) : seen;
  for (const child of node.get_children()) own.push(...controlsIn(child, scale, inner));
  return own;
}
