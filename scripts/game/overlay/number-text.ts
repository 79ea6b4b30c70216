// Measures as the overlay writes them: short, with a unit, of steady width. What is unknown is a dash.

const UNKNOWN = "–";

/** Milliseconds; below 0 is unknown. */
export function formatMs(ms: number): string {
  if (!(ms >= 0)) return UNKNOWN;
  return ms < 9.95 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

/** A share, 0 to 1. */
export function formatShare(share: number): string {
  if (!(share >= 0)) return UNKNOWN;
  const percent = share * 100;
  if (percent === 0) return "0 %";
  if (percent < 0.05) return "<0.1 %";
  return percent < 9.95 ? `${percent.toFixed(1)} %` : `${Math.round(percent)} %`;
}

export function formatBytesPerSecond(bytesPerSecond: number): string {
  if (!(bytesPerSecond >= 0)) return UNKNOWN;
  if (bytesPerSecond < 999.5) return `${Math.round(bytesPerSecond)} B/s`;
  if (bytesPerSecond < 999_500) return `${(bytesPerSecond / 1000).toFixed(1)} kB/s`;
  return `${(bytesPerSecond / 1_000_000).toFixed(1)} MB/s`;
}

export function formatPerSecond(count: number): string {
  if (!(count >= 0)) return UNKNOWN;
  return count > 0 && count < 9.95 ? `${count.toFixed(1)}/s` : `${Math.round(count)}/s`;
}

/** A distance given in millimetres, in metres from one on. */
export function formatMillimeters(millimeters: number): string {
  if (!(millimeters >= 0)) return UNKNOWN;
  if (millimeters === 0) return "0 mm";
  if (millimeters < 0.05) return "<0.1 mm";
  if (millimeters < 9.95) return `${millimeters.toFixed(1)} mm`;
  return millimeters < 999.5 ? `${Math.round(millimeters)} mm` : `${(millimeters / 1000).toFixed(2)} m`;
}

export function formatTicks(ticks: number): string {
  if (!Number.isFinite(ticks)) return UNKNOWN;
  const rounded = Math.round(ticks * 10) / 10;
  // Not "-0.0".
  return `${(rounded === 0 ? 0 : rounded).toFixed(1)} ticks`;
}
