import {
  Button,
  type Control,
  type InputEvent,
  type Label,
  PanelContainer,
  type Signals,
  type VBoxContainer,
} from "godot";
import type { CombatIntent } from "../../client/combat/combat-intent.ts";
import type { CombatView } from "../../client/combat/view/combat-view.ts";
import { fitToWindow } from "../interface/fit-to-window.ts";
import type FittedScroll from "../interface/fitted-scroll.ts";
import type { HudFrame } from "./hud-frame.ts";

const BUTTON_HEIGHT = 48;
/** Of the height of the window, for what stands around what can be chosen. */
const SPARED_PIXELS = 196;
const SMALL_SPARED_PIXELS = 110;

interface Choice {
  readonly text: string;
  readonly intent: CombatIntent | undefined;
}

/** Everything that can be done about the party, as buttons: for the mouse, the keyboard and a gamepad. */
export default class PartyMenu extends PanelContainer {
  static signals = { chosen: [], closed: [] } satisfies Signals;

  #choices: readonly Choice[] = [];
  #key = "";
  #opened = false;
  /** What was chosen last, until it is taken. */
  #intent: CombatIntent | undefined;

  _ready(): void {
    this.visible = false;
    fitToWindow(this, (small) => {
      for (const name of ["Heading", "Line"]) this.get_node<Control>(`Rows/${name}`).visible = !small;
      this.get_node<FittedScroll>("Rows/Scroll").spared_pixels = small ? SMALL_SPARED_PIXELS : SPARED_PIXELS;
    });
  }

  get opened(): boolean {
    return this.#opened;
  }

  open(frame: HudFrame): void {
    this.#opened = true;
    this.visible = true;
    this.#key = "";
    this.show_frame(frame);
  }

  close(): void {
    if (!this.#opened) return;
    this.#opened = false;
    this.visible = false;
    this.emit_signal("closed");
  }

  /** What was chosen. */
  take(): CombatIntent | undefined {
    const intent = this.#intent;
    this.#intent = undefined;
    return intent;
  }

  /** One frame: what can be done may have changed. */
  show_frame({ client }: HudFrame): void {
    if (!this.#opened) return;
    const { party, target } = client.combat;
    const key = `${party.revision} ${target.entityId} ${target.name}`;
    if (key === this.#key) return;
    this.#key = key;
    this.#choices = choicesOf(client.combat);
    this.get_node<Label>("%About").text = aboutParty(client.combat);
    const list = this.get_node<VBoxContainer>("%Choices");
    for (const child of list.get_children()) {
      list.remove_child(child);
      child.queue_free();
    }
    for (const choice of this.#choices) list.add_child(this.#button(choice));
    const first = list.get_child(0);
    if (first instanceof Button) first.grab_focus();
  }

  override _unhandled_input(event: InputEvent): void {
    if (!this.#opened) return;
    const closes = event.is_action_pressed("pause") || event.is_action_pressed("ui_cancel");
    if (!closes && !event.is_action_pressed("party_menu")) return;
    this.get_viewport()?.set_input_as_handled();
    this.close();
  }

  #button({ text, intent }: Choice): Button {
    const button = new Button();
    button.text = text;
    const { custom_minimum_size: least } = button;
    least.y = BUTTON_HEIGHT;
    button.custom_minimum_size = least;
    button.connect("pressed", () => {
      this.#intent = intent;
      if (intent !== undefined) this.emit_signal("chosen");
      this.close();
    });
    return button;
  }
}

function choicesOf({ party, target, self }: CombatView): Choice[] {
  const choices: Choice[] = [];
  if (party.inviterEntityId !== 0) {
    choices.push({ text: "Accept the invitation", intent: { kind: "accept" } });
    choices.push({ text: "Decline the invitation", intent: { kind: "decline" } });
  }
  const mayInvite = !party.joined || party.leading;
  if (mayInvite && target.relation === "player" && target.entityId !== 0 && target.entityId !== self.entityId) {
    choices.push({ text: `Invite ${target.name}`, intent: { kind: "invite", entityId: target.entityId } });
  }
  for (const { entityId, name } of party.members.slice(0, party.leading ? party.count : 0)) {
    choices.push({ text: `Send ${name} away`, intent: { kind: "kick", entityId } });
  }
  if (party.joined) choices.push({ text: "Leave the party", intent: { kind: "leave" } });
  choices.push({ text: "Back", intent: undefined });
  return choices;
}

function aboutParty({ party, target }: CombatView): string {
  if (party.joined) {
    const others = party.count === 1 ? "one other" : `${party.count} others`;
    return party.leading ? `You lead a party with ${others}.` : `You are in a party with ${others}.`;
  }
  return target.relation === "player" && target.entityId !== 0
    ? "You are in no party."
    : "You are in no party. Lock on to a player to invite somebody.";
}
