const KEPT = 1000;
const texts: string[] = [];
const meterTexts: string[] = [];

/** A whole number as text: always the same string for one below 1000, so that a count that goes down makes none. */
export function numberText(value: number): string {
  if (value < 0 || value >= KEPT || !Number.isInteger(value)) return String(value);
  let text = texts[value];
  if (text === undefined) {
    text = String(value);
    texts[value] = text;
  }
  return text;
}

/** Whole metres as text, kept in the same way. */
export function meterText(meters: number): string {
  if (meters < 0 || meters >= KEPT || !Number.isInteger(meters)) return `${meters} m`;
  let text = meterTexts[meters];
  if (text === undefined) {
    text = `${meters} m`;
    meterTexts[meters] = text;
  }
  return text;
}
