/** Frames in a second in words; `perSecond` 0: not known yet. */
export function frameRateText(perSecond: number): string {
  if (perSecond === 0) return "– fps";
  return perSecond < 0.95 ? "<1 fps" : `${Math.round(perSecond)} fps`;
}
