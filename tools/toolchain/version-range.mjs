/**
 * The leading numbers of a version, without Debian's epoch and revision: `1:4.6.3+ds-2` is `[4, 6, 3]`.
 * Empty when there are none.
 * @param {string} version
 * @returns {number[]}
 */
export function parseVersion(version) {
  const numbers = /(?:^|[^\d.:])v?(\d+(?:\.\d+)*)/.exec(version.trim().replace(/^\d+:/, ""));
  return numbers?.[1] === undefined ? [] : numbers[1].split(".").map(Number);
}

/**
 * Negative, zero or positive as `left` is older than, as old as, or newer than `right`; missing numbers count as 0.
 * @param {readonly number[]} left
 * @param {readonly number[]} right
 * @returns {number}
 */
export function compareVersions(left, right) {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * How a range reads for people: `4.6 <= version < 5`.
 * @param {{ minimum: string, below: string }} range
 * @returns {string}
 */
export function describeRange(range) {
  if (range.minimum === "" && range.below === "") return "any version";
  if (range.below === "") return `version >= ${range.minimum}`;
  return `${range.minimum} <= version < ${range.below}`;
}

/**
 * @param {string} version as a program or package tells it
 * @param {{ minimum: string, below: string }} range
 * @returns {"within" | "older" | "newer" | "unreadable"}
 */
export function compareToRange(version, range) {
  if (range.minimum === "" && range.below === "") return "within";
  const numbers = parseVersion(version);
  if (numbers.length === 0) return "unreadable";
  if (compareVersions(numbers, parseVersion(range.minimum)) < 0) return "older";
  if (range.below !== "" && compareVersions(numbers, parseVersion(range.below)) >= 0) return "newer";
  return "within";
}
