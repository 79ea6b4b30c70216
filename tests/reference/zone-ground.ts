import type { Ground } from "./motion.ts";

const HASH_AT = 12;
const HASH_BYTES = 8;
const CONTENT_AT = 20;

/** The ground in a zone's file, as rule S20 of docs/snapshot-codec.md says, and the world hash that stands for it. */
export function readZoneGround(file: Uint8Array): { worldHash: string; ground: Ground } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const hash = file.subarray(HASH_AT, HASH_AT + HASH_BYTES);
  const worldHash = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  let at = CONTENT_AT + 1 + view.getUint8(CONTENT_AT) + 4;
  const n = view.getUint16(at, true);
  const s = view.getInt32(at + 2, true);
  at += 6;
  const heights = Array.from({ length: n * n }, (_, index) => Math.fround(view.getInt32(at + 4 * index, true)));
  const height = (column: number, row: number) => heights[row * n + column] ?? Number.NaN;
  const c = 1 / s;
  const within = (cell: number) => Math.min(n - 2, Math.max(0, Math.floor(cell)));
  const ground = (x: number, z: number): number => {
    const column = within(x * c);
    const row = within(z * c);
    const u = x * c - column;
    const v = z * c - row;
    const a = height(column, row);
    const b = height(column + 1, row + 1);
    if (u >= v) {
      const t = height(column + 1, row);
      return Math.ceil(a + ((t - a) * u + (b - t) * v));
    }
    const t = height(column, row + 1);
    return Math.ceil(a + ((b - t) * u + (t - a) * v));
  };
  return { worldHash, ground };
}
