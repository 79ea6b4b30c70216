/** Room for a snapshot and a little more; one in which more comes grows. */
const FIRST_BYTES = 2_048;
const HEADER_BYTES = 8;

/** Messages that wait for one reader, oldest first. Allocates only while it grows. */
export class MessageInbox {
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #used = 0;
  #read = 0;

  /** Where the next message will begin: a number that grows until all were taken. */
  get end(): number {
    return this.#used;
  }

  /** Where the message begins that is to be taken next. */
  get at(): number {
    return this.#read;
  }

  /** Keeps a copy of `bytes`. */
  add(connection: number, bytes: Uint8Array): void {
    const start = this.#used + HEADER_BYTES;
    if (start + bytes.length > this.#bytes.length) this.#grow(start + bytes.length);
    this.#view.setUint32(this.#used, connection);
    this.#view.setUint32(this.#used + 4, bytes.length);
    this.#bytes.set(bytes, start);
    this.#used = start + bytes.length;
  }

  /** Connection of the oldest message. There must be one: `at` below `end`. */
  connection(): number {
    return this.#view.getUint32(this.#read);
  }

  /** Takes the oldest message: a view that is valid until the next `add`. There must be one. */
  take(): Uint8Array {
    const start = this.#read + HEADER_BYTES;
    this.#read = start + this.#view.getUint32(this.#read + 4);
    return new Uint8Array(this.#bytes.buffer, start, this.#read - start);
  }

  /** Forgets all messages. */
  clear(): void {
    this.#used = 0;
    this.#read = 0;
  }

  #grow(bytes: number): void {
    const larger = new Uint8Array(2 ** Math.ceil(Math.log2(bytes)));
    larger.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
