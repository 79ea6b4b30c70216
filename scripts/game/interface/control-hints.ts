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
/** Between one hint and the next. */
const APART_PIXELS = 14;

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
    rows.add_child(rowOf(walkHints(texts)));
    if (fights) rows.add_child(rowOf(fightHints(texts)));
    this.#time.start(performance.now());
    this.offset_bottom = -ABOVE_PIXELS * comfort.hudScale;
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

/** What nothing is bound to is left out. */
function rowOf(hints: readonly ControlHint[]): HBoxContainer {
  const row = new HBoxContainer();
  row.alignment = BoxContainer.ALIGNMENT_CENTER;
  row.mouse_filter = Control.MOUSE_FILTER_IGNORE;
  row.add_theme_constant_override("separation", GAP_PIXELS);
  for (const { keys, words } of hints) {
    if (keys === "") continue;
    if (row.get_child_count() > 0) row.add_child(gap());
    row.add_child(label(keys, "KeycapLabel"));
    row.add_child(label(words, "StatusMutedLabel"));
  }
  return row;
}

function label(text: string, look: string): Label {
  const made = new Label();
  made.text = text;
  made.theme_type_variation = look;
  return made;
}

function gap(): Control {
  const made = new Control();
  const { custom_minimum_size: least } = made;
  least.x = APART_PIXELS;
  made.custom_minimum_size = least;
  made.mouse_filter = Control.MOUSE_FILTER_IGNORE;
  return made;
}
