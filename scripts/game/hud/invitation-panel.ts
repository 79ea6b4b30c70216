import { type Button, type Label, PanelContainer, type Signals } from "godot";
import { TICK_RATE_HZ } from "../../simulation/constants.ts";
import { comfort } from "../settings/comfort.ts";
import type { HudFrame } from "./hud-frame.ts";
import { hudColors } from "./hud-palette.ts";
import { INVITATION, SMALL_INVITATION } from "./hud-places.ts";

/** Who invites the player to a party, and for how much longer: with a key or a button it says yes or no. */
export default class InvitationPanel extends PanelContainer {
  static signals = { answered: [{ name: "yes", type: "bool" }] } satisfies Signals;

  #open = false;
  /** As the scene has it. */
  #usualTop: number | undefined;
  #shown = "";

  _ready(): void {
    this.visible = false;
    this.get_node<Button>("%Accept").connect("pressed", () => this.emit_signal("answered", true));
    this.get_node<Button>("%Decline").connect("pressed", () => this.emit_signal("answered", false));
  }

  /** To the window: narrower in the smallest ones. */
  fit(): void {
    const { custom_minimum_size: least } = this;
    least.x = (comfort.small ? SMALL_INVITATION : INVITATION).width;
    this.custom_minimum_size = least;
    const margin = (comfort.small ? SMALL_INVITATION : INVITATION).right;
    this.#usualTop ??= this.offset_top;
    this.offset_left = -margin - least.x;
    this.offset_right = -margin;
    this.offset_top = comfort.small ? SMALL_INVITATION.top : this.#usualTop;
    this.offset_bottom = this.offset_top;
    this.theme_type_variation = comfort.small ? "HudPanel" : "BannerPanel";
    this.get_node<Label>("%Left").visible = !comfort.small;
    this.#shown = "";
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
    const left = comfort.small ? `, ${seconds} s left` : "";
    this.get_node<Label>("%Who").text = `${name} invites you to a party${left}`;
    this.get_node<Label>("%Left").text = `${seconds} s left`;
    // With a gamepad the party's menu has both.
    const hint = (key: string) => (key === "" ? "" : `  (${key})`);
    const accept = bindings.pad ? bindings.of("party_menu") : bindings.of("party_accept");
    this.get_node<Button>("%Accept").text = `Accept${hint(accept)}`;
    this.get_node<Button>("%Decline").text = `Decline${bindings.pad ? "" : hint(bindings.of("party_decline"))}`;
  }
}
