/** Characters that one creature can have reason to fight. */
export const MAX_THREATS = 16;
/** Percent of the highest that another must have to be attacked instead: rule C51. */
const CHANGE_PERCENT = 110;

/**
 * Whom each creature has how much reason to fight, by place; whole numbers. What was ever added is what is there and what was dropped: `added` and
 * `dropped` count it. Fixed memory.
 */
export class ThreatTables {
  readonly count: Uint8Array;
  /** Whom it attacks: entity id, 0 for nobody. */
  readonly attacked: Uint32Array;
  readonly #who: Uint32Array;
  readonly #threat: Float64Array;
  added = 0;
  dropped = 0;

  constructor(capacity: number) {
    this.count = new Uint8Array(capacity);
    this.attacked = new Uint32Array(capacity);
    this.#who = new Uint32Array(capacity * MAX_THREATS);
    this.#threat = new Float64Array(capacity * MAX_THREATS);
  }

  who(place: number, index: number): number {
    return this.#who[place * MAX_THREATS + index] ?? 0;
  }

  threat(place: number, index: number): number {
    return this.#threat[place * MAX_THREATS + index] ?? 0;
  }

  /** Whether somebody is among them. */
  has(place: number, entityId: number): boolean {
    return this.#find(place, entityId) >= 0;
  }

  /** `threat`: a whole number, 0 or more. */
  add(place: number, entityId: number, threat: number): void {
    this.added += threat;
    const index = this.#find(place, entityId);
    if (index >= 0) {
      const at = place * MAX_THREATS + index;
      this.#threat[at] = (this.#threat[at] ?? 0) + threat;
      return;
    }
    const count = this.count[place] ?? 0;
    if (count < MAX_THREATS) {
      this.count[place] = count + 1;
      this.#set(place, count, entityId, threat);
      return;
    }
    const least = this.#least(place);
    const leastThreat = this.threat(place, least);
    if (threat <= leastThreat) {
      this.dropped += threat;
      return;
    }
    this.dropped += leastThreat;
    if (this.attacked[place] === this.who(place, least)) this.attacked[place] = 0;
    this.#set(place, least, entityId, threat);
  }

  /** Somebody is dead or gone. */
  drop(place: number, entityId: number): void {
    const index = this.#find(place, entityId);
    if (index < 0) return;
    this.dropped += this.threat(place, index);
    const last = (this.count[place] ?? 1) - 1;
    this.count[place] = last;
    for (let i = index; i < last; i += 1) this.#set(place, i, this.who(place, i + 1), this.threat(place, i + 1));
    if (this.attacked[place] === entityId) this.attacked[place] = 0;
  }

  clear(place: number): void {
    const count = this.count[place] ?? 0;
    for (let index = 0; index < count; index += 1) this.dropped += this.threat(place, index);
    this.count[place] = 0;
    this.attacked[place] = 0;
  }

  /** Decides whom it attacks: the one with the most, but the same one as before unless another has clearly more. */
  choose(place: number): number {
    const count = this.count[place] ?? 0;
    let most = -1;
    for (let index = 0; index < count; index += 1) {
      if (most < 0 || this.threat(place, index) > this.threat(place, most)) most = index;
    }
    const before = this.#find(place, this.attacked[place] ?? 0);
    const stays = before >= 0 && this.threat(place, most) * 100 < this.threat(place, before) * CHANGE_PERCENT;
    this.attacked[place] = most < 0 ? 0 : this.who(place, stays ? before : most);
    return this.attacked[place] ?? 0;
  }

  /** Of all that is in the tables: for tests of rule C50. */
  total(): number {
    let total = 0;
    for (let place = 0; place < this.count.length; place += 1) {
      for (let index = 0; index < (this.count[place] ?? 0); index += 1) total += this.threat(place, index);
    }
    return total;
  }

  #find(place: number, entityId: number): number {
    const count = this.count[place] ?? 0;
    for (let index = 0; index < count; index += 1) if (this.who(place, index) === entityId) return index;
    return -1;
  }

  #least(place: number): number {
    let least = 0;
    for (let index = 1; index < MAX_THREATS; index += 1) {
      if (this.threat(place, index) < this.threat(place, least)) least = index;
    }
    return least;
  }

  #set(place: number, index: number, entityId: number, threat: number): void {
    this.#who[place * MAX_THREATS + index] = entityId;
    this.#threat[place * MAX_THREATS + index] = threat;
  }
}
