import {
  Color,
  Control,
  type Exports,
  type Font,
  HorizontalAlignment,
  type MultiMesh,
  type MultiMeshInstance2D,
  Rect2,
  type StyleBox,
  Vector2,
} from "godot";
import type { BarColor } from "./bar-buffer.ts";
import { formatBytesPerSecond, formatMillimeters, formatPerSecond } from "./number-text.ts";
import {
  AXIS,
  BAND,
  BUFFER,
  EXTRAPOLATED,
  GOLD,
  INTERPOLATED,
  LATE,
  LOST,
  MUTED,
  RULE,
  SNAPSHOT,
  TEXT,
  WARNING,
} from "./overlay-colors.ts";
import { GUTTER_PIXELS, type OverlayGraphs } from "./overlay-graphs.ts";
import { type Box, NUMBERS_WIDTH, type OverlayLayout, overlayLayout } from "./overlay-layout.ts";
import type { OverlayRow } from "./overlay-rows.ts";
import type { TrafficRates } from "./traffic-rates.ts";

const PADDING = 12;
const ROW_PIXELS = 18;
const HEADING_PIXELS = 27;
const FONT_PIXELS = 15;
const SMALL_FONT_PIXELS = 14;
const BASELINE = 13;
const TRAFFIC_ROWS = 4;
const { HORIZONTAL_ALIGNMENT_LEFT: LEFT, HORIZONTAL_ALIGNMENT_RIGHT: RIGHT } = HorizontalAlignment;

/** What the canvas is to show, from one refresh of the numbers to the next. */
export interface OverlayPicture {
  rows: readonly OverlayRow[];
  graphs: OverlayGraphs;
  traffic: TrafficRates;
  bufferGoalTicks: number;
  /** Key that closes the overlay, and the one for the link's controls. */
  keys: string;
}

/**
 * Draws the numbers and the frames of the graphs, a few times per second; the engine keeps what was drawn. The bars are a MultiMesh of its own: a
 * frame costs one write of a buffer.
 */
export default class OverlayCanvas extends Control {
  static exports = {
    font: { type: "Object", hint: "resource_type", hint_string: "Font", class_name: "Font" },
    heading_font: { type: "Object", hint: "resource_type", hint_string: "Font", class_name: "Font" },
    panel: { type: "Object", hint: "resource_type", hint_string: "StyleBox", class_name: "StyleBox" },
  } satisfies Exports;

  font: Font | null = null;
  heading_font: Font | null = null;
  panel: StyleBox | null = null;
  #bars: MultiMesh | null = null;
  #picture: OverlayPicture | undefined;
  #layout: OverlayLayout | undefined;
  readonly #at = new Vector2();
  readonly #to = new Vector2();
  readonly #rect = new Rect2();
  readonly #color = new Color();

  _ready(): void {
    this.#bars = this.get_node<MultiMeshInstance2D>("Bars").multimesh;
  }

  /** New numbers: arranges everything in the room there is and draws it. */
  show_picture(picture: OverlayPicture): void {
    this.#picture = picture;
    const { x, y } = this.size;
    this.#layout = overlayLayout(x, y, heightOf(picture.rows));
    picture.graphs.arrange(this.#layout);
    this.queue_redraw();
  }

  /** New bars. Allocates nothing. */
  show_bars(graphs: OverlayGraphs): void {
    const bars = this.#bars;
    if (bars === null) return;
    if (bars.instance_count !== graphs.bars.capacity) bars.instance_count = graphs.bars.capacity;
    bars.buffer = graphs.bars.floats;
    bars.visible_instance_count = graphs.bars.count;
  }

  _draw(): void {
    const picture = this.#picture;
    const layout = this.#layout;
    if (picture === undefined || layout === undefined) return;
    this.#drawNumbers(picture, layout.numbers);
    this.#drawLag(picture.graphs, layout.lag);
    this.#drawCorrections(picture.graphs, layout.corrections);
    this.#drawBuffer(picture, layout.buffer);
    this.#drawTraffic(picture.traffic, layout.traffic);
  }

  #drawNumbers({ rows, keys }: OverlayPicture, box: Box): void {
    this.#box(box);
    let y = box.y + PADDING - 6;
    const left = box.x + PADDING;
    const right = box.x + NUMBERS_WIDTH - PADDING;
    for (const [index, row] of rows.entries()) {
      if (row.kind === "heading") {
        this.#heading(left, y + HEADING_PIXELS - 9, row.label);
        if (index === 0) this.#text(right, y + HEADING_PIXELS - 9, keys, MUTED, RIGHT, SMALL_FONT_PIXELS);
        this.#fill(left, y + HEADING_PIXELS - 4, right - left, 1, RULE);
        y += HEADING_PIXELS;
        continue;
      }
      this.#text(left, y + BASELINE, row.label, MUTED);
      this.#text(right, y + BASELINE, row.warns ? `! ${row.value}` : row.value, row.warns ? WARNING : TEXT, RIGHT);
      y += ROW_PIXELS;
    }
  }

  #drawLag(graphs: OverlayGraphs, box: Box): void {
    this.#header(box, "Lag, 10 s");
    let x = box.x + GUTTER_PIXELS + 30;
    for (const [color, word] of [
      [INTERPOLATED, "interpolated"],
      [EXTRAPOLATED, "extrapolated"],
      [SNAPSHOT, "in time"],
      [LATE, "late"],
      [LOST, "lost"],
    ] as const) {
      this.#fill(x, box.y + 10, 8, 8, color);
      x += 12 + this.#text(x + 12, box.y + 18, word, MUTED, LEFT, SMALL_FONT_PIXELS) + 10;
    }
    const { interpolation: upper, snapshots: lower } = graphs;
    const gutter = upper.x - 6;
    const middle = upper.y + upper.height / 2;
    this.#fill(upper.x, middle, upper.width, 1, AXIS);
    this.#fill(lower.x, lower.y + lower.height, lower.width, 1, AXIS);
    const end = Math.round(graphs.interpolationEndMs);
    this.#text(gutter, upper.y + 10, `+${end}`, MUTED, RIGHT, SMALL_FONT_PIXELS);
    this.#text(gutter, upper.y + upper.height, `−${end} ms`, MUTED, RIGHT, SMALL_FONT_PIXELS);
    const late = `${Math.round(graphs.lateEndMs)} ms`;
    this.#text(gutter, lower.y + 12, late, MUTED, RIGHT, SMALL_FONT_PIXELS);
    this.#text(gutter, lower.y + lower.height, "0", MUTED, RIGHT, SMALL_FONT_PIXELS);
  }

  #drawCorrections(graphs: OverlayGraphs, box: Box): void {
    this.#header(box, "Corrections, 20 s");
    const { corrections: plot } = graphs;
    this.#axis(box, plot, formatMillimeters(graphs.correctionEndMm));
    if (graphs.corrected) return;
    this.#text(plot.x, plot.y + plot.height / 2 + 5, "none", MUTED, LEFT, SMALL_FONT_PIXELS);
  }

  #drawBuffer({ graphs, bufferGoalTicks }: OverlayPicture, box: Box): void {
    this.#header(box, "Server buffer, 20 s");
    const band = graphs.bufferBand(bufferGoalTicks);
    this.#fill(band.x, band.y, band.width, band.height, BAND);
    this.#fill(band.x, band.y, band.width, 1, BUFFER);
    this.#fill(band.x, band.y + band.height - 1, band.width, 1, BUFFER);
    this.#axis(box, graphs.buffer, `${graphs.bufferEndTicks} ticks`);
    const middle = band.y + band.height / 2 + 5;
    this.#text(band.x + 4, middle, `goal ${bufferGoalTicks.toFixed(1)}`, TEXT, LEFT, SMALL_FONT_PIXELS);
  }

  /** End of a small graph's axis, at its upper right, and its ground. */
  #axis(box: Box, plot: Box, end: string): void {
    this.#fill(plot.x, plot.y, plot.width, 1, AXIS);
    this.#fill(plot.x, plot.y + plot.height, plot.width, 1, AXIS);
    this.#text(box.x + box.width - 10, box.y + 18, end, MUTED, RIGHT, SMALL_FONT_PIXELS);
  }

  #drawTraffic(traffic: TrafficRates, box: Box): void {
    this.#header(box, "Traffic");
    const columns = [box.x + 10, box.x + box.width - 92, box.x + box.width - 10] as const;
    let y = box.y + 36;
    const line = (name: string, packets: string, bytes: string, color: BarColor) => {
      this.#text(columns[0], y, name, color, LEFT, SMALL_FONT_PIXELS);
      this.#text(columns[1], y, packets, color, RIGHT, SMALL_FONT_PIXELS);
      this.#text(columns[2], y, bytes, color, RIGHT, SMALL_FONT_PIXELS);
      y += ROW_PIXELS - 2;
    };
    const { packetsInPerSecond, bytesInPerSecond, packetsOutPerSecond, bytesOutPerSecond } = traffic;
    line("in, packets", formatPerSecond(packetsInPerSecond), formatBytesPerSecond(bytesInPerSecond), TEXT);
    line("out, packets", formatPerSecond(packetsOutPerSecond), formatBytesPerSecond(bytesOutPerSecond), TEXT);
    for (const rate of traffic.byType().slice(0, TRAFFIC_ROWS)) {
      const name = `${rate.direction === 0 ? "in" : "out"}, ${rate.name}`;
      line(name, formatPerSecond(rate.messagesPerSecond), formatBytesPerSecond(rate.bytesPerSecond), MUTED);
    }
  }

  #header(box: Box, title: string): void {
    this.#box(box);
    this.#text(box.x + 10, box.y + 18, title, GOLD, LEFT, SMALL_FONT_PIXELS);
  }

  #heading(x: number, y: number, text: string): void {
    if (this.heading_font === null) return;
    this.#at.x = x;
    this.#at.y = y;
    this.draw_string(this.heading_font, this.#at, text, LEFT, -1, FONT_PIXELS, this.#colored(GOLD));
  }

  /** Writes on a base line; `x` is the right end where the text is aligned to the right. Returns its width. */
  #text(x: number, y: number, text: string, color: BarColor, align = LEFT, pixels = FONT_PIXELS): number {
    if (this.font === null || text === "") return 0;
    const width = this.font.get_string_size(text, LEFT, -1, pixels).x;
    this.#at.x = align === RIGHT ? x - width : x;
    this.#at.y = y;
    this.draw_string(this.font, this.#at, text, LEFT, -1, pixels, this.#colored(color));
    return width;
  }

  #box(box: Box): void {
    if (this.panel !== null) this.draw_style_box(this.panel, this.#rectangle(box.x, box.y, box.width, box.height));
  }

  #fill(x: number, y: number, width: number, height: number, color: BarColor): void {
    this.draw_rect(this.#rectangle(x, y, width, height), this.#colored(color));
  }

  #rectangle(x: number, y: number, width: number, height: number): Rect2 {
    this.#at.x = x;
    this.#at.y = y;
    this.#to.x = width;
    this.#to.y = height;
    this.#rect.position = this.#at;
    this.#rect.size = this.#to;
    return this.#rect;
  }

  #colored(color: BarColor): Color {
    const [r, g, b, a] = color;
    this.#color.r = r;
    this.#color.g = g;
    this.#color.b = b;
    this.#color.a = a;
    return this.#color;
  }
}

function heightOf(rows: readonly OverlayRow[]): number {
  let height = 2 * PADDING - 4;
  for (const row of rows) height += row.kind === "heading" ? HEADING_PIXELS : ROW_PIXELS;
  return height;
}
