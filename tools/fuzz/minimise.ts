const MAX_ATTEMPTS = 3_000;

/** A smaller input that still `shows` the same: ever smaller parts are left out, then bytes are made zero. */
export function minimise(input: Uint8Array, shows: (candidate: Uint8Array) => boolean): Uint8Array {
  let best = input;
  let attempts = MAX_ATTEMPTS;
  const attempt = (candidate: Uint8Array): boolean => {
    attempts -= 1;
    if (attempts < 0 || !shows(candidate)) return false;
    best = candidate;
    return true;
  };
  // Powers of two: together they make any length.
  for (let size = 2 ** Math.floor(Math.log2(Math.max(1, best.length))); size >= 1; size >>= 1) {
    for (let at = 0; at < best.length && attempts > 0; ) {
      const without = new Uint8Array(Math.max(0, best.length - size));
      without.set(best.subarray(0, Math.min(at, without.length)));
      without.set(best.subarray(at + size), Math.min(at, without.length));
      if (without.length === best.length || !attempt(without)) at += size;
    }
  }
  for (let at = 0; at < best.length && attempts > 0; at++) {
    if (best[at] === 0) continue;
    const zeroed = best.slice();
    zeroed[at] = 0;
    attempt(zeroed);
  }
  return best;
}
