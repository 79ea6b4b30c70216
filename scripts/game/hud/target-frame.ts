import type { AbilitySlotView } from "../../client/combat/view/ability-slot-view.ts";
import type { CastView } from "../../client/combat/view/cast-view.ts";
import type { CombatView } from "../../client/combat/view/combat-view.ts";
import type { Relation, TargetView } from "../../client/combat/view/target-view.ts";
import { cutText } from "./cut-text.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { HudFrame } from "./hud-frame.ts";
import HudPart from "./hud-part.ts";
import { paintAuras, watchAuras } from "./paint-auras.ts";
import { paintBar, paintPanel } from "./paint-bar.ts";
import { castText, castTint, ENDED_TICKS, paintCast } from "./paint-cast.ts";
import { paintLevel, relationColor } from "./paint-level.ts";
import { frameWidth, LOW_SHARE } from "./self-frame.ts";

const HEIGHT = 96;
const BAR_X = 64;
export const RELATION_WORDS: Readonly<Record<Relation, string>> = {
  self: "Yourself",
  party: "Of your party",
  player: "Player",
  creature: "Creature",
};

/** Who is locked on to: what it is, its health, what it casts, how far away it is, whom it is after, and below, what is on it. */
export default class TargetFrame extends HudPart {
  override readonly patient = true;
  #entityId = 0;
  #health = 0;
  #distanceMeters = 0;

  /** Another one, as much health as it has now, or how far away it is: the mark at the edge of the screen says so in the same frame. */
  override hasty({ client }: HudFrame): boolean {
    const { entityId, health, distanceMeters } = client.combat.target;
    return entityId !== this.#entityId || health !== this.#health || distanceMeters !== this.#distanceMeters;
  }

  protected override watch({ client }: HudFrame, watch: Fingerprint): boolean {
    const { target, serverTick } = client.combat;
    this.#entityId = target.entityId;
    this.#health = target.health;
    this.#distanceMeters = target.distanceMeters;
    if (target.entityId === 0) return false;
    watch.add(target.revision);
    watchCast(target.cast, serverTick, watch);
    watchAuras(target.auras, serverTick, watch);
    return true;
  }

  protected override paint({ client, colors }: HudFrame): void {
    const { target, bar, serverTick, self } = client.combat;
    const { quads } = this;
    const width = frameWidth();
    const barWidth = width - BAR_X - 8;
    paintPanel(quads, width, HEIGHT, colors.gold, 2, colors);
    paintLevel(quads, target.level, target.relation, colors);
    // The sign of the lock, as it stands over the target in the world.
    quads.diamond(width - 26, 8, 18, 3, colors.gold);
    quads.diamond(width - 20, 14, 6, 0, colors.gold);
    const reach = reachOf(bar, target);
    const far = reach > 0 && target.distanceMeters > reach;
    const distance = target.relation === "self" ? "you" : `${target.distanceMeters} m${far ? ", too far" : ""}`;
    quads.text(distance, width - 32, 25, 16, far ? colors.refused : colors.inkMuted, "right");
    const room = width - 40 - quads.widthOf(distance, 16) - BAR_X;
    quads.text(cutText(quads, target.name, 19, room), BAR_X, 26, 19, relationColor(target.relation, colors), "left");
    const share = target.health / Math.max(target.maxHealth, 1);
    paintBar(quads, BAR_X, 34, barWidth, 28, share, share < LOW_SHARE ? colors.healthLow : colors.health, colors);
    if (target.dead) quads.text("Dead", BAR_X + barWidth / 2, 54, 17, colors.ink, "middle");
    else if (target.maxHealth > 0) {
      quads.text(`${Math.ceil(share * 100)} %`, BAR_X + 8, 54, 17, colors.ink, "left");
      quads.text(`${target.health} / ${target.maxHealth}`, width - 16, 54, 17, colors.ink, "right");
    }
    if (showsCast(target.cast, serverTick)) {
      paintCast(quads, target.cast, serverTick, BAR_X, 66, barWidth, 22, colors);
      quads.text(castText(target.cast), BAR_X + 8, 82, 15, castTint(target.cast, colors), "left");
    } else quads.text(deedOf(target, self.entityId, client.combat), BAR_X, 82, 15, colors.inkMuted, "left");
    paintAuras(quads, this.icons, target.auras, serverTick, HEIGHT + 8, colors);
  }
}

/** A cast that goes on is drawn in every tick; one that has just ended, for a moment longer. */
function watchCast(cast: CastView, tick: number, watch: Fingerprint): void {
  watch.add(cast.revision);
  watch.add(showsCast(cast, tick) ? Math.floor(tick) : 0);
}

function showsCast(cast: CastView, tick: number): boolean {
  return cast.active || (cast.ended === "interrupted" && tick - cast.endedTick < ENDED_TICKS);
}

/** The farthest that any ability reaches such a target, metres; 0 where none is for it. */
function reachOf(bar: readonly AbilitySlotView[], { relation }: TargetView): number {
  let reach = 0;
  for (const { aim, rangeMeters } of bar) {
    const fits = aim === "friend" ? relation !== "creature" : aim === "enemy" && relation !== "party";
    if (fits && rangeMeters > reach) reach = rangeMeters;
  }
  return relation === "self" ? 0 : reach;
}

/** What the target is about, in words; who it is while it is about nothing. */
function deedOf(target: TargetView, ownEntityId: number, { party }: CombatView): string {
  const after = target.itsTargetEntityId;
  if (target.dead || (after === 0 && !target.inCombat)) return RELATION_WORDS[target.relation];
  if (after === 0) return "In combat";
  if (after === ownEntityId) return "After you";
  const name =
    party.members.find(({ entityId }) => entityId === after)?.name ??
    target.threat.find(({ entityId }) => entityId === after)?.name;
  return name === undefined || name === "" ? "After somebody else" : `After ${name}`;
}
