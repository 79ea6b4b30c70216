const FULL_TURN = Math.PI * 2;

/** Turns `facing` towards `wish` the short way, radians. */
export function turnTowards(facing: number, wish: number, share: number): number {
  const difference = ((((wish - facing) % FULL_TURN) + FULL_TURN * 1.5) % FULL_TURN) - Math.PI;
  return facing + difference * Math.min(1, share);
}

/** Facing of someone who moves along (dx, dz): 0 is -z, counter-clockwise seen from above. */
export function facingOf(dx: number, dz: number): number {
  return Math.atan2(-dx, -dz);
}
