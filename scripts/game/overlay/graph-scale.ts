/** Near enough to each other that what is shown fills more than half of its graph. */
const STEPS = [1, 1.5, 2, 3, 4, 6, 8, 10] as const;

/**
 * The end of a graph's axis: a round number, not below `value` nor below `least`, so that it seldom changes and can be read. What is no
 * number counts as `least`, which is above 0.
 */
export function axisEnd(value: number, least: number): number {
  const wanted = Number.isFinite(value) ? Math.max(value, least) : least;
  const power = 10 ** Math.floor(Math.log10(wanted));
  for (const step of STEPS) if (step * power >= wanted * (1 - 1e-9)) return step * power;
  return 10 * power;
}
