import { type Button, type Label, PanelContainer, type Signals } from "godot";
import { TICK_RATE_HZ } from "../../simulation/constants.ts";
import type { HudFrame } from "./hud-frame.ts";
import { hudColors } from "./hud-palette.ts";

/** Who invites the player to a party, and for how much longer: with a key or a button it says yes or no. */
export default class InvitationPanel extends PanelContainer {
  static signals = { answered: [{ name: "yes", type: "bool" }] } satisfies Signals;

  #open = false;
  #shown = "";

  _ready(): void {
    this.visible = false;
    this.get_node<Button>("%Accept").connect("pressed", () => this.emit_signal("answered", true));
    this.get_node<Button>("%Decline").connect("pressed", () => this.emit_signal("answered", false));
  }

  /** One frame; `covered`: something that matters more has the screen. */
  show_frame({ client, bindings }: HudFrame, covered: boolean): void {
    const { party, serverTick } = client.combat;
    const open = party.inviterEntityId !== 0 && !covered;
    if (this.#open !== open) this.visible = open;
    this.#open = open;
    if (!open) return;
    const seconds = Math.max(Math.ceil((party.invitationEndTick - serverTick) / TICK_RATE_HZ), 0);
    const key = `${party.inviterEntityId} ${party.inviterName} ${seconds} ${bindings.revision} ${hudColors.revision}`;
    if (key === this.#shown) return;
    this.#shown = key;
    const name = party.inviterName === "" ? "Somebody" : party.inviterName;
    this.get_node<Label>("%Who").text = `${name} invites you to a party`;
    this.get_node<Label>("%Left").text = `${seconds} s left`;
    // With a gamepad the party's menu has both.
    const hint = (key: string) => (key === "" ? "" : `  (${key})`);
    const accept = bindings.pad ? bindings.of("party_menu") : bindings.of("party_accept");
    this.get_node<Button>("%Accept").text = `Accept${hint(accept)}`;
    this.get_node<Button>("%Decline").text = `Decline${bindings.pad ? "" : hint(bindings.of("party_decline"))}`;
  }
}
