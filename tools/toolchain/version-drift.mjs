import { compareToRange, describeRange } from "./version-range.mjs";

/**
 * What to say when a program's version is outside the range that is supported; "" when it is inside.
 * @param {{ name: string, minimum: string, below: string }} need
 * @param {string} version
 * @param {string} lastKnownGood "" when none was recorded
 * @returns {string}
 */
export function describeDrift(need, version, lastKnownGood) {
  const verdict = compareToRange(version, need);
  if (verdict === "within") return "";
  const came = verdict === "unreadable" ? `a version that cannot be read came ("${version}")` : `${version} came`;
  const known = lastKnownGood === "" ? "" : `; last known good: ${lastKnownGood}`;
  return `${need.name}: ${came}, ${describeRange(need)} is supported${known}`;
}
