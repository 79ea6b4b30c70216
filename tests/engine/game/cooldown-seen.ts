import { type Image, Rect2i } from "godot";
import type { GameClient } from "../../../scripts/client/game-client.ts";
import type AbilitySlots from "../../../scripts/game/hud/ability-slots.ts";
import { slotLeft } from "../../../scripts/game/hud/bar-sizes.ts";
import type HudCanvas from "../../../scripts/game/hud/hud-canvas.ts";
import { FLOATS_PER_QUAD } from "../../../scripts/game/hud/hud-quads.ts";
import type { ShownCooldown } from "./game-report.ts";

/** Of a ring about the middle of a slot, outside of its seconds and inside of what is in its corners: pixels of the interface. */
const RADIUS = 18;
const POINTS = 180;
/** An ability that is not ready is grey, of three quarters of its brightness; the shade leaves a quarter of that. */
const SHADED_BELOW = 0.55;
/** What is darker to begin with says nothing, of 255. */
const LEAST_LIGHT = 30;
/** The ring is too small to be looked at in a smaller window. */
const LEAST_SCALE = 0.9;
const CHANNELS = 4;
/** What `HudQuads` tells the shader of a wedge. */
const WEDGE = -2;
const SHAPE_AT = 14;
const SHARE_AT = 12;
/** Every other time. */
const AHEAD_TICKS = 60;

/** Reads cooldowns off the picture of a frame. How bright a slot is without shade is learnt from frames in which its ability can be used. */
export class CooldownSeen {
  readonly #ready = new Map<number, number[]>();
  #aheadTicks = 0;

  /**
   * Before a frame is drawn, every other time: lets a second more pass than has, in that frame alone, so that what the shader does is seen at any
   * frame rate, also where the bar is painted anew in each.
   */
  hasten({ combat }: GameClient, slots: AbilitySlots, canvas: HudCanvas): void {
    const ahead = this.#aheadTicks === 0;
    this.#aheadTicks = 0;
    const running = combat.bar.find(({ cooldownEndTick, onlyGlobal, charges }) => {
      return !onlyGlobal && charges === 0 && cooldownEndTick - combat.ownTick > 2 * AHEAD_TICKS;
    });
    const share = running === undefined ? undefined : paintedShare(slots, running.slot);
    if (!ahead || running === undefined || share === undefined) return;
    this.#aheadTicks = AHEAD_TICKS;
    const { cooldownStartTick, cooldownEndTick } = running;
    const passed = share * (cooldownEndTick - cooldownStartTick) - (cooldownEndTick - combat.ownTick);
    canvas.let_pass(passed + AHEAD_TICKS);
  }

  /** After that frame was drawn: all cooldowns that run, and what is to be seen of them. `windowScale`: pixels of the picture for one of the viewport. */
  look({ combat }: GameClient, slots: AbilitySlots, picture: Image, windowScale: number): ShownCooldown[] {
    if (windowScale < LEAST_SCALE) return [];
    const scale = windowScale * slots.get_global_transform().x.x;
    const { x, y } = slots.global_position;
    const [width, height] = [Math.ceil(slots.sizes.width * scale), Math.ceil(slots.sizes.height * scale)];
    const bytes = picture
      .get_region(new Rect2i(Math.floor(x * windowScale), Math.floor(y * windowScale), width, height))
      ?.get_data();
    if (bytes === undefined) return [];
    const light = (px: number, py: number) => {
      const at = (Math.round(py * scale) * width + Math.round(px * scale)) * CHANNELS;
      return 0.3 * (bytes[at] ?? 0) + 0.59 * (bytes[at + 1] ?? 0) + 0.11 * (bytes[at + 2] ?? 0);
    };
    const found: ShownCooldown[] = [];
    for (const { slot, abilityId, cooldownStartTick, cooldownEndTick, onlyGlobal, charges, blockedBy } of combat.bar) {
      if (abilityId === 0) continue;
      const ring = ringAt(slotLeft(slot, slots.sizes) + slots.sizes.slot / 2, slots.sizes.height / 2, light);
      const ticks = cooldownEndTick - combat.ownTick;
      if (cooldownEndTick === 0 && blockedBy === "accepted") this.#ready.set(slot, ring);
      const ready = this.#ready.get(slot);
      if (ready === undefined || onlyGlobal || charges > 0 || ticks <= 0) continue;
      const lengthTicks = cooldownEndTick - cooldownStartTick;
      const left = ticks / lengthTicks;
      found.push({ slot, left, seen: shadeOf(ring, ready), aheadTicks: this.#aheadTicks, lengthTicks });
    }
    return found;
  }
}

/** Which share of a slot was in the shade when it was painted last. */
function paintedShare(slots: AbilitySlots, slot: number): number | undefined {
  const { floats, count } = slots.painted;
  const middle = Math.round(slots.position.x) + slotLeft(slot, slots.sizes) + slots.sizes.slot / 2;
  for (let at = 0; at < count * FLOATS_PER_QUAD; at += FLOATS_PER_QUAD) {
    if (floats[at + SHAPE_AT] === WEDGE && floats[at + 3] === middle) return floats[at + SHARE_AT];
  }
  return undefined;
}

/** How bright the points of a ring are, clockwise from the top. */
function ringAt(x: number, y: number, light: (x: number, y: number) => number): number[] {
  return Array.from({ length: POINTS }, (_, point) => {
    const turn = ((point + 0.5) / POINTS) * 2 * Math.PI;
    return light(x + RADIUS * Math.sin(turn), y - RADIUS * Math.cos(turn));
  });
}

/** Which share of a ring is in the shade, from some point on to the last: as most of its points have it, whatever is written over the others. */
function shadeOf(ring: readonly number[], ready: readonly number[]): number {
  const shaded = ring.map((light, point) => {
    const before = ready[point] ?? 0;
    if (before < LEAST_LIGHT) return 0;
    return light < before * SHADED_BELOW ? 1 : -1;
  });
  let best = 0;
  let share = 0;
  let sum = 0;
  for (let from = POINTS - 1; from >= 0; from -= 1) {
    sum += shaded[from] ?? 0;
    if (sum <= best) continue;
    best = sum;
    share = (POINTS - from) / POINTS;
  }
  return share;
}
