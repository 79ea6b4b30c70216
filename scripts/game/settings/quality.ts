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
  /** Grass and flowers. */
  details: boolean;
  viewDistanceMeters: number;
}

export const QUALITY_PRESETS: Readonly<Record<Quality, QualityPreset>> = {
  low: {
    shadows: true,
    shadowAtlasPixels: 1024,
    shadowDistanceMeters: 32,
    renderScale: 0.75,
    antialiasing: 0,
    details: false,
    viewDistanceMeters: 1300,
  },
  medium: {
    shadows: true,
    shadowAtlasPixels: 2048,
    shadowDistanceMeters: 70,
    renderScale: 1,
    antialiasing: 2,
    details: true,
    viewDistanceMeters: 1700,
  },
  high: {
    shadows: true,
    shadowAtlasPixels: 4096,
    shadowDistanceMeters: 130,
    renderScale: 1,
    antialiasing: 4,
    details: true,
    viewDistanceMeters: 2200,
  },
};

/** Level for a graphics device that has not been asked about yet: renderers that run on the processor start low. */
export function qualityForDevice(deviceName: string): Quality {
  return /llvmpipe|softpipe|swiftshader|lavapipe|software/i.test(deviceName) ? "low" : "medium";
}
