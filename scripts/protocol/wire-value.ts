/**
 * Holds the writer to the limits of the wire. Throws `RangeError` unless `value` is an integer from `min` to `max`.
 * `index`, where given, stands for the "[]" in `name`, as in "snapshot.x[]".
 */
export function assertInteger(value: number, min: number, max: number, name: string, index = -1): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  const subject = index < 0 ? name : name.replace("[]", `[${index}]`);
  throw new RangeError(`${subject}: expected an integer from ${min} to ${max}, got ${value}`);
}

/** Throws `RangeError` unless `text` has the pattern. */
export function assertPattern(text: string, pattern: RegExp, name: string): void {
  if (!pattern.test(text))
    throw new RangeError(`${name}: expected ${pattern}, got ${JSON.stringify(text.slice(0, 80))}`);
}
