// Rule C24: numbers that depend on nothing but what they are for, so that no order of evaluation changes them.

/** What a number is drawn for. */
export const Draw = { miss: 1, critical: 2, block: 3, amount: 4, wander: 5, pause: 6 } as const;
export type Draw = (typeof Draw)[keyof typeof Draw];

let state = 0;

/** 32 bits are mixed in; the finish of MurmurHash3 (Appleby, public domain) spreads them. */
function mix(word: number): void {
  state = Math.imul(state ^ word, 0x85eb_ca6b);
  state ^= state >>> 13;
  state = Math.imul(state, 0xc2b2_ae35);
  state ^= state >>> 16;
}

/**
 * A whole number from 0 to `sides` - 1, the same for the same arguments in every engine. `salt` tells apart what happens between the same two in
 * the same tick. `sides`: 1 to 65536.
 */
export function drawNumber(
  seed: number,
  tick: number,
  sourceId: number,
  targetId: number,
  what: Draw,
  salt: number,
  sides: number,
): number {
  state = seed | 0;
  mix(tick | 0);
  mix(sourceId | 0);
  mix(targetId | 0);
  mix((salt << 4) | what);
  // The upper half of the product: no modulo, whose small bias falls with 1/sides.
  return Math.floor((state >>> 16) * sides) >>> 16;
}
