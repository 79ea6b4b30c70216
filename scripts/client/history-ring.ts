/** The last values of one measure, oldest first by `at`. Fixed memory. */
export class HistoryRing {
  readonly #values: Float32Array;
  #written = 0;

  constructor(readonly capacity: number) {
    this.#values = new Float32Array(capacity);
  }

  /** Values that are kept now. */
  get length(): number {
    return Math.min(this.#written, this.capacity);
  }

  push(value: number): void {
    this.#values[this.#written % this.capacity] = value;
    this.#written += 1;
  }

  /** Value at an index, 0 the oldest; 0 where there is none. */
  at(index: number): number {
    if (index < 0 || index >= this.length) return 0;
    return this.#values[(this.#written - this.length + index) % this.capacity] ?? 0;
  }

  /** The newest value; 0 when there is none. */
  get newest(): number {
    return this.at(this.length - 1);
  }
}
