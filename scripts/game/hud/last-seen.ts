/** Members of a party besides the player. */
const MOST = 4;

/** Where a few others were seen last, by entity. Fixed memory: the one that was seen longest ago makes room. */
export class LastSeen {
  /** Metres of the zone, of the one that was looked for last. */
  x = 0.5;
  z = 0.5;
  readonly #entityId = new Uint32Array(MOST);
  readonly #x = new Float64Array(MOST);
  readonly #z = new Float64Array(MOST);
  readonly #when = new Float64Array(MOST);
  #now = 0;

  see(entityId: number, x: number, z: number): void {
    let slot = this.#entityId.indexOf(entityId);
    if (slot < 0) {
      slot = 0;
      for (let i = 1; i < MOST; i += 1) if ((this.#when[i] ?? 0) < (this.#when[slot] ?? 0)) slot = i;
    }
    this.#now += 1;
    this.#entityId[slot] = entityId;
    this.#x[slot] = x;
    this.#z[slot] = z;
    this.#when[slot] = this.#now;
  }

  /** Fills `x` and `z`; false for somebody who was never seen. */
  look(entityId: number): boolean {
    const slot = this.#entityId.indexOf(entityId);
    if (slot < 0) return false;
    this.x = this.#x[slot] ?? 0;
    this.z = this.#z[slot] ?? 0;
    return true;
  }

  clear(): void {
    this.#entityId.fill(0);
    this.#when.fill(0);
  }
}
