import {
  Button,
  HBoxContainer,
  type InputEvent,
  InputEventJoypadButton,
  InputEventJoypadMotion,
  InputEventKey,
  InputEventMouseButton,
  Key,
  Label,
  type Signals,
  VBoxContainer,
  Vector2,
} from "godot";
import { actionWords } from "../input/action-words.ts";
import { ACTIONS, type Action } from "../input/actions.ts";
import { nameOf } from "../input/binding-texts.ts";
import { bindingsOf, mayBind, PLACES, type Place, rebind } from "../input/bindings.ts";
import { bindingOf, eventOf, USUAL_BINDINGS } from "../input/controls.ts";
import type { SettingsStore } from "../settings/settings-store.ts";

const BUTTON_SIZE = new Vector2(112, 44);
const USUAL_LINE = "Choose one, then press what it shall be. Escape leaves it, Delete clears it.";

/** Which key, mouse button, gamepad button or stick does what; a press on one waits for what it shall be. Every change holds at once. */
export default class BindingsPanel extends VBoxContainer {
  static signals = { closed: [] } satisfies Signals;

  #store: SettingsStore | undefined;
  readonly #buttons = new Map<string, Button>();
  #waiting: { readonly action: Action; readonly place: Place } | undefined;

  _ready(): void {
    const rows = this.get_node<VBoxContainer>("%Rows");
    for (const action of ACTIONS) rows.add_child(this.#row(action));
    this.get_node<Button>("%Reset").connect("pressed", () => {
      this.#store?.change({ bindings: {} });
      this.#say("Everything is as usual again.");
    });
    this.get_node<Button>("%Back").connect("pressed", () => this.emit_signal("closed"));
  }

  use(store: SettingsStore): void {
    this.#store = store;
    store.watch(() => this.#show());
  }

  open(): void {
    this.visible = true;
    this.#wait(undefined);
    this.#say(USUAL_LINE);
    this.#buttons.get(`${ACTIONS[0]} keys`)?.grab_focus();
  }

  /** Before menus and the game: what is pressed while one waits is meant for it. */
  override _input(event: InputEvent): void {
    const waiting = this.#waiting;
    if (waiting === undefined || !this.is_visible_in_tree() || !isPress(event)) return;
    const { action, place } = waiting;
    const key = event instanceof InputEventKey ? event.physical_keycode : 0;
    if (key === Key.KEY_ESCAPE) {
      this.get_viewport()?.set_input_as_handled();
      this.#wait(undefined);
      this.#say(USUAL_LINE);
      return;
    }
    const pad = event instanceof InputEventJoypadButton || event instanceof InputEventJoypadMotion;
    const clears = key === Key.KEY_DELETE || key === Key.KEY_BACKSPACE;
    if (pad !== (place === "pad") && !clears) return;
    const binding = clears ? "" : bindingOf(event);
    if (binding === undefined) return;
    this.get_viewport()?.set_input_as_handled();
    this.#bind(action, place, binding);
  }

  #bind(action: Action, place: Place, binding: string): void {
    const { bindings } = this.#store?.current ?? {};
    this.#wait(undefined);
    if (bindings === undefined) return;
    const changed = rebind(action, place, binding, bindings, USUAL_BINDINGS);
    if (changed.kept !== undefined) {
      this.#say(`That stays with “${actionWords(changed.kept)}”: there must be a way out.`);
      return;
    }
    this.#store?.change({ bindings: changed.bindings });
    const lost = changed.lost.map((other) => `“${actionWords(other)}”`).join(" and ");
    this.#say(lost === "" ? `“${actionWords(action)}” is changed.` : `${lost} had that before, and has it no more.`);
  }

  #row(action: Action): HBoxContainer {
    const row = new HBoxContainer();
    const name = new Label();
    name.text = actionWords(action);
    name.size_flags_horizontal = 3;
    row.add_child(name);
    for (const place of PLACES) {
      const button = new Button();
      button.name = `${action}_${place}`;
      button.custom_minimum_size = BUTTON_SIZE;
      button.clip_text = true;
      button.disabled = !mayBind(action, place);
      button.connect("pressed", () => this.#wait({ action, place }));
      this.#buttons.set(`${action} ${place}`, button);
      row.add_child(button);
    }
    return row;
  }

  /** Waits for what an action shall be bound to, or for nothing more. */
  #wait(waiting: { readonly action: Action; readonly place: Place } | undefined): void {
    this.#waiting = waiting;
    this.#show();
    if (waiting === undefined) return;
    const device = waiting.place === "pad" ? "a gamepad's button or stick" : "a key or a mouse button";
    this.#say(`Press ${device} for “${actionWords(waiting.action)}”.`);
  }

  #show(): void {
    const bindings = this.#store?.current.bindings ?? {};
    for (const action of ACTIONS) {
      for (const place of PLACES) {
        const button = this.#buttons.get(`${action} ${place}`);
        if (button === undefined) continue;
        const waits = this.#waiting?.action === action && this.#waiting.place === place;
        const names = bindingsOf(action, place, bindings, USUAL_BINDINGS).map((binding) => {
          const event = eventOf(binding);
          return event === undefined ? "" : nameOf(event);
        });
        button.text = waits ? "…" : names.length === 0 ? "—" : names.join(" / ");
      }
    }
  }

  #say(text: string): void {
    this.get_node<Label>("%Said").text = text;
  }
}

function isPress(event: InputEvent): boolean {
  if (event instanceof InputEventKey) return event.pressed && !event.is_echo();
  if (event instanceof InputEventMouseButton || event instanceof InputEventJoypadButton) return event.pressed;
  return event instanceof InputEventJoypadMotion;
}
