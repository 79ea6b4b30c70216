/** Floats of one instance of a flat MultiMesh with colours: a 2x4 transform and a colour. */
export const FLOATS_PER_BAR = 12;

/** Red, green, blue, opacity; 0 to 1. */
export type BarColor = readonly [number, number, number, number];

/**
 * Rectangles for a flat MultiMesh of unit squares around their middle: all bars of all graphs in one draw call and one write. Fixed memory;
 * what does not fit is left out.
 */
export class BarBuffer {
  readonly floats: Float32Array;
  readonly capacity: number;
  count = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.floats = new Float32Array(capacity * FLOATS_PER_BAR);
  }

  clear(): void {
    this.count = 0;
  }

  /** A rectangle by its upper left corner, in pixels of the interface. */
  add(x: number, y: number, width: number, height: number, color: BarColor): void {
    if (this.count >= this.capacity || !(width > 0 && height > 0)) return;
    const { floats } = this;
    const at = this.count * FLOATS_PER_BAR;
    this.count += 1;
    // The other four of the transform are 0 and stay so.
    floats[at] = width;
    floats[at + 3] = x + width / 2;
    floats[at + 5] = height;
    floats[at + 7] = y + height / 2;
    floats[at + 8] = color[0];
    floats[at + 9] = color[1];
    floats[at + 10] = color[2];
    floats[at + 11] = color[3];
  }
}
