/**
 * The value below which the part `quantile` (0 to 1) of what a histogram has counted lies, by linear interpolation inside a bucket, as
 * Prometheus' histogram_quantile does it. `bounds`: upper bounds, growing; `counts`: per bucket, with one more for what is above the last
 * bound, of which the last bound is the answer. NaN for an empty histogram.
 */
export function histogramQuantile(quantile: number, bounds: readonly number[], counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i += 1) total += counts[i] ?? 0;
  if (total === 0) return Number.NaN;
  const rank = Math.min(1, Math.max(0, quantile)) * total;
  let below = 0;
  for (let i = 0; i < bounds.length; i += 1) {
    const here = counts[i] ?? 0;
    if (here > 0 && below + here >= rank) {
      const lower = i === 0 ? 0 : (bounds[i - 1] ?? 0);
      return lower + ((bounds[i] ?? 0) - lower) * ((rank - below) / here);
    }
    below += here;
  }
  return bounds.at(-1) ?? Number.NaN;
}
