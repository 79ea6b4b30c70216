import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { encodePng } from "../../../tools/display/png-image.ts";
import type { RgbImage } from "../../../tools/display/rgb-image.ts";
import type { VirtualDisplay } from "../../../tools/display/virtual-display.ts";

const INTERVAL_MS = 150;
/** Large screens are looked at less often: that takes no more than a tenth of a processor. */
const REST_SHARE = 9;
/** Every so many bytes are looked at to tell a picture from an empty screen. */
const STRIDE_BYTES = 997;

/** Remembers the last picture of a display with something on it: a program's window is gone when it has failed. */
export class ScreenWatch {
  readonly #display: VirtualDisplay;
  #timer: NodeJS.Timeout | undefined;
  #last: RgbImage | undefined;

  constructor(display: VirtualDisplay) {
    this.#display = display;
    this.#wait(INTERVAL_MS);
  }

  /** Ends the watch; writes the last picture, if there was any, when a path is given. */
  stop(path?: string): void {
    clearTimeout(this.#timer);
    this.#look();
    if (path === undefined || this.#last === undefined) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, encodePng(this.#last));
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => {
      const before = performance.now();
      this.#look();
      this.#wait(Math.max(INTERVAL_MS, REST_SHARE * (performance.now() - before)));
    }, ms);
    this.#timer.unref();
  }

  #look(): void {
    try {
      const picture = this.#display.picture();
      if (hasContent(picture)) this.#last = picture;
    } catch {
      // The display has ended: what was seen before stays.
    }
  }
}

function hasContent({ rgb }: RgbImage): boolean {
  for (let index = 0; index < rgb.length; index += STRIDE_BYTES) {
    if (rgb[index] !== 0) return true;
  }
  return false;
}
