import { WHOLE } from "./character-buffer.ts";

/** Nearer than the one the own body is not there, farther than the other it is whole: between, a wall has pushed the view into its back. */
const GONE_METERS = 0.7;
const WHOLE_METERS = 1.4;

/** Dots of the own body that are there, 0 to `WHOLE`, for an eye that is so far behind it: it does not hide the fight. */
export function nearDots(eyeMeters: number): number {
  const share = (eyeMeters - GONE_METERS) / (WHOLE_METERS - GONE_METERS);
  return Math.round(WHOLE * Math.min(Math.max(share, 0), 1));
}
