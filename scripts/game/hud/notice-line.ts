import type { Control } from "godot";
import { abilityRefusalWords } from "../../client/combat/refusal-words.ts";
import { SLOT_COUNT } from "../../client/combat/view/ability-slot-view.ts";
import type { CombatView } from "../../client/combat/view/combat-view.ts";
import { comfort } from "../settings/comfort.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { HudFrame } from "./hud-frame.ts";
import HudPart from "./hud-part.ts";
import { INVITATION, SMALL_NOTICE_LOWERED } from "./hud-places.ts";
import { wrapText } from "./wrap-text.ts";

const SHOWN_SECONDS = 3;
const PIXELS = 20;
const SMALL_PIXELS = 17;
const LINE_PIXELS = 24;
const HEIGHT = 36;
/** Beside the words: the cross, and the ends of the ground. */
const BESIDE_PIXELS = 56;
const APART_PIXELS = 8;

/** One line above the bars: why the last thing that was asked for did not happen, until the next thing does. */
export default class NoticeLine extends HudPart {
  #text = "";
  #since = Number.NEGATIVE_INFINITY;
  #notices = 0;
  /** By slot, from 0: what was looked at last. */
  readonly #revisions = new Int32Array(SLOT_COUNT);
  readonly #refusedTicks = new Float64Array(SLOT_COUNT);
  readonly #asked = new Uint8Array(SLOT_COUNT);

  /** Says something else that the player should know of what it pressed. */
  say(text: string, seconds: number): void {
    this.#text = text;
    this.#since = seconds;
    this.invalidate();
  }

  protected override watch({ client, seconds }: HudFrame, watch: Fingerprint): boolean {
    watch.add(client.combat.party.inviterEntityId === 0 ? 0 : 1);
    const news = this.#newest(client.combat);
    if (news !== "") this.say(news, seconds);
    return seconds - this.#since < SHOWN_SECONDS;
  }

  /** In lines where there is no room for one: beside an invitation, and in the smallest windows. */
  protected override paint({ client, colors }: HudFrame): void {
    const { quads } = this;
    const { x: middle, y: top } = this.position;
    const right = this.#rightEdge(client.combat, top);
    const pixels = comfort.small ? SMALL_PIXELS : PIXELS;
    const room = right - APART_PIXELS - BESIDE_PIXELS;
    const lines = wrapText(this.#text, room, (line) => quads.widthOf(line, pixels));
    const width = Math.ceil(Math.max(...lines.map((line) => quads.widthOf(line, pixels)))) + BESIDE_PIXELS;
    const x = Math.round(Math.min(-width / 2, right - middle - width));
    const height = HEIGHT + (lines.length - 1) * LINE_PIXELS;
    const invited = client.combat.party.inviterEntityId !== 0;
    const y = HEIGHT - height + (comfort.small && invited ? SMALL_NOTICE_LOWERED : 0);
    quads.box(x, y, width, height, colors.panel, 8);
    quads.cross(x + 12, y + 12, 12, 4, colors.refused);
    for (const [i, line] of lines.entries()) {
      quads.text(line, x + 36, y + 25 + i * LINE_PIXELS, pixels, colors.refused, "left");
    }
  }

  /** How far to the right there is room. */
  #rightEdge({ party }: CombatView, top: number): number {
    const { x: width } = this.get_parent<Control>()?.size ?? { x: 0 };
    const beside = party.inviterEntityId !== 0 && top < INVITATION.bottom && !comfort.small;
    return width - APART_PIXELS - (beside ? INVITATION.right + INVITATION.width : 0);
  }

  /** What was refused since the last frame, in words. What is done takes away what was said before. */
  #newest(combat: CombatView): string {
    let text = "";
    if (combat.notices !== this.#notices) {
      this.#notices = combat.notices;
      text = combat.notice;
    }
    const { bar } = combat;
    for (let i = 0; i < bar.length; i += 1) {
      const slot = bar[i];
      if (slot === undefined || slot.revision === this.#revisions[i]) continue;
      this.#revisions[i] = slot.revision;
      const asked = slot.pending || slot.queued ? 1 : 0;
      if (asked > (this.#asked[i] ?? 0)) this.#since = Number.NEGATIVE_INFINITY;
      this.#asked[i] = asked;
      if (slot.refusedTick === this.#refusedTicks[i]) continue;
      this.#refusedTicks[i] = slot.refusedTick;
      if (slot.refusedTick > 0) text = abilityRefusalWords(slot.refusal);
    }
    return text;
  }
}
