import { joinBytes } from "./mutate-bytes.ts";

const MAX_FRAMES = 64;

/** The packets in an input: each behind its length in 16 bits, little-endian. Takes any bytes; a last one may be cut off. */
export function readFrames(bytes: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let at = 0; at + 2 <= bytes.length && frames.length < MAX_FRAMES; ) {
    const length = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    frames.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return frames;
}

/** The reverse. Packets have at most 65535 bytes. */
export function writeFrames(frames: readonly Uint8Array[]): Uint8Array {
  return joinBytes(...frames.flatMap((frame) => [Uint8Array.of(frame.length, frame.length >>> 8), frame]));
}
