/** Numbers that something drawn depends on, compared with those of the last time. Allocates nothing once it has seen as many. */
export class Fingerprint {
  #values = new Float64Array(32);
  #count = 0;
  #changed = true;

  begin(): void {
    this.#count = 0;
    this.#changed = false;
  }

  add(value: number): void {
    if (this.#count === this.#values.length) {
      const values = new Float64Array(this.#values.length * 2);
      values.set(this.#values);
      this.#values = values;
    }
    if (this.#values[this.#count] !== value) {
      this.#values[this.#count] = value;
      this.#changed = true;
    }
    this.#count += 1;
  }

  /** Whether any number is another one than between the last two `begin`. */
  get changed(): boolean {
    return this.#changed;
  }
}
