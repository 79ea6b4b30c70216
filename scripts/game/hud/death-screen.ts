import { Button, Control, type HFlowContainer, type Label, type Signals } from "godot";
import type { CombatView } from "../../client/combat/view/combat-view.ts";
import type { DeathView, RespawnPointView } from "../../client/combat/view/death-view.ts";
import { TICK_RATE_HZ } from "../../simulation/constants.ts";
import { fitToWindow } from "../interface/fit-to-window.ts";
import type FittedScroll from "../interface/fitted-scroll.ts";
import type { HudFrame } from "./hud-frame.ts";

const BUTTON_HEIGHT = 48;
const BUTTON_WIDTH = 280;
const SMALL_BUTTON_WIDTH = 236;
/** Between buttons. */
const GAP_PIXELS = 16;
const TITLE_PIXELS = 56;
const SMALL_TITLE_PIXELS = 34;
/** Of the height of the window, for what is not chosen from. */
const SPARED_PIXELS = 264;
const SMALL_SPARED_PIXELS = 196;
const MOST_PLACES = 8;
const TOGETHER_METERS = 16;

/** While the player is dead: by whom and what, how long it still takes, and where it wants to return. */
export default class DeathScreen extends Control {
  static signals = { chosen: [{ name: "point", type: "int" }] } satisfies Signals;

  #buttons: readonly Button[] = [];
  #points: readonly RespawnPointView[] = [];
  #shown = "";
  #allowed = false;
  #open = false;
  #buttonWidth = BUTTON_WIDTH;

  _ready(): void {
    this.visible = false;
    fitToWindow(this, (small) => this.#fit(small));
  }

  /** One frame. `active`: no menu lies over it. */
  show_frame({ client }: HudFrame, active: boolean): void {
    const { combat } = client;
    const { death } = combat;
    if (this.#open !== death.dead) this.visible = death.dead;
    this.#open = death.dead;
    if (!death.dead) return;
    if (death.points !== this.#points) this.#list(death.points);
    this.#describe(combat);
    const allowed = combat.serverTick >= death.respawnTick && !death.pending;
    if (allowed !== this.#allowed) {
      this.#allowed = allowed;
      for (const button of this.#buttons) button.disabled = !allowed;
    }
    if (active && allowed && this.get_viewport()?.gui_get_focus_owner() === null) this.#buttons[0]?.grab_focus();
  }

  /** In the smallest windows there is less around what can be chosen. */
  #fit(small: boolean): void {
    const title = this.get_node<Label>("Center/Rows/Title");
    title.add_theme_font_size_override("font_size", small ? SMALL_TITLE_PIXELS : TITLE_PIXELS);
    this.get_node<Control>("Center/Rows/Ornament").visible = !small;
    this.get_node<FittedScroll>("Center/Rows/Scroll").spared_pixels = small ? SMALL_SPARED_PIXELS : SPARED_PIXELS;
    this.#buttonWidth = small ? SMALL_BUTTON_WIDTH : BUTTON_WIDTH;
    const places = this.get_node<HFlowContainer>("%Points");
    const { custom_minimum_size: least } = places;
    least.x = 2 * this.#buttonWidth + GAP_PIXELS;
    places.custom_minimum_size = least;
    for (const button of this.#buttons) widen(button, this.#buttonWidth);
  }

  #describe({ death, serverTick }: CombatView): void {
    const toRespawn = secondsTo(death.respawnTick, serverTick);
    const toRelease = secondsTo(death.releaseTick, serverTick);
    const key = `${death.revision} ${toRespawn} ${toRelease}`;
    if (key === this.#shown) return;
    this.#shown = key;
    this.get_node<Label>("%By").text = slainBy(death);
    this.get_node<Label>("%When").text = death.pending
      ? "Returning"
      : toRespawn > 0
        ? `You may return in ${toRespawn} s`
        : "Where do you want to return?";
    this.get_node<Label>("%Otherwise").text =
      `Without a choice you return at the nearest of these places in ${toRelease} s.`;
  }

  #list(points: readonly RespawnPointView[]): void {
    this.#points = points;
    this.#allowed = false;
    const places = this.get_node<HFlowContainer>("%Points");
    for (const child of places.get_children()) {
      places.remove_child(child);
      child.queue_free();
    }
    this.#buttons = placesOf(points).map((point) => this.#button(point));
    for (const button of this.#buttons) places.add_child(button);
  }

  #button({ point, name, distanceMeters }: RespawnPointView): Button {
    const button = new Button();
    button.text = `${name === "" ? "Somewhere" : name}, ${distanceMeters} m`;
    button.disabled = true;
    widen(button, this.#buttonWidth);
    button.connect("pressed", () => this.emit_signal("chosen", point));
    return button;
  }
}

function widen(button: Button, width: number): void {
  const { custom_minimum_size: least } = button;
  least.x = width;
  least.y = BUTTON_HEIGHT;
  button.custom_minimum_size = least;
}

/** The nearest places, one point of each: those that stand together are one. */
function placesOf(points: readonly RespawnPointView[]): RespawnPointView[] {
  const places: RespawnPointView[] = [];
  for (const point of [...points].sort((a, b) => a.distanceMeters - b.distanceMeters)) {
    const known = places.some(({ x, z }) => Math.hypot(point.x - x, point.z - z) < TOGETHER_METERS);
    if (!known && places.length < MOST_PLACES) places.push(point);
  }
  return places;
}

function secondsTo(tick: number, serverTick: number): number {
  return Math.max(Math.ceil((tick - serverTick) / TICK_RATE_HZ), 0);
}

function slainBy({ killerEntityId, killerName, killedBy }: DeathView): string {
  const what = killedBy === "" ? "" : ` with ${killedBy}`;
  if (killerEntityId === 0) return killedBy === "" ? "Nobody knows by whom" : `By ${killedBy}`;
  return `Slain by ${killerName === "" ? "somebody" : killerName}${what}`;
}
