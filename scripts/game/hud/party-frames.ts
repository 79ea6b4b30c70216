import { type InputEvent, InputEventMouseButton, MouseButton, type Signals } from "godot";
import type { PartyMemberView } from "../../client/combat/view/party-view.ts";
import { comfort } from "../settings/comfort.ts";
import { cutText } from "./cut-text.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { HudFrame } from "./hud-frame.ts";
import HudPart from "./hud-part.ts";
import { MemberBearing } from "./member-bearing.ts";
import { meterText, numberText } from "./number-texts.ts";
import { paintBar } from "./paint-bar.ts";
import { LOW_SHARE } from "./self-frame.ts";

const WIDTH = 232;
const HEIGHT = 54;
const STEP = HEIGHT + 4;
/** In the smallest windows a line for each: its name on its health. */
const SMALL_WIDTH = 140;
const SMALL_HEIGHT = 23;
const SMALL_STEP = SMALL_HEIGHT + 3;
const BAR_X = 8;
const BAR_WIDTH = WIDTH - 2 * BAR_X;
const POINTER_PIXELS = 20;
const TURN_STEPS = 32;
const FAINT = 0.55;

/** The other members of the party, wherever they are: name, level, health, resource, who leads, who is dead, and of who is out of sight how far away it is, and where from the view. */
export default class PartyFrames extends HudPart {
  override readonly patient = true;
  static signals = { pressed: [{ name: "entity_id", type: "int" }] } satisfies Signals;

  #client: HudFrame["client"] | undefined;
  readonly #bearing = new MemberBearing();

  override _gui_input(event: InputEvent): void {
    if (!(event instanceof InputEventMouseButton) || event.button_index !== MouseButton.MOUSE_BUTTON_LEFT) return;
    const member = this.#client?.combat.party.members[Math.floor(event.position.y / memberStep())];
    if (event.pressed && member !== undefined) this.emit_signal("pressed", member.entityId);
    this.accept_event();
  }

  protected override watch({ client }: HudFrame, watch: Fingerprint): boolean {
    const { party, target, serverTick } = client.combat;
    this.#client = client;
    watch.add(party.revision);
    watch.add(target.entityId);
    const bearing = this.#bearing;
    for (let i = 0; i < party.count; i += 1) {
      const member = party.members[i];
      const known = member !== undefined && bearing.find(member, client.own, serverTick);
      watch.add(known ? bearing.meters : -1);
      watch.add(known ? Math.round(bearing.turn * TURN_STEPS) : 0);
      watch.add(known && bearing.faint ? 1 : 0);
    }
    return party.joined && party.count > 0;
  }

  protected override paint(frame: HudFrame): void {
    const { party, target } = frame.client.combat;
    // Clicks beside the frames are none at them.
    const { custom_minimum_size: least } = this;
    least.y = party.count * memberStep();
    this.custom_minimum_size = least;
    const { size } = this;
    size.y = least.y;
    this.size = size;
    for (let i = 0; i < party.count; i += 1) {
      const member = party.members[i];
      if (member === undefined) continue;
      const locked = member.entityId === target.entityId;
      if (comfort.small) this.#paintLine(member, i * SMALL_STEP, locked, frame);
      else this.#paintMember(member, i * STEP, locked, frame);
    }
  }

  #paintLine(member: PartyMemberView, y: number, locked: boolean, { client, colors }: HudFrame): void {
    const { quads } = this;
    const bearing = this.#bearing;
    const told = !member.dead && bearing.find(member, client.own, client.combat.serverTick);
    const there = member.near && !member.dead;
    const share = member.health / Math.max(member.maxHealth, 1);
    quads.opacity = there ? 1 : FAINT;
    const fill = share < LOW_SHARE ? colors.healthLow : colors.health;
    paintBar(quads, 0, y, SMALL_WIDTH, SMALL_HEIGHT, share, fill, colors);
    quads.opacity = 1;
    if (locked) quads.rim(0, y, SMALL_WIDTH, SMALL_HEIGHT, colors.gold, 4, 2);
    let x = BAR_X;
    if (member.leader) {
      quads.diamond(x - 2, y + 5, 13, 0, colors.gold);
      x += 15;
    }
    const state = member.dead
      ? "Dead"
      : member.near
        ? numberText(member.health)
        : told
          ? meterText(bearing.meters)
          : "";
    const right = SMALL_WIDTH - BAR_X;
    quads.text(state, right, y + 17, 15, member.dead ? colors.refused : colors.ink, "right");
    const room = right - x - 6 - quads.widthOf(state, 15);
    quads.text(cutText(quads, member.name, 15, room), x, y + 17, 15, colors.ink, "left");
  }

  #paintMember(member: PartyMemberView, y: number, locked: boolean, { client, colors }: HudFrame): void {
    const { quads } = this;
    const bearing = this.#bearing;
    const told = !member.dead && bearing.find(member, client.own, client.combat.serverTick);
    quads.opacity = 1;
    quads.box(0, y, WIDTH, HEIGHT, colors.panel, 8);
    quads.rim(0, y, WIDTH, HEIGHT, locked ? colors.gold : colors.panelEdge, 8, locked ? 2 : 1);
    const there = member.near && !member.dead;
    const ink = there ? colors.party : colors.inkMuted;
    let x = BAR_X;
    if (member.leader) {
      quads.diamond(x, y + 6, 14, 0, colors.gold);
      x += 18;
    }
    quads.text(member.name, x, y + 19, 16, ink, "left");
    const away = told ? meterText(bearing.meters) : "Out of sight";
    const state = member.dead ? "Dead" : member.near ? `level ${member.level}` : away;
    if (told) this.#paintBearing(away, y, colors);
    quads.text(state, WIDTH - BAR_X, y + 19, 15, member.dead ? colors.refused : colors.inkMuted, "right");
    const share = member.health / Math.max(member.maxHealth, 1);
    // Who is out of sight is shown faintly: what heals does not reach it.
    quads.opacity = there ? 1 : FAINT;
    paintBar(quads, BAR_X, y + 25, BAR_WIDTH, 18, share, share < LOW_SHARE ? colors.healthLow : colors.health, colors);
    paintBar(quads, BAR_X, y + 43, BAR_WIDTH, 8, member.resource / 100, colors.resource, colors);
    quads.opacity = 1;
    if (member.dead) quads.cross(WIDTH / 2 - 7, y + 27, 14, 4, colors.refused);
    else quads.text(numberText(member.health), WIDTH - BAR_X - 6, y + 39, 15, colors.ink, "right");
  }

  /** Up is where the view looks. */
  #paintBearing(text: string, y: number, colors: HudFrame["colors"]): void {
    const { quads } = this;
    quads.opacity = this.#bearing.faint ? FAINT : 1;
    quads.markX = WIDTH - BAR_X - Math.ceil(quads.widthOf(text, 15)) - 16;
    quads.markY = y + 13;
    quads.pointerTurn = this.#bearing.turn;
    quads.markPointer(POINTER_PIXELS, colors.party);
    quads.opacity = 1;
  }
}

/** From one member to the next, pixels of the interface. */
export function memberStep(): number {
  return comfort.small ? SMALL_STEP : STEP;
}
