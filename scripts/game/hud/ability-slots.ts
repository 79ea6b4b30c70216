import { type InputEvent, InputEventMouseButton, InputEventMouseMotion, MouseButton, type Signals } from "godot";
import type { AbilitySlotView } from "../../client/combat/view/ability-slot-view.ts";
import type { CombatView } from "../../client/combat/view/combat-view.ts";
import { TICK_RATE_HZ } from "../../simulation/constants.ts";
import { comfort } from "../settings/comfort.ts";
import { type BarSizes, SMALL_BAR, slotAt, slotLeft, USUAL_BAR } from "./bar-sizes.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type HudCanvas from "./hud-canvas.ts";
import type { HudFrame } from "./hud-frame.ts";
import type { HudColor, HudPalette } from "./hud-palette.ts";
import HudPart from "./hud-part.ts";
import { numberText } from "./number-texts.ts";
import { paintPanel } from "./paint-bar.ts";

const RADIUS_PIXELS = 6;
const SHADE: HudColor = [0.02, 0.03, 0.04, 0.72];
const FAINT_SHADE: HudColor = [0.02, 0.03, 0.04, 0.42];
const FLASH_TICKS = 0.7 * TICK_RATE_HZ;

/** The ability bar: icons, what they cost, their keys, cooldowns as a shade that turns away, charges, and why one cannot be used. */
export default class AbilitySlots extends HudPart {
  static signals = {
    pressed: [{ name: "slot", type: "int" }],
    /** The mouse has come over a slot. */
    pointed_at: [],
  } satisfies Signals;

  /** The slot under the mouse, 0 for none. */
  hovered = 0;
  #canvas!: HudCanvas;
  /** Of the player, when it was painted last. */
  #paintedTick = 0;

  _ready(): void {
    this.#canvas = this.get_node<HudCanvas>("../Canvas");
    this.connect("mouse_exited", () => this.#hover(0));
  }

  /** How large it is in this window. */
  get sizes(): BarSizes {
    return comfort.small ? SMALL_BAR : USUAL_BAR;
  }

  override _gui_input(event: InputEvent): void {
    const { sizes } = this;
    if (event instanceof InputEventMouseMotion) this.#hover(slotAt(event.position.x, event.position.y, sizes));
    if (!(event instanceof InputEventMouseButton) || event.button_index !== MouseButton.MOUSE_BUTTON_LEFT) return;
    const slot = slotAt(event.position.x, event.position.y, sizes);
    if (event.pressed && slot > 0) this.emit_signal("pressed", slot);
    this.accept_event();
  }

  protected override watch({ client, hoveredSlot }: HudFrame, watch: Fingerprint): boolean {
    const { combat } = client;
    const { bar, ownTick, self } = combat;
    watch.add(hoveredSlot);
    watch.add(self.cast.revision);
    // What is left of a cooldown shrinks in the shader; its seconds are another text when they change.
    let runs = false;
    for (let i = 0; i < bar.length; i += 1) {
      const slot = bar[i];
      if (slot === undefined) continue;
      watch.add(slot.revision);
      // Not how far: that is another number with every step in a fight.
      watch.add(isFar(slot, combat) ? 1 : 0);
      const secondsLeft = Math.ceil((slot.cooldownEndTick - ownTick) / TICK_RATE_HZ);
      watch.add(Math.max(secondsLeft, 0));
      watch.add(slot.refusedTick > 0 && ownTick - slot.refusedTick < FLASH_TICKS ? 1 : 0);
      if (secondsLeft > 0) runs = true;
    }
    if (runs) this.#canvas.let_pass(ownTick - this.#paintedTick);
    return true;
  }

  protected override paint(frame: HudFrame): void {
    const { combat } = frame.client;
    this.#paintedTick = combat.ownTick;
    this.#canvas.let_pass(0);
    paintPanel(this.quads, this.sizes.width, this.sizes.height, frame.colors.panelEdge, 1, frame.colors);
    for (let i = 0; i < combat.bar.length; i += 1) {
      const slot = combat.bar[i];
      if (slot !== undefined) this.#paintSlot(slot, combat, frame);
    }
  }

  #hover(slot: number): void {
    const comes = this.hovered === 0 && slot > 0;
    this.hovered = slot;
    if (comes) this.emit_signal("pointed_at");
  }

  #paintSlot(slot: AbilitySlotView, combat: CombatView, { colors, bindings, hoveredSlot }: HudFrame): void {
    const { quads } = this;
    const { sizes } = this;
    const pixels = sizes.slot;
    const x = slotLeft(slot.slot, sizes);
    const y = sizes.padding;
    quads.box(x, y, pixels, pixels, colors.dark, RADIUS_PIXELS);
    if (slot.abilityId === 0) return;
    const far = isFar(slot, combat);
    const blocked = slot.blockedBy !== "accepted" || far;
    const cell = this.icons.cell(slot.icon);
    if (cell >= 0) quads.icon(x, y, pixels, cell, blocked ? 1 : 0, colors.ink, RADIUS_PIXELS);
    else quads.text(slot.name.slice(0, 2), x + pixels / 2, y + pixels / 2 + 8, 22, colors.ink, "middle");
    this.#paintCooldown(slot, combat.ownTick, x, y);
    this.#paintState(slot, combat, x, y, hoveredSlot === slot.slot, colors);
    this.#paintSeconds(slot, combat.ownTick, x, y, colors);
    quads.text(bindings.ofSlot(slot.slot), x + 4, y + 14, 15, far ? colors.refused : colors.ink, "left");
    if (far) quads.arrow(x + pixels - 18, y + 3, 14, 0, colors.refused);
    if (slot.cost > 0) {
      const color = slot.blockedBy === "no_resource" ? colors.refused : colors.ink;
      quads.text(numberText(slot.cost), x + 4, y + pixels - 5, 15, color, "left");
    }
    if (slot.maxCharges > 1) {
      quads.box(x + pixels - 18, y + pixels - 20, 18, 20, colors.dark, RADIUS_PIXELS);
      quads.text(numberText(slot.charges), x + pixels - 9, y + pixels - 4, 16, colors.gold, "middle");
    }
  }

  #paintCooldown(slot: AbilitySlotView, ownTick: number, x: number, y: number): void {
    const left = slot.cooldownEndTick - ownTick;
    const length = slot.cooldownEndTick - slot.cooldownStartTick;
    if (left <= 0 || length <= 0) return;
    // While a charge is left, the next one comes beside it.
    const faint = slot.onlyGlobal || slot.charges > 0;
    this.quads.wedge(x, y, this.sizes.slot, left / length, faint ? FAINT_SHADE : SHADE, RADIUS_PIXELS, 1 / length);
  }

  /** Over the cross of what was refused: they say why. */
  #paintSeconds(slot: AbilitySlotView, ownTick: number, x: number, y: number, colors: HudPalette): void {
    const left = slot.cooldownEndTick - ownTick;
    if (left <= 0 || slot.onlyGlobal || slot.charges > 0) return;
    const middle = this.sizes.slot / 2;
    this.quads.text(numberText(Math.ceil(left / TICK_RATE_HZ)), x + middle, y + middle + 9, 24, colors.ink, "middle");
  }

  /** Refused: crossed; queued: a mark above; asked for or going on: a thick rim. */
  #paintState(
    slot: AbilitySlotView,
    { ownTick, self }: CombatView,
    x: number,
    y: number,
    hovered: boolean,
    colors: HudPalette,
  ): void {
    const { quads } = this;
    const pixels = this.sizes.slot;
    // Pressed again, a little later, it waits its turn: that is what counts now.
    const refused = !slot.queued && slot.refusal !== "accepted" && ownTick - slot.refusedTick < FLASH_TICKS;
    const casting = self.cast.active && self.cast.abilityId === slot.abilityId;
    if (refused) {
      quads.cross(x + 14, y + 14, pixels - 28, 6, colors.refused);
      quads.rim(x, y, pixels, pixels, colors.refused, RADIUS_PIXELS, 3);
    } else if (casting || slot.pending) {
      quads.rim(x, y, pixels, pixels, casting ? colors.cast : colors.ink, RADIUS_PIXELS, casting ? 4 : 3);
    } else if (slot.queued) {
      quads.rim(x, y, pixels, pixels, colors.gold, RADIUS_PIXELS, 4);
    } else if (hovered) quads.rim(x, y, pixels, pixels, colors.gold, RADIUS_PIXELS, 2);
    if (slot.queued) quads.arrow(x + pixels / 2 - 10, y - 16, 20, 0.25, colors.gold);
  }
}

/** Whether the target is farther away than an ability for it reaches. */
function isFar({ aim, rangeMeters }: AbilitySlotView, { target }: CombatView): boolean {
  if (target.entityId === 0 || target.distanceMeters <= rangeMeters || rangeMeters === 0) return false;
  return aim === "enemy" ? target.relation !== "self" : target.relation === "party" || target.relation === "player";
}
