/**
 * Ends what runs beside an editor or a launcher, which hold the other end of its input: also when they crashed.
 * @returns {AbortSignal}
 */
export function endOfInput() {
  const ended = new AbortController();
  if (!process.stdin.isTTY) process.stdin.on("end", () => ended.abort()).resume();
  return ended.signal;
}
