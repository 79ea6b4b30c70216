import type { CombatTextEvent, CombatTextKind } from "../../client/combat/view/combat-text.ts";

/** Texts at a time; of these so many of what does not concern the player. */
export const MOST_TEXTS = 64;
const MOST_STRANGERS = 20;
/** Seconds that a text is there, and in which it fades at its end. */
const LIFE_SECONDS = 1.3;
const CRITICAL_LIFE_SECONDS = 1.7;
const FADE_SECONDS = 0.3;
/** The same again at the same one so soon after is added to what stands there. */
const MERGE_SECONDS = 0.22;
const STRANGER_MERGE_SECONDS = 0.8;
/** A hit that was expected is shown as a spark so long at most; then it was none. */
const EXPECTED_SECONDS = 0.9;
/** Two texts may lie over one another by this share of the lower one's height. */
const OVERLAP_SHARE = 0.15;
/** Places that are tried, in steps of a text's height, before one is given up. */
const STEPS_UP = [0, 1, -1, 2, -2, 3, 4, 5, 6];
const SIDES = [0, 1, -1, 2, -2];

/**
 * What floats over heads: texts come in, are added up where there are many, and get a place on the screen where none lies over another one. Fixed
 * memory, structure of arrays; a new text allocates nothing. Knows nothing of an engine: who draws says how large each is and where its head is.
 */
export class FloatTexts {
  /** By slot. `alive` 0: free. */
  readonly alive = new Uint8Array(MOST_TEXTS);
  readonly kind: CombatTextKind[] = Array.from({ length: MOST_TEXTS }, () => "damage");
  readonly label: string[] = Array.from({ length: MOST_TEXTS }, () => "");
  readonly entityId = new Uint32Array(MOST_TEXTS);
  readonly amount = new Float64Array(MOST_TEXTS);
  /** How many are added up in it. */
  readonly times = new Uint16Array(MOST_TEXTS);
  readonly critical = new Uint8Array(MOST_TEXTS);
  readonly periodic = new Uint8Array(MOST_TEXTS);
  readonly own = new Uint8Array(MOST_TEXTS);
  /** Done to the player. */
  readonly taken = new Uint8Array(MOST_TEXTS);
  /** Expected, not yet known: a spark without a number. */
  readonly predicted = new Uint8Array(MOST_TEXTS);
  readonly age = new Float32Array(MOST_TEXTS);
  /** Another one when something else stands in the slot than before. */
  readonly revision = new Uint32Array(MOST_TEXTS);
  /** Of the head that it belongs to, on the screen, and of the text, pixels: from who draws, before `place`. `seen` 0: not on the screen. */
  readonly headX = new Float32Array(MOST_TEXTS);
  readonly headY = new Float32Array(MOST_TEXTS);
  readonly width = new Float32Array(MOST_TEXTS);
  readonly height = new Float32Array(MOST_TEXTS);
  readonly seen = new Uint8Array(MOST_TEXTS);
  /** What a text that rises must stay below, pixels from the top. */
  readonly ceiling = new Float32Array(MOST_TEXTS);
  /** Middle of each text, pixels, and whether it is drawn: filled by `place`. */
  readonly x = new Float32Array(MOST_TEXTS);
  readonly y = new Float32Array(MOST_TEXTS);
  readonly drawn = new Uint8Array(MOST_TEXTS);
  /** Texts that found no room, and that were added to others. */
  dropped = 0;
  merged = 0;
  /** How far texts rise in their life, pixels; 0 where nothing is to move. */
  risePixels = 44;
  readonly #number = new Float64Array(MOST_TEXTS);
  /** From the head to the place that was found, less what it has risen. */
  readonly #shiftX = new Float32Array(MOST_TEXTS);
  readonly #shiftY = new Float32Array(MOST_TEXTS);
  readonly #placed = new Uint8Array(MOST_TEXTS);
  readonly #order = new Uint8Array(MOST_TEXTS);
  #strangers = 0;

  /** `taken`: it is the player to whom it is done. */
  add(event: Readonly<CombatTextEvent>, taken: boolean): void {
    const confirmed = event.confirms > 0 ? this.#ofNumber(event.confirms) : -1;
    if (confirmed >= 0) {
      this.#fill(confirmed, event, taken);
      return;
    }
    const same = event.critical || event.predicted ? -1 : this.#same(event);
    if (same >= 0) {
      this.amount[same] = (this.amount[same] ?? 0) + event.amount;
      this.times[same] = (this.times[same] ?? 0) + 1;
      this.age[same] = 0;
      this.revision[same] = (this.revision[same] ?? 0) + 1;
      this.merged += 1;
      return;
    }
    const slot = this.#room(event.own);
    if (slot < 0) {
      this.dropped += 1;
      return;
    }
    this.#fill(slot, event, taken);
    this.#placed[slot] = 0;
  }

  /** Time goes on: old ones end. */
  advance(seconds: number): void {
    this.#strangers = 0;
    for (let slot = 0; slot < MOST_TEXTS; slot += 1) {
      if (this.alive[slot] === 0) continue;
      const age = (this.age[slot] ?? 0) + seconds;
      this.age[slot] = age;
      if (age >= this.#life(slot)) this.alive[slot] = 0;
      else if (this.own[slot] === 0) this.#strangers += 1;
    }
  }

  /** 0 to 1: it fades at its end. */
  opacity(slot: number): number {
    return Math.min(1, (this.#life(slot) - (this.age[slot] ?? 0)) / FADE_SECONDS);
  }

  /**
   * Finds a place for each, one's own and the newest first. One that lies over another one after all, because the view turned, moves to a free place if
   * it is one's own, and is not drawn otherwise.
   */
  place(): void {
    const count = this.#sort();
    for (let i = 0; i < count; i += 1) {
      const slot = this.#order[i] ?? 0;
      this.drawn[slot] = 0;
      if (this.seen[slot] === 0) continue;
      this.#move(slot);
      const settled = this.#placed[slot] === 1;
      if (settled && this.#free(slot, i)) this.drawn[slot] = 1;
      else if ((!settled || this.own[slot] === 1) && this.#search(slot, i)) this.drawn[slot] = 1;
    }
  }

  clear(): void {
    this.alive.fill(0);
    this.#strangers = 0;
  }

  #fill(slot: number, event: Readonly<CombatTextEvent>, taken: boolean): void {
    if (this.alive[slot] === 0 && !event.own) this.#strangers += 1;
    this.alive[slot] = 1;
    this.kind[slot] = event.kind;
    this.label[slot] = event.label;
    this.entityId[slot] = event.entityId;
    this.amount[slot] = event.amount;
    this.times[slot] = 1;
    this.critical[slot] = event.critical ? 1 : 0;
    this.periodic[slot] = event.periodic ? 1 : 0;
    this.own[slot] = event.own ? 1 : 0;
    this.taken[slot] = taken ? 1 : 0;
    this.predicted[slot] = event.predicted ? 1 : 0;
    this.age[slot] = 0;
    this.#number[slot] = event.number;
    this.revision[slot] = (this.revision[slot] ?? 0) + 1;
    // Until who draws says more.
    this.seen[slot] = 0;
  }

  #life(slot: number): number {
    if (this.predicted[slot] === 1) return EXPECTED_SECONDS;
    return this.critical[slot] === 1 ? CRITICAL_LIFE_SECONDS : LIFE_SECONDS;
  }

  #ofNumber(number: number): number {
    for (let slot = 0; slot < MOST_TEXTS; slot += 1) {
      if (this.alive[slot] === 1 && this.#number[slot] === number) return slot;
    }
    return -1;
  }

  #same(event: Readonly<CombatTextEvent>): number {
    const own = event.own ? 1 : 0;
    const soon = event.own ? MERGE_SECONDS : STRANGER_MERGE_SECONDS;
    for (let slot = 0; slot < MOST_TEXTS; slot += 1) {
      const alike =
        this.alive[slot] === 1 &&
        this.entityId[slot] === event.entityId &&
        this.kind[slot] === event.kind &&
        this.own[slot] === own &&
        this.critical[slot] === 0 &&
        this.predicted[slot] === 0 &&
        this.periodic[slot] === (event.periodic ? 1 : 0);
      const counts = event.amount > 0 || this.label[slot] === event.label;
      if (alike && counts && (this.age[slot] ?? 0) < soon) return slot;
    }
    return -1;
  }

  /** A free slot; one's own takes the oldest stranger's, or the oldest of all, when there is none. */
  #room(own: boolean): number {
    if (!own && this.#strangers >= MOST_STRANGERS) return -1;
    let oldest = -1;
    let oldestOwn = 1;
    for (let slot = 0; slot < MOST_TEXTS; slot += 1) {
      if (this.alive[slot] === 0) return slot;
      const itsOwn = this.own[slot] ?? 0;
      const older = oldest < 0 || (this.age[slot] ?? 0) > (this.age[oldest] ?? 0);
      if (itsOwn < oldestOwn || (itsOwn === oldestOwn && older)) {
        oldest = slot;
        oldestOwn = itsOwn;
      }
    }
    if (!own) return -1;
    this.dropped += 1;
    this.alive[oldest] = 0;
    if (oldestOwn === 0) this.#strangers -= 1;
    return oldest;
  }

  /** Living ones, those that matter first: one's own, then the newest. Returns how many. */
  #sort(): number {
    let count = 0;
    for (let slot = 0; slot < MOST_TEXTS; slot += 1) {
      if (this.alive[slot] === 0) continue;
      let at = count;
      count += 1;
      for (; at > 0 && this.#before(slot, this.#order[at - 1] ?? 0); at -= 1) {
        this.#order[at] = this.#order[at - 1] ?? 0;
      }
      this.#order[at] = slot;
    }
    return count;
  }

  #before(slot: number, other: number): boolean {
    const own = this.own[slot] ?? 0;
    const otherOwn = this.own[other] ?? 0;
    if (own !== otherOwn) return own > otherOwn;
    // What has a place keeps it against what has none.
    const placed = this.#placed[slot] ?? 0;
    const otherPlaced = this.#placed[other] ?? 0;
    return placed === otherPlaced ? (this.#number[slot] ?? 0) > (this.#number[other] ?? 0) : placed > otherPlaced;
  }

  #move(slot: number): void {
    const share = Math.min((this.age[slot] ?? 0) / LIFE_SECONDS, 1);
    // What is done to the player sinks, everything else rises: fast first.
    const way = this.risePixels * (1 - (1 - share) * (1 - share)) * (this.taken[slot] === 1 ? 1 : -1);
    this.x[slot] = (this.headX[slot] ?? 0) + (this.#shiftX[slot] ?? 0);
    this.y[slot] = (this.headY[slot] ?? 0) + (this.#shiftY[slot] ?? 0) + way;
  }

  /** Whether it lies over none of those that come before it in the order. */
  #free(slot: number, before: number): boolean {
    const x = this.x[slot] ?? 0;
    const y = this.y[slot] ?? 0;
    const width = this.width[slot] ?? 0;
    const height = this.height[slot] ?? 0;
    if (y - height / 2 < (this.ceiling[slot] ?? 0)) return false;
    for (let i = 0; i < before; i += 1) {
      const other = this.#order[i] ?? 0;
      if (this.drawn[other] === 0) continue;
      const apartX = (width + (this.width[other] ?? 0)) / 2;
      const otherHeight = this.height[other] ?? 0;
      const apartY = (height + otherHeight) / 2 - Math.min(height, otherHeight) * OVERLAP_SHARE;
      if (Math.abs(x - (this.x[other] ?? 0)) < apartX && Math.abs(y - (this.y[other] ?? 0)) < apartY) return false;
    }
    return true;
  }

  /** Whether a text that begins so much off its head would rise beyond what it must not cover. */
  #isUnderCeiling(slot: number, above: number): boolean {
    if (above >= 0) return false;
    const top = (this.headY[slot] ?? 0) + above - this.risePixels - (this.height[slot] ?? 0) / 2;
    return top < (this.ceiling[slot] ?? 0);
  }

  #search(slot: number, before: number): boolean {
    this.#shiftX[slot] = 0;
    this.#shiftY[slot] = 0;
    this.#move(slot);
    const x = this.x[slot] ?? 0;
    const y = this.y[slot] ?? 0;
    const down = this.taken[slot] === 1 ? 1 : -1;
    for (let side = 0; side < SIDES.length; side += 1) {
      const aside = (SIDES[side] ?? 0) * ((this.width[slot] ?? 0) + 6);
      for (let step = 0; step < STEPS_UP.length; step += 1) {
        const above = down * (STEPS_UP[step] ?? 0) * (this.height[slot] ?? 0);
        // Below the place over a head are the name and its bar.
        if (above > 0 && down < 0) continue;
        if (this.#isUnderCeiling(slot, above)) continue;
        this.x[slot] = x + aside;
        this.y[slot] = y + above;
        if (!this.#free(slot, before)) continue;
        this.#shiftX[slot] = aside;
        this.#shiftY[slot] = above;
        this.#placed[slot] = 1;
        return true;
      }
    }
    return false;
  }
}
