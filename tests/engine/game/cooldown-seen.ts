import { Rect2i, type Viewport } from "godot";
import type { GameClient } from "../../../scripts/client/game-client.ts";
import type AbilitySlots from "../../../scripts/game/hud/ability-slots.ts";
import { BAR_HEIGHT, BAR_WIDTH, SLOT_PIXELS, slotLeft } from "../../../scripts/game/hud/ability-slots.ts";
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

/** Reads cooldowns off the picture of a frame. How bright a slot is without shade is learnt from frames in which its ability can be used. */
export class CooldownSeen {
  readonly #ready = new Map<number, number[]>();

  /** After a frame was drawn: all cooldowns that run, and what is to be seen of them. */
  look({ combat }: GameClient, slots: AbilitySlots, viewport: Viewport): ShownCooldown[] {
    const scale = viewport.get_final_transform().x.x;
    const picture = scale < LEAST_SCALE ? null : viewport.get_texture()?.get_image();
    if (picture === null || picture === undefined) return [];
    const { x, y } = slots.global_position;
    const [width, height] = [Math.ceil(BAR_WIDTH * scale), Math.ceil(BAR_HEIGHT * scale)];
    const bytes = picture
      .get_region(new Rect2i(Math.floor(x * scale), Math.floor(y * scale), width, height))
      ?.get_data();
    if (bytes === undefined) return [];
    const light = (px: number, py: number) => {
      const at = (Math.round(py * scale) * width + Math.round(px * scale)) * CHANNELS;
      return 0.3 * (bytes[at] ?? 0) + 0.59 * (bytes[at + 1] ?? 0) + 0.11 * (bytes[at + 2] ?? 0);
    };
    const found: ShownCooldown[] = [];
    for (const { slot, abilityId, cooldownStartTick, cooldownEndTick, onlyGlobal, charges, blockedBy } of combat.bar) {
      if (abilityId === 0) continue;
      const ring = ringAt(slotLeft(slot) + SLOT_PIXELS / 2, BAR_HEIGHT / 2, light);
      const ticks = cooldownEndTick - combat.ownTick;
      if (cooldownEndTick === 0 && blockedBy === "accepted") this.#ready.set(slot, ring);
      const ready = this.#ready.get(slot);
      if (ready === undefined || onlyGlobal || charges > 0 || ticks <= 0) continue;
      found.push({ slot, left: ticks / (cooldownEndTick - cooldownStartTick), seen: shadeOf(ring, ready) });
    }
    return found;
  }
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
