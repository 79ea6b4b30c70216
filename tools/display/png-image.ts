// The smallest PNG that viewers accept: one header, one block of rows without filters, one end. ISO/IEC 15948.
import { crc32, deflateSync } from "node:zlib";
import type { RgbImage } from "./rgb-image.ts";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const TRUE_COLOR = 2;

export function encodePng({ widthPixels, heightPixels, rgb }: RgbImage): Uint8Array {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, widthPixels);
  header.setUint32(4, heightPixels);
  header.setUint8(8, 8);
  header.setUint8(9, TRUE_COLOR);
  const rowBytes = widthPixels * 3;
  const rows = new Uint8Array((rowBytes + 1) * heightPixels);
  for (let row = 0; row < heightPixels; row += 1) {
    rows.set(rgb.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, "latin1");
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}
