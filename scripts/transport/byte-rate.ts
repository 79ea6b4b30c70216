const WINDOW_MS = 1000;

/** Bytes per second over the last whole second of virtual time. */
export class ByteRate {
  private windowStartMs = 0;
  private windowBytes = 0;
  private previousBytes = 0;

  add(bytes: number, nowMs: number): void {
    this.advance(nowMs);
    this.windowBytes += bytes;
  }

  bytesPerSecond(nowMs: number): number {
    this.advance(nowMs);
    return this.previousBytes;
  }

  private advance(nowMs: number): void {
    const windows = Math.floor((nowMs - this.windowStartMs) / WINDOW_MS);
    if (windows <= 0) return;
    this.previousBytes = windows === 1 ? this.windowBytes : 0;
    this.windowBytes = 0;
    this.windowStartMs += windows * WINDOW_MS;
  }
}
