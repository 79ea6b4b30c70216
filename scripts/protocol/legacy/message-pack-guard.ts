import type { DecodeFailure } from "../decode-error.ts";

// A MessagePack library believes every count that it reads and takes every type that there is. Before it may read a packet, this
// walks the bytes and proves that they are one whole value of the few types that `protocol_v1` uses: rules P92 and P93 of
// docs/protocol.md. Work is bounded by the packet and by the limits here; nothing is allocated unless something is wrong.

/** Lists and maps inside each other. The protocol's own messages need four. */
export const MAX_DEPTH = 6;
/** Elements of all lists and maps, keys counted too. The largest message of all, a snapshot of 1,024 entities, has 7,182. */
export const MAX_VALUES = 16_384;
/** Keys of all maps: each is a text of its own for the library, and costs as much as ten values. The protocol's own messages have 514 at most. */
export const MAX_FIELDS = 2_048;
/** Keys are names of fields: a-z, 0-9, "_", a letter first. */
export const MAX_KEY_BYTES = 64;

const NO_BYTES = new Uint8Array(0);
const UNDERSCORE = 0x5f;

export class MessagePackGuard {
  readonly #failure: DecodeFailure;
  #bytes: Uint8Array = NO_BYTES;
  #at = 0;
  #values = 0;
  #keys = 0;

  constructor(failure: DecodeFailure) {
    this.#failure = failure;
  }

  /** Whether `bytes` can be handed to the library. Fills the failure if not. */
  check(bytes: Uint8Array): boolean {
    this.#bytes = bytes;
    this.#at = 0;
    this.#values = 0;
    this.#keys = 0;
    const whole = this.#value(1) && this.#ends();
    this.#bytes = NO_BYTES;
    return whole;
  }

  #ends(): boolean {
    if (this.#at === this.#bytes.length) return true;
    return this.#failure.set(
      "bad_structure",
      "packet",
      `one value, of ${this.#at} bytes`,
      `${this.#bytes.length} bytes`,
    );
  }

  /** One value of any kind. `depth`: of the list or map that it would be. */
  #value(depth: number): boolean {
    const head = this.#bytes[this.#at];
    if (head === undefined) return this.#cut(1);
    this.#at += 1;
    if (head <= 0x7f || head >= 0xe0) return true;
    if (head <= 0x8f) return this.#map(head & 0x0f, depth);
    if (head <= 0x9f) return this.#list(head & 0x0f, depth);
    if (head <= 0xbf) return this.#skip(head & 0x1f);
    switch (head) {
      case 0xc0: // nil
      case 0xc2: // false
      case 0xc3: // true
        return true;
      case 0xcc: // uint 8
      case 0xd0: // int 8
        return this.#skip(1);
      case 0xcd: // uint 16
      case 0xd1: // int 16
        return this.#skip(2);
      case 0xce: // uint 32
      case 0xd2: // int 32
        return this.#skip(4);
      case 0xcf: // uint 64
      case 0xd3: // int 64
        return this.#skip(8);
      case 0xd9: // str 8, 16, 32
      case 0xda:
      case 0xdb:
        return this.#text(1 << (head - 0xd9));
      case 0xdc: // array 16, 32
      case 0xdd: {
        const count = this.#count(2 << (head - 0xdc));
        return count >= 0 && this.#list(count, depth);
      }
      case 0xde: // map 16, 32
      case 0xdf: {
        const count = this.#count(2 << (head - 0xde));
        return count >= 0 && this.#map(count, depth);
      }
      default: {
        const expected = "nil, a boolean, an integer, a text, a list or a map";
        return this.#failure.set("bad_structure", "type of a value", expected, `0x${head.toString(16)}`);
      }
    }
  }

  #list(count: number, depth: number): boolean {
    if (!this.#enter(count, depth)) return false;
    for (let i = 0; i < count; i++) if (!this.#value(depth + 1)) return false;
    return true;
  }

  #map(count: number, depth: number): boolean {
    if (!this.#enter(2 * count, depth)) return false;
    this.#keys += count;
    if (this.#keys > MAX_FIELDS)
      return this.#failure.set("too_many", "packet", `at most ${MAX_FIELDS} fields`, this.#keys);
    for (let i = 0; i < count; i++) if (!this.#key() || !this.#value(depth + 1)) return false;
    return true;
  }

  #enter(values: number, depth: number): boolean {
    this.#values += values;
    if (this.#values > MAX_VALUES) {
      return this.#failure.set("too_many", "packet", `at most ${MAX_VALUES} values`, this.#values);
    }
    if (depth > MAX_DEPTH) {
      return this.#failure.set(
        "bad_structure",
        "packet",
        `at most ${MAX_DEPTH} lists and maps inside each other`,
        depth,
      );
    }
    const left = this.#bytes.length - this.#at;
    // No value is shorter than a byte.
    if (values <= left) return true;
    return this.#failure.set("bad_structure", "list or map", `at most the ${left} values of the bytes left`, values);
  }

  #key(): boolean {
    const head = this.#bytes[this.#at];
    if (head === undefined) return this.#cut(1);
    this.#at += 1;
    let length = -1;
    if (head >= 0xa0 && head <= 0xbf) length = head & 0x1f;
    else if (head >= 0xd9 && head <= 0xdb) length = this.#count(1 << (head - 0xd9));
    else return this.#badKey(`type 0x${head.toString(16)}`);
    const start = this.#at;
    if (length < 0 || !this.#skip(length)) return false;
    if (length === 0 || length > MAX_KEY_BYTES) return this.#badKey(`${length} bytes`);
    for (let at = start; at < this.#at; at++) {
      const byte = this.#bytes[at] ?? 0;
      if (!isLetter(byte) && (at === start || !isDigitOrUnderscore(byte))) return this.#badKey(`byte ${byte}`);
    }
    return true;
  }

  #text(lengthBytes: number): boolean {
    const length = this.#count(lengthBytes);
    return length >= 0 && this.#skip(length);
  }

  /** A big-endian number of 1, 2 or 4 bytes; -1 past the end. */
  #count(bytes: number): number {
    const at = this.#at;
    if (!this.#skip(bytes)) return -1;
    let count = 0;
    for (let i = 0; i < bytes; i++) count = count * 256 + (this.#bytes[at + i] ?? 0);
    return count;
  }

  #skip(bytes: number): boolean {
    if (this.#at + bytes > this.#bytes.length) return this.#cut(bytes);
    this.#at += bytes;
    return true;
  }

  #badKey(got: string): false {
    const expected = `a text of 1 to ${MAX_KEY_BYTES} of a-z, 0-9, "_", a letter first`;
    return this.#failure.set("bad_structure", "name of a field", expected, got);
  }

  #cut(bytes: number): false {
    const left = this.#bytes.length - this.#at;
    return this.#failure.set("bad_structure", "packet", `${bytes} more bytes after ${this.#at}`, left);
  }
}

function isLetter(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

function isDigitOrUnderscore(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === UNDERSCORE;
}
