/** Bucket by bucket; one that is shorter has none in the others. */
export function addHistograms(histograms: readonly (readonly number[])[]): number[] {
  const sum: number[] = [];
  for (const histogram of histograms) {
    for (const [i, count] of histogram.entries()) sum[i] = (sum[i] ?? 0) + count;
  }
  return sum;
}
