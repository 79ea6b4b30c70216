/** More than any number that is shown has. */
export const MOST_DIGITS = 12;

/** The decimal digits of a whole number, 0 or more, the first one at first. Returns how many; larger numbers than fit end in their last digits. */
export function digitsOf(value: number, into: Uint8Array): number {
  let count = 0;
  let rest = Math.floor(value);
  do {
    into[count] = rest % 10;
    rest = Math.floor(rest / 10);
    count += 1;
  } while (rest > 0 && count < Math.min(MOST_DIGITS, into.length));
  for (let i = 0; i < count >> 1; i += 1) {
    const other = count - 1 - i;
    const digit = into[i] ?? 0;
    into[i] = into[other] ?? 0;
    into[other] = digit;
  }
  return count;
}
