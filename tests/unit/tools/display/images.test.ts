import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { encodePng } from "../../../../tools/display/png-image.ts";
import { decodeXwd } from "../../../../tools/display/xwd-image.ts";

/** An XWD file of 2 x 1 pixels, red and blue, with one colour map entry and padded rows. */
function xwd(leastFirst: boolean): Uint8Array {
  const headerBytes = 104;
  const view = new DataView(new ArrayBuffer(headerBytes + 12 + 12));
  const words: [number, number][] = [
    [0, headerBytes],
    [1, 7],
    [4, 2],
    [5, 1],
    [7, leastFirst ? 0 : 1],
    [11, 32],
    [12, 12],
    [19, 1],
  ];
  for (const [index, value] of words) view.setUint32(index * 4, value);
  view.setUint32(headerBytes + 12, 0x00ff0000, leastFirst);
  view.setUint32(headerBytes + 16, 0xaa0000ff, leastFirst);
  return new Uint8Array(view.buffer);
}

describe("decodeXwd", () => {
  it.each([true, false])("reads pixels, least significant byte first: %s", (leastFirst) => {
    expect(decodeXwd(xwd(leastFirst))).toEqual({
      widthPixels: 2,
      heightPixels: 1,
      rgb: Uint8Array.of(255, 0, 0, 0, 0, 255),
    });
  });
  it("says what is wrong with a file that is cut or of another kind", () => {
    expect(() => decodeXwd(xwd(true).subarray(0, 110))).toThrow(/need 128 bytes, the file has 110/);
    expect(() => decodeXwd(new Uint8Array(10))).toThrow(/100 bytes/);
    expect(() => decodeXwd(new Uint8Array(200))).toThrow(/expected XWD 7/);
  });
});

describe("encodePng", () => {
  it("keeps every pixel", () => {
    const rgb = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    const png = Buffer.from(encodePng({ widthPixels: 2, heightPixels: 2, rgb }));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2, 2]);
    const start = png.indexOf("IDAT") + 4;
    const rows = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)));
    expect([...rows]).toEqual([0, 1, 2, 3, 4, 5, 6, 0, 7, 8, 9, 10, 11, 12]);
  });
});
