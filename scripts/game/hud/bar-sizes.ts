/** Sizes of the ability bar, pixels of the interface. */
export interface BarSizes {
  readonly slot: number;
  readonly gap: number;
  /** Between the two halves, which are the two rows of a gamepad. */
  readonly halfGap: number;
  readonly padding: number;
  readonly width: number;
  readonly height: number;
}

export const USUAL_BAR = sizesOf(56, 6, 16, 8);
/** In the smallest windows: as wide as these. */
export const SMALL_BAR = sizesOf(46, 4, 12, 6);

/** Left edge of a slot, pixels from that of the bar. */
export function slotLeft(slot: number, { slot: pixels, gap, halfGap, padding }: BarSizes): number {
  const gaps = (slot - 1) * gap + (slot > 5 ? halfGap - gap : 0);
  return padding + (slot - 1) * pixels + gaps;
}

/** The slot at a point of the bar, or 0. */
export function slotAt(x: number, y: number, sizes: BarSizes): number {
  const { slot: pixels, padding } = sizes;
  if (y < padding || y >= padding + pixels) return 0;
  for (let slot = 1; slot <= 10; slot += 1) {
    const left = slotLeft(slot, sizes);
    if (x >= left && x < left + pixels) return slot;
  }
  return 0;
}

function sizesOf(slot: number, gap: number, halfGap: number, padding: number): BarSizes {
  const width = 10 * slot + 8 * gap + halfGap + 2 * padding;
  return { slot, gap, halfGap, padding, width, height: slot + 2 * padding };
}
