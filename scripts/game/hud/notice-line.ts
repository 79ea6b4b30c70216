import { abilityRefusalWords } from "../../client/combat/refusal-words.ts";
import { SLOT_COUNT } from "../../client/combat/view/ability-slot-view.ts";
import type { CombatView } from "../../client/combat/view/combat-view.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { HudFrame } from "./hud-frame.ts";
import HudPart from "./hud-part.ts";

const SHOWN_SECONDS = 3;
const PIXELS = 20;
const HEIGHT = 36;

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

  protected override watch({ client, seconds }: HudFrame, _watch: Fingerprint): boolean {
    const news = this.#newest(client.combat);
    if (news !== "") this.say(news, seconds);
    return seconds - this.#since < SHOWN_SECONDS;
  }

  protected override paint({ colors }: HudFrame): void {
    const { quads } = this;
    const width = Math.ceil(quads.widthOf(this.#text, PIXELS)) + 56;
    const x = Math.round(-width / 2);
    quads.box(x, 0, width, HEIGHT, colors.panel, 8);
    quads.cross(x + 12, 12, 12, 4, colors.refused);
    quads.text(this.#text, x + 36, 25, PIXELS, colors.refused, "left");
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
