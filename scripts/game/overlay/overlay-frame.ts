import { Control, type Exports, type Font, type StyleBox } from "godot";
import { AXIS, EXTRAPOLATED, GOLD, INTERPOLATED, LATE, LOST, MUTED, RULE, SNAPSHOT } from "./overlay-colors.ts";
import { GUTTER_PIXELS } from "./overlay-graphs.ts";
import { type Box, rowBaselines } from "./overlay-layout.ts";
import type { OverlayPicture } from "./overlay-picture.ts";
import { Pen, SMALL_FONT_PIXELS } from "./pen.ts";

const KEYS = "F3 close  F4 link";
const LEGEND = [
  [INTERPOLATED, "interpolated"],
  [EXTRAPOLATED, "extrapolated"],
  [SNAPSHOT, "in time"],
  [LATE, "late"],
  [LOST, "lost"],
] as const;

/** Everything of the overlay that seldom changes: panels, labels, titles, axes. Drawn once, until a label comes or goes or the window changes. */
export default class OverlayFrame extends Control {
  static exports = {
    font: { type: "Object", hint: "resource_type", hint_string: "Font", class_name: "Font" },
    heading_font: { type: "Object", hint: "resource_type", hint_string: "Font", class_name: "Font" },
    panel: { type: "Object", hint: "resource_type", hint_string: "StyleBox", class_name: "StyleBox" },
  } satisfies Exports;

  font: Font | null = null;
  heading_font: Font | null = null;
  panel: StyleBox | null = null;
  #picture: OverlayPicture | undefined;
  #drawn = "";

  show_picture(picture: OverlayPicture): void {
    this.#picture = picture;
    const { lag, numbers } = picture.layout;
    let drawn = `${lag.y} ${lag.width} ${numbers.height}`;
    for (const row of picture.rows) drawn += `\n${row.label}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.queue_redraw();
  }

  _draw(): void {
    const picture = this.#picture;
    if (picture === undefined || this.font === null || this.heading_font === null || this.panel === null) return;
    const pen = new Pen(this, this.font);
    for (const box of Object.values(picture.layout)) pen.box(box, this.panel);
    drawLabels(pen, new Pen(this, this.heading_font), picture);
    const { layout, graphs } = picture;
    drawTitle(pen, layout.lag, "Lag, 10 s");
    drawTitle(pen, layout.corrections, "Corrections, 20 s");
    drawTitle(pen, layout.buffer, "Server buffer, 20 s");
    drawTitle(pen, layout.traffic, "Traffic");
    drawLegend(pen, layout.lag);
    const { interpolation: upper, snapshots: lower } = graphs;
    pen.fill(upper.x, upper.y + upper.height / 2, upper.width, 1, AXIS);
    pen.right(lower.x - 6, lower.y + lower.height, "0", MUTED, SMALL_FONT_PIXELS);
    for (const plot of [lower, graphs.corrections, graphs.buffer]) {
      pen.fill(plot.x, plot.y + plot.height, plot.width, 1, AXIS);
    }
    for (const plot of [graphs.corrections, graphs.buffer]) pen.fill(plot.x, plot.y, plot.width, 1, AXIS);
  }
}

function drawLabels(pen: Pen, headings: Pen, { rows, layout }: OverlayPicture): void {
  const { left, right, baselines } = rowBaselines(layout.numbers, rows);
  for (const [index, { kind, label }] of rows.entries()) {
    const y = baselines[index] ?? 0;
    if (kind === "value") {
      if (label !== "") pen.left(left, y, label, MUTED);
      continue;
    }
    headings.left(left, y, label, GOLD);
    pen.fill(left, y + 5, right - left, 1, RULE);
    if (index === 0) pen.right(right, y, KEYS, MUTED, SMALL_FONT_PIXELS);
  }
}

function drawTitle(pen: Pen, box: Box, title: string): void {
  pen.left(box.x + 10, box.y + 18, title, GOLD, SMALL_FONT_PIXELS);
}

function drawLegend(pen: Pen, box: Box): void {
  let x = box.x + GUTTER_PIXELS + 30;
  for (const [color, word] of LEGEND) {
    pen.fill(x, box.y + 10, 8, 8, color);
    pen.left(x + 12, box.y + 18, word, MUTED, SMALL_FONT_PIXELS);
    x += 22 + pen.width(word, SMALL_FONT_PIXELS);
  }
}
