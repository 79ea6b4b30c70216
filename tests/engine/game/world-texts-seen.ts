import { type Image, Rect2i } from "godot";
import { FLOATS_PER_QUAD, type PlateBuffer } from "../../../scripts/game/character/plate-buffer.ts";
import type { HudColor } from "../../../scripts/game/hud/hud-palette.ts";
import type { RgbImage } from "../../../tools/display/rgb-image.ts";
import { letterLookOf } from "./faint-letters.ts";
import type { WorldText } from "./game-report.ts";
import type { Box } from "./text-contrast.ts";

/** What fades, or is a sign of what is expected only, is fainter on purpose. */
const LEAST_OPACITY = 0.99;
/** Of a picture of the viewport. */
const CHANNELS = 4;
/** Around the letters: what they stand on. */
const AROUND_PIXELS = 3;

/** Letters of one colour in a row, pixels of the interface. */
interface Line {
  x: number;
  y: number;
  width: number;
  height: number;
  readonly color: HudColor;
  letters: number;
}

/** Reads texts in the world off the picture of the frame in which they were drawn so: they move, and another picture shows them elsewhere. */
export function seeWorldTexts(kind: WorldText["kind"], drawn: PlateBuffer, picture: Image, scale: number): WorldText[] {
  const { contrastOf } = letterLookOf(scale);
  return linesIn(drawn).flatMap(({ x, y, width, height, color, letters }) => {
    const box = { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
    const part = partOf(picture, box);
    if (part === undefined) return [];
    const inner = { x: AROUND_PIXELS, y: AROUND_PIXELS, width: box.width, height: box.height };
    return [{ kind, letters, ...box, contrast: contrastOf(part, inner, color) }];
  });
}

function linesIn({ floats, count }: PlateBuffer): Line[] {
  const lines: Line[] = [];
  let open: Line | undefined;
  for (let at = 0; at < count * FLOATS_PER_QUAD; at += FLOATS_PER_QUAD) {
    const of = (index: number) => floats[at + index] ?? 0;
    const isLetter = of(14) > 0 && of(15) > 0;
    if (!isLetter || of(11) < LEAST_OPACITY) {
      open = undefined;
      continue;
    }
    const [width, height] = [of(0), of(5)];
    const box = { x: of(3) - width / 2, y: of(7) - height / 2, width, height };
    if (open === undefined) {
      open = { ...box, color: [of(8), of(9), of(10), of(11)], letters: 1 };
      lines.push(open);
    } else join(open, box);
  }
  return lines;
}

function join(line: Line, { x, y, width, height }: Box): void {
  const [right, bottom] = [Math.max(line.x + line.width, x + width), Math.max(line.y + line.height, y + height)];
  line.x = Math.min(line.x, x);
  line.y = Math.min(line.y, y);
  line.width = right - line.x;
  line.height = bottom - line.y;
  line.letters += 1;
}

/** The pixels of a box and a little around it; nothing for one that is not wholly on the picture. */
function partOf(picture: Image, { x, y, width, height }: Box): RgbImage | undefined {
  const [left, top] = [Math.floor(x) - AROUND_PIXELS, Math.floor(y) - AROUND_PIXELS];
  const [widthPixels, heightPixels] = [Math.ceil(width) + 2 * AROUND_PIXELS, Math.ceil(height) + 2 * AROUND_PIXELS];
  if (left < 0 || top < 0 || left + widthPixels > picture.get_width() || top + heightPixels > picture.get_height())
    return undefined;
  const bytes = picture.get_region(new Rect2i(left, top, widthPixels, heightPixels))?.get_data();
  if (bytes === undefined) return undefined;
  const rgb = new Uint8Array(widthPixels * heightPixels * 3);
  for (let pixel = 0; pixel < widthPixels * heightPixels; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) rgb[pixel * 3 + channel] = bytes[pixel * CHANNELS + channel] ?? 0;
  }
  return { widthPixels, heightPixels, rgb };
}
