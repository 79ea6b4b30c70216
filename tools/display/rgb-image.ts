/** Three bytes per pixel, rows from the top. */
export interface RgbImage {
  widthPixels: number;
  heightPixels: number;
  rgb: Uint8Array;
}
