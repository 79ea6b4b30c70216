import { Control, type Exports, type Font, type MultiMesh, type MultiMeshInstance2D } from "godot";
import type { BarColor } from "./bar-buffer.ts";
import { formatBytesPerSecond, formatMillimeters, formatPerSecond } from "./number-text.ts";
import { MUTED, TEXT, WARNING } from "./overlay-colors.ts";
import type { OverlayGraphs } from "./overlay-graphs.ts";
import { type Box, rowBaselines } from "./overlay-layout.ts";
import type { OverlayPicture } from "./overlay-picture.ts";
import { Pen, SMALL_FONT_PIXELS } from "./pen.ts";
import type { TrafficRates } from "./traffic-rates.ts";

const TRAFFIC_ROWS = 4;
const TRAFFIC_ROW_PIXELS = 16;

/**
 * What changes: the numbers and the ends of the axes, drawn a few times per second and kept by the engine in between. The bars are a MultiMesh
 * of their own: a frame costs one write of a buffer.
 */
export default class OverlayValues extends Control {
  static exports = {
    font: { type: "Object", hint: "resource_type", hint_string: "Font", class_name: "Font" },
  } satisfies Exports;

  font: Font | null = null;
  #bars: MultiMesh | null = null;
  #picture: OverlayPicture | undefined;
  #pen: Pen | undefined;

  _ready(): void {
    this.#bars = this.get_node<MultiMeshInstance2D>("Bars").multimesh;
    if (this.font !== null) this.#pen = new Pen(this, this.font);
  }

  show_picture(picture: OverlayPicture): void {
    this.#picture = picture;
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
    const pen = this.#pen;
    if (picture === undefined || pen === undefined) return;
    const { rows, layout, graphs, traffic, bufferGoalTicks } = picture;
    const { right, baselines } = rowBaselines(layout.numbers, rows);
    for (const [index, { value, warns }] of rows.entries()) {
      pen.right(right, baselines[index] ?? 0, warns ? `! ${value}` : value, warns ? WARNING : TEXT);
    }
    drawLagAxes(pen, graphs);
    drawAxisEnd(pen, layout.corrections, formatMillimeters(graphs.correctionEndMm));
    const { corrections: plot } = graphs;
    if (!graphs.corrected) pen.left(plot.x, plot.y + plot.height / 2 + 5, "none", MUTED, SMALL_FONT_PIXELS);
    drawAxisEnd(pen, layout.buffer, `goal ${bufferGoalTicks.toFixed(1)}`);
    pen.left(graphs.buffer.x + 4, graphs.buffer.y + 15, `${graphs.bufferEndTicks} ticks`, MUTED, SMALL_FONT_PIXELS);
    drawTraffic(pen, traffic, layout.traffic);
  }
}

function drawLagAxes(pen: Pen, graphs: OverlayGraphs): void {
  const { interpolation: upper, snapshots: lower } = graphs;
  const x = upper.x - 6;
  const end = Math.round(graphs.interpolationEndMs);
  pen.right(x, upper.y + 10, `+${end}`, MUTED, SMALL_FONT_PIXELS);
  pen.right(x, upper.y + upper.height, `−${end} ms`, MUTED, SMALL_FONT_PIXELS);
  pen.right(x, lower.y + 12, `${Math.round(graphs.lateEndMs)} ms`, MUTED, SMALL_FONT_PIXELS);
}

function drawAxisEnd(pen: Pen, box: Box, end: string): void {
  pen.right(box.x + box.width - 10, box.y + 18, end, MUTED, SMALL_FONT_PIXELS);
}

function drawTraffic(pen: Pen, traffic: TrafficRates, box: Box): void {
  let y = box.y + 36;
  const line = (name: string, messagesPerSecond: number, bytesPerSecond: number, color: BarColor) => {
    pen.left(box.x + 10, y, name, color, SMALL_FONT_PIXELS);
    pen.right(box.x + box.width - 92, y, formatPerSecond(messagesPerSecond), color, SMALL_FONT_PIXELS);
    pen.right(box.x + box.width - 10, y, formatBytesPerSecond(bytesPerSecond), color, SMALL_FONT_PIXELS);
    y += TRAFFIC_ROW_PIXELS;
  };
  line("in, packets", traffic.packetsInPerSecond, traffic.bytesInPerSecond, TEXT);
  line("out, packets", traffic.packetsOutPerSecond, traffic.bytesOutPerSecond, TEXT);
  for (const rate of traffic.byType().slice(0, TRAFFIC_ROWS)) {
    const name = `${rate.direction === 0 ? "in" : "out"}, ${rate.name}`;
    line(name, rate.messagesPerSecond, rate.bytesPerSecond, MUTED);
  }
}
