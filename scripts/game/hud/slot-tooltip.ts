import { abilityRefusalWords } from "../../client/combat/refusal-words.ts";
import type { AbilitySlotView } from "../../client/combat/view/ability-slot-view.ts";
import { TICK_RATE_HZ } from "../../simulation/constants.ts";
import { comfort } from "../settings/comfort.ts";
import { SMALL_BAR, slotLeft, USUAL_BAR } from "./bar-sizes.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { HudFrame } from "./hud-frame.ts";
import HudPart from "./hud-part.ts";
import { wrapText } from "./wrap-text.ts";

const WIDTH = 320;
const PADDING = 16;
const LINE = 22;
/** Above the bar: the cast and what was refused stand between; in the smallest windows it lies over them. */
const GAP_PIXELS = 116;
const SMALL_GAP_PIXELS = 6;

/** What the ability under the mouse does and costs, above its slot. Its own place is the upper edge of the bar. */
export default class SlotTooltip extends HudPart {
  override readonly patient = true;
  #slot = 0;

  override hasty({ hoveredSlot }: HudFrame): boolean {
    return hoveredSlot !== this.#slot;
  }

  protected override watch({ client, hoveredSlot }: HudFrame, watch: Fingerprint): boolean {
    const slot = client.combat.bar[hoveredSlot - 1];
    this.#slot = hoveredSlot;
    watch.add(hoveredSlot);
    watch.add(slot?.revision ?? 0);
    return slot !== undefined && slot.abilityId !== 0;
  }

  protected override paint({ client, hoveredSlot, colors, bindings }: HudFrame): void {
    const { quads } = this;
    const slot = client.combat.bar[hoveredSlot - 1];
    if (slot === undefined) return;
    const room = WIDTH - 2 * PADDING;
    const measure = (text: string) => quads.widthOf(text, 16);
    const facts = wrapText(factsOf(slot, client.combat.self.resourceName), room, measure);
    const words = wrapText(slot.description, room, measure);
    const blocked = abilityRefusalWords(slot.blockedBy);
    const lines = blocked === "" ? [...facts, ...words] : [...facts, ...words, blocked];
    const height = PADDING * 2 + 24 + lines.length * LINE;
    const sizes = comfort.small ? SMALL_BAR : USUAL_BAR;
    const middle = slotLeft(slot.slot, sizes) + sizes.slot / 2;
    const x = Math.round(Math.min(Math.max(middle - WIDTH / 2, 0), sizes.width - WIDTH));
    const top = -(comfort.small ? SMALL_GAP_PIXELS : GAP_PIXELS) - height;
    quads.box(x, top, WIDTH, height, colors.panel, 8);
    // Over other parts: twice, so that these do not shine through.
    quads.box(x, top, WIDTH, height, colors.panel, 8);
    quads.rim(x, top, WIDTH, height, colors.gold, 8, 1);
    let y = top + PADDING + 16;
    quads.text(slot.name, x + PADDING, y, 19, colors.gold, "left");
    quads.text(bindings.ofSlot(slot.slot), x + WIDTH - PADDING, y, 17, colors.inkMuted, "right");
    y += 4 + LINE;
    for (const [i, line] of lines.entries()) {
      const color = i < facts.length ? colors.inkMuted : i < facts.length + words.length ? colors.ink : colors.refused;
      quads.text(line, x + PADDING, y + i * LINE, 16, color, "left");
    }
  }
}

/** Cost, reach and times of an ability in one line. */
function factsOf(slot: AbilitySlotView, resourceName: string): string {
  const facts = [slot.cost > 0 ? `${slot.cost} ${resourceName.toLowerCase()}` : "free"];
  if (slot.rangeMeters > 0) facts.push(`${slot.rangeMeters} m`);
  facts.push(slot.castTicks > 0 ? `takes ${seconds(slot.castTicks)}` : "at once");
  if (slot.cooldownTicks > 0) facts.push(`again after ${seconds(slot.cooldownTicks)}`);
  if (slot.maxCharges > 1) facts.push(`${slot.maxCharges} charges`);
  return facts.join(" · ");
}

function seconds(ticks: number): string {
  return `${Math.round((ticks / TICK_RATE_HZ) * 10) / 10} s`;
}
