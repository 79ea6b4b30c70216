import {
  BoxContainer,
  Control,
  HBoxContainer,
  Input,
  Label,
  PanelContainer,
  type Signals,
  type VBoxContainer,
} from "godot";
import { BindingTexts } from "../input/binding-texts.ts";
import { comfort } from "../settings/comfort.ts";
import { HintTime } from "./hint-time.ts";
import { type ControlHint, fightHints, walkHints } from "./hint-words.ts";

const GAP_PIXELS = 8;
/** From the lower edge of the screen, at the usual size of the interface: above the bar, the cast and what was refused. */
const ABOVE_PIXELS = 208;
/** In the smallest windows, over the cast and what was refused. */
const SMALL_ABOVE_PIXELS = 74;
/** Between one hint and the next. */
const APART_PIXELS = 30;
/** Beside the words, to the edge of the window. */
const EDGE_PIXELS = 24;

/** A line or two that explain the controls, as they are bound, when somebody plays for the first time; they fade when they were read. */
export default class ControlHints extends PanelContainer {
  static signals = { finished: [] } satisfies Signals;

  readonly #time = new HintTime();

  _ready(): void {
    this.stop();
  }

  /** `fights`: whether there is fighting in this world. */
  start(fights: boolean): void {
    if (this.visible) return;
    const texts = new BindingTexts();
    texts.usePad(Input.get_connected_joypads().length > 0);
    const rows = this.get_node<VBoxContainer>("%Rows");
    for (const row of rows.get_children()) {
      rows.remove_child(row);
      row.queue_free();
    }
    const room = (this.get_viewport()?.get_visible_rect().size.x ?? 0) - 2 * EDGE_PIXELS;
    addLines(rows, walkHints(texts), room);
    if (fights) addLines(rows, fightHints(texts), room);
    this.#time.start(performance.now());
    this.offset_bottom = -(comfort.small ? SMALL_ABOVE_PIXELS : ABOVE_PIXELS) * comfort.hudScale;
    this.offset_top = this.offset_bottom - this.get_combined_minimum_size().y;
    this.visible = true;
    this.set_process(true);
  }

  stop(): void {
    this.visible = false;
    this.set_process(false);
  }

  _process(): void {
    const { modulate } = this;
    modulate.a = this.#time.opacity(performance.now());
    this.modulate = modulate;
    if (modulate.a > 0) return;
    this.stop();
    this.emit_signal("finished");
  }
}

/** Hints beside each other, and on a line of their own where there is no room for that. What nothing is bound to is left out. */
function addLines(rows: VBoxContainer, hints: readonly ControlHint[], room: number): void {
  let line: HBoxContainer | undefined;
  let width = 0;
  for (const { keys, words } of hints) {
    if (keys === "") continue;
    const hint = boxOf(GAP_PIXELS);
    hint.add_child(label(keys, "KeycapLabel"));
    hint.add_child(label(words, "StatusMutedLabel"));
    const hintWidth = widthIn(rows, hint);
    if (line === undefined || width + APART_PIXELS + hintWidth > room) {
      line = boxOf(APART_PIXELS);
      rows.add_child(line);
      width = hintWidth;
    } else width += APART_PIXELS + hintWidth;
    line.add_child(hint);
  }
}

/** Only in the tree it is known how wide letters are. */
function widthIn(rows: VBoxContainer, hint: HBoxContainer): number {
  rows.add_child(hint);
  const { x } = hint.get_combined_minimum_size();
  rows.remove_child(hint);
  return x;
}

function boxOf(separation: number): HBoxContainer {
  const box = new HBoxContainer();
  box.alignment = BoxContainer.ALIGNMENT_CENTER;
  box.mouse_filter = Control.MOUSE_FILTER_IGNORE;
  box.add_theme_constant_override("separation", separation);
  return box;
}

function label(text: string, look: string): Label {
  const made = new Label();
  made.text = text;
  made.theme_type_variation = look;
  return made;
}
