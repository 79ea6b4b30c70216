/** How far the map reaches from its middle, metres, from the closest to the farthest. */
export const MAP_REACHES_METERS: readonly number[] = [30, 50, 80, 128, 200];
export const USUAL_REACH = 2;

/**
 * Where places of a zone are on a round map around the player: pixels from the map's middle, x to the right and y down. North is up, or what the
 * player looks at. Numbers are fields, because those that are handed over would be put on the heap.
 */
export class MapFrame {
  /** Middle of the map, metres of the zone. */
  centerX = 0.5;
  centerZ = 0.5;
  reachMeters = MAP_REACHES_METERS[USUAL_REACH] ?? 80;
  radiusPixels = 1.5;
  /** Where the last place is that was looked for, and how far from the middle. */
  x = 0.5;
  y = 0.5;
  pixels = 0.5;
  /** Radians that the map is turned by: 0 with north on top, the player's yaw with its view on top. */
  turn = 0.5;
  #cos = 1.5;
  #sin = 0.5;

  /** Looks from a place of the zone, with that much of the zone turned away from north. */
  look(centerX: number, centerZ: number, turn: number): void {
    this.centerX = centerX;
    this.centerZ = centerZ;
    this.turn = turn;
    this.#cos = Math.cos(turn);
    this.#sin = Math.sin(turn);
  }

  get pixelsPerMeter(): number {
    return this.radiusPixels / this.reachMeters;
  }

  /** Finds a place; false if it is nearer to the rim than `margin` pixels, or beyond. */
  find(placeX: number, placeZ: number, margin: number): boolean {
    const dx = placeX - this.centerX;
    const dz = placeZ - this.centerZ;
    const scale = this.radiusPixels / this.reachMeters;
    this.x = (dx * this.#cos - dz * this.#sin) * scale;
    this.y = (dx * this.#sin + dz * this.#cos) * scale;
    this.pixels = Math.sqrt(this.x * this.x + this.y * this.y);
    return this.pixels <= this.radiusPixels - margin;
  }

  /** The last place that was looked for, as near as it can be with so much between it and the rim: its direction stays. */
  clamp(margin: number): void {
    const most = this.radiusPixels - margin;
    if (this.pixels <= most) return;
    const share = most / this.pixels;
    this.x *= share;
    this.y *= share;
    this.pixels = most;
  }
}
