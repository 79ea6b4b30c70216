// X Window Dump, version 7, as Xvfb keeps its screen: a header of 32-bit big-endian words, a colour map, then rows of pixels.
// Layout: /usr/include/X11/XWDFile.h of x11proto.
import type { RgbImage } from "./rgb-image.ts";

const WORD = {
  headerSize: 0,
  fileVersion: 1,
  width: 4,
  height: 5,
  byteOrder: 7,
  bitsPerPixel: 11,
  bytesPerLine: 12,
  colors: 19,
} as const;
const XWD_VERSION = 7;
const COLOR_BYTES = 12;

/**
 * Reads a screen of 32 bits per pixel, red-green-blue in the lower 24.
 * @throws RangeError for another format or a file that is too short
 */
export function decodeXwd(file: Uint8Array): RgbImage {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.byteLength < 100) throw new RangeError(`an XWD header has 100 bytes, the file has ${file.byteLength}`);
  const word = (index: number) => view.getUint32(index * 4);
  const bitsPerPixel = word(WORD.bitsPerPixel);
  if (word(WORD.fileVersion) !== XWD_VERSION || bitsPerPixel !== 32) {
    throw new RangeError(`expected XWD 7 with 32 bits per pixel, got ${word(WORD.fileVersion)} with ${bitsPerPixel}`);
  }
  const widthPixels = word(WORD.width);
  const heightPixels = word(WORD.height);
  const bytesPerLine = word(WORD.bytesPerLine);
  const start = word(WORD.headerSize) + word(WORD.colors) * COLOR_BYTES;
  const neededBytes = start + bytesPerLine * heightPixels;
  if (bytesPerLine < widthPixels * 4 || file.byteLength < neededBytes) {
    throw new RangeError(
      `${widthPixels} x ${heightPixels} pixels need ${neededBytes} bytes, the file has ${file.byteLength}`,
    );
  }
  const leastFirst = word(WORD.byteOrder) === 0;
  const rgb = new Uint8Array(widthPixels * heightPixels * 3);
  let target = 0;
  for (let row = 0; row < heightPixels; row += 1) {
    for (let column = 0; column < widthPixels; column += 1) {
      const pixel = view.getUint32(start + row * bytesPerLine + column * 4, leastFirst);
      rgb[target] = (pixel >>> 16) & 0xff;
      rgb[target + 1] = (pixel >>> 8) & 0xff;
      rgb[target + 2] = pixel & 0xff;
      target += 3;
    }
  }
  return { widthPixels, heightPixels, rgb };
}
