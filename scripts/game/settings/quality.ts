/** Graphics levels, cheapest first. */
export const QUALITIES = ["low", "medium", "high"] as const;
export type Quality = (typeof QUALITIES)[number];

export function isQuality(value: unknown): value is Quality {
  return QUALITIES.some((quality) => quality === value);
}

/** What a level switches. Numbers as the engine takes them. */
export interface QualityPreset {
  shadows: boolean;
  shadowAtlasPixels: number;
  shadowDistanceMeters: number;
  /** Share of the window's pixels that the world is drawn with, per axis. */
  renderScale: number;
  /** Samples per pixel for smooth edges: 0, 2 or 4. */
  antialiasing: 0 | 2 | 4;
  /** Share of grass and flowers that is drawn, and how far of the distance that the scene gives. */
  detailShare: number;
  detailReach: number;
  viewDistanceMeters: number;
}

export const QUALITY_PRESETS: Readonly<Record<Quality, QualityPreset>> = {
  low: {
    shadows: true,
    shadowAtlasPixels: 2048,
    shadowDistanceMeters: 45,
    renderScale: 1,
    antialiasing: 0,
    detailShare: 0.6,
    detailReach: 0.55,
    viewDistanceMeters: 1500,
  },
  medium: {
    shadows: true,
    shadowAtlasPixels: 4096,
    shadowDistanceMeters: 80,
    renderScale: 1,
    antialiasing: 2,
    detailShare: 1,
    detailReach: 1,
    viewDistanceMeters: 1700,
  },
  high: {
    shadows: true,
    shadowAtlasPixels: 4096,
    shadowDistanceMeters: 130,
    renderScale: 1,
    antialiasing: 4,
    detailShare: 1,
    detailReach: 1.5,
    viewDistanceMeters: 2200,
  },
};

/** Level for a graphics device that has not been asked about yet: renderers that run on the processor start low. */
export function qualityForDevice(deviceName: string): Quality {
  return /llvmpipe|softpipe|swiftshader|lavapipe|software/i.test(deviceName) ? "low" : "medium";
}
