import type { BarColor } from "./bar-buffer.ts";

// The interface's palette (assets/theme), and what the graphs add to it. No meaning hangs on a colour alone: each has a place of its own.
export const PANEL: BarColor = [0.047, 0.067, 0.086, 0.84];
export const TEXT: BarColor = [0.953, 0.914, 0.831, 1];
export const MUTED: BarColor = [0.8235, 0.788, 0.706, 1];
export const GOLD: BarColor = [0.949, 0.796, 0.49, 1];
export const WARNING: BarColor = [1, 0.72, 0.36, 1];
export const AXIS: BarColor = [0.765, 0.7255, 0.639, 0.38];
export const RULE: BarColor = [0.878, 0.698, 0.353, 0.32];

/** Between two snapshots; guessed beyond the newest. */
export const INTERPOLATED: BarColor = [0.4, 0.66, 0.93, 1];
export const EXTRAPOLATED: BarColor = [0.97, 0.82, 0.36, 1];
export const SNAPSHOT: BarColor = [0.46, 0.79, 0.66, 1];
export const LATE: BarColor = [0.95, 0.6, 0.27, 1];
export const LOST: BarColor = [0.95, 0.44, 0.4, 1];
export const CORRECTION: BarColor = [0.97, 0.82, 0.36, 1];
export const BUFFER: BarColor = [0.38, 0.68, 0.56, 1];
/** The band that the buffer should lie in: its area under the bars, its edges over them. */
export const BAND: BarColor = [0.46, 0.79, 0.66, 0.2];
export const BAND_EDGE: BarColor = [0.953, 0.914, 0.831, 0.8];
