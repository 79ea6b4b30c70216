// FNV-1a, 64 bits (Fowler, Noll, Vo), in two halves of 32 bits: every product stays below 2^53 and is exact.

const OFFSET_HIGH = 0xcbf29ce4;
const OFFSET_LOW = 0x84222325;
/** The prime is 2^40 + 0x1b3. */
const PRIME_LOW = 0x1b3;
const TWO_32 = 0x1_0000_0000;

/** FNV-1a of bytes as 16 hexadecimal digits. Finds accidents, not forgers. */
export function hashBytes(bytes: Uint8Array): string {
  let high = OFFSET_HIGH;
  let low = OFFSET_LOW;
  for (const byte of bytes) {
    const mixed = (low ^ byte) >>> 0;
    const product = mixed * PRIME_LOW;
    low = product >>> 0;
    high = (high * PRIME_LOW + (product - low) / TWO_32 + mixed * 256) % TWO_32;
  }
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}
