import { Control, type InputEvent, InputEventJoypadButton, type Label, type Signals, Vector2 } from "godot";
import type { GameClient } from "../../client/game-client.ts";
import type { MessageMeter } from "../../protocol/metering/message-meter.ts";
import type { LinkConditions } from "../../transport/conditioner/link-conditions.ts";
import { fitToWindow } from "../interface/fit-to-window.ts";
import { windowShare } from "../interface/window-fit.ts";
import { FrameLog } from "./frame-log.ts";
import { LinkChoice } from "./link-choice.ts";
import type LinkPanel from "./link-panel.ts";
import type OverlayFrame from "./overlay-frame.ts";
import { OverlayGraphs } from "./overlay-graphs.ts";
import { overlayLayout } from "./overlay-layout.ts";
import { type OverlayRow, overlayRows } from "./overlay-rows.ts";
import type OverlayValues from "./overlay-values.ts";
import type ServerGhost from "./server-ghost.ts";
import { TrafficRates } from "./traffic-rates.ts";

const NUMBERS_INTERVAL_MS = 250;
/** Bars move at 30 Hz: nobody reads a graph faster. */
const BARS_INTERVAL_MS = 33;

type OverlayMode = "off" | "view" | "controls";

/**
 * What the network does, on F3: numbers, graphs, the server's view of the own character, and controls that make the link worse. While it is
 * closed, a frame costs a note in the lag graph's log, so that what just happened can still be looked at.
 */
export default class NetOverlay extends Control {
  static signals = {
    /** The controls want the mouse and the keys, or give them back. */
    controls_used: [{ name: "used", type: "bool" }],
    link_changed: [],
    opened: [],
  } satisfies Signals;

  readonly #log = new FrameLog();
  readonly #graphs = new OverlayGraphs(this.#log);
  readonly #traffic = new TrafficRates();
  #choice = new LinkChoice();
  #ghost: ServerGhost | undefined;
  #mode: OverlayMode = "off";
  #ghostWanted = true;
  #playing = false;
  #focusBefore: Control | null = null;
  #rows: OverlayRow[] = [];
  #nextNumbersMs = 0;
  #nextBarsMs = 0;
  #frames = 0;
  #framesSinceMs = 0;
  #framesPerSecond = 0;

  _ready(): void {
    const panel = this.get_node<LinkPanel>("%LinkPanel");
    panel.connect("changed", () => {
      this.#showWarning();
      this.emit_signal("link_changed");
    });
    panel.connect("ghost_toggled", (shown: boolean) => {
      this.#ghostWanted = shown;
      if (!shown) this.#ghost?.hide_ghost();
    });
    this.get_node<Control>("%Warning").visible = false;
    // It is made for the usual room: where there is less, all of it is smaller.
    fitToWindow(this, (_small, width, height) => {
      const share = Math.min(windowShare(width, height), 1);
      this.scale = new Vector2(share, share);
      this.size = new Vector2(width / share, height / share);
    });
    this.#show();
  }

  /** `ghost` stands in the world; `link` is what the game was started with. */
  use(ghost: ServerGhost, link: LinkConditions | undefined): void {
    this.#ghost = ghost;
    this.#choice = new LinkChoice(link);
    this.get_node<LinkPanel>("%LinkPanel").use(this.#choice);
    this.#showWarning();
  }

  /** How bad the link is to be made. */
  get conditions(): LinkConditions {
    return this.#choice.conditions;
  }

  /** The value that stands beside a label; empty while there is none. For tests and reports. */
  value_of(label: string): string {
    return this.#rows.find((row) => row.label === label)?.value ?? "";
  }

  /** One frame, after the client's. `address` is what the player called. */
  show_frame(client: GameClient, meter: MessageMeter, address: string, nowMs: number): void {
    const { state } = client.connection;
    const playing = state.kind === "playing";
    this.#log.record(nowMs, playing, client.telemetry);
    if (playing !== this.#playing) {
      this.#playing = playing;
      this.#show();
    }
    if (this.#mode === "off") return;
    this.#countFrame(nowMs);
    if (this.#ghostWanted) this.#ghost?.draw(client.own);
    if (!playing) return;
    if (nowMs >= this.#nextNumbersMs) {
      this.#nextNumbersMs = nowMs + NUMBERS_INTERVAL_MS;
      this.#showNumbers(client, meter, address, state.zone, nowMs);
    }
    if (nowMs < this.#nextBarsMs) return;
    this.#nextBarsMs = nowMs + BARS_INTERVAL_MS;
    this.#graphs.fill(client.history, client.telemetry.snapshotTicks);
    this.get_node<OverlayValues>("%Values").show_bars(this.#graphs);
  }

  _shortcut_input(event: InputEvent): void {
    if (event.is_action_pressed("net_overlay")) {
      const next = event instanceof InputEventJoypadButton ? this.#nextMode() : this.#mode === "off" ? "view" : "off";
      this.#enter(next);
    } else if (event.is_action_pressed("net_controls")) this.#enter(this.#mode === "controls" ? "view" : "controls");
    else if (this.#mode === "controls" && (event.is_action_pressed("pause") || event.is_action_pressed("ui_cancel"))) {
      this.#enter("view");
    } else return;
    this.get_viewport()?.set_input_as_handled();
  }

  /** With one button: numbers, then the controls too, then nothing. */
  #nextMode(): OverlayMode {
    if (this.#mode === "off") return "view";
    return this.#mode === "view" ? "controls" : "off";
  }

  #enter(mode: OverlayMode): void {
    const before = this.#mode;
    this.#mode = mode;
    if (before === "off") this.#focusBefore = null;
    if (mode === "controls") this.#focusBefore = this.get_viewport()?.gui_get_focus_owner() ?? null;
    this.#nextNumbersMs = 0;
    this.#nextBarsMs = 0;
    this.#frames = 0;
    this.#framesPerSecond = 0;
    if (mode === "off") this.#ghost?.hide_ghost();
    else if (before === "off") this.emit_signal("opened");
    this.#show();
    const usedBefore = before === "controls";
    const used = mode === "controls";
    if (used === usedBefore) return;
    this.emit_signal("controls_used", used);
    if (used) this.get_node<LinkPanel>("%LinkPanel").take_focus();
    else this.#giveFocusBack();
  }

  #giveFocusBack(): void {
    this.get_viewport()?.gui_release_focus();
    if (this.#focusBefore?.is_visible_in_tree()) this.#focusBefore.grab_focus();
    this.#focusBefore = null;
  }

  #show(): void {
    const open = this.#mode !== "off";
    this.get_node<Control>("%Frame").visible = open && this.#playing;
    // Where no character moves, the mouse is free anyway.
    this.get_node<Control>("%LinkPanel").visible = this.#mode === "controls" || (open && !this.#playing);
  }

  #showWarning(): void {
    const warning = this.get_node<Control>("%Warning");
    warning.visible = this.#choice.active;
    this.get_node<Label>("%WarningText").text = `Link made worse: ${this.#choice.describe()}`;
  }

  #showNumbers(client: GameClient, meter: MessageMeter, address: string, zone: string, nowMs: number): void {
    const { telemetry, own, history } = client;
    this.#traffic.sample(nowMs, meter, telemetry);
    this.#rows = overlayRows({ telemetry, own, address, zone, framesPerSecond: this.#framesPerSecond });
    this.#graphs.rescale(history, telemetry.serverBufferGoalTicks);
    const { x: width, y: height } = this.size;
    const layout = overlayLayout(width, height, this.#rows);
    this.#graphs.arrange(layout);
    const picture = {
      layout,
      rows: this.#rows,
      graphs: this.#graphs,
      traffic: this.#traffic,
      bufferGoalTicks: telemetry.serverBufferGoalTicks,
    };
    this.get_node<OverlayFrame>("%Frame").show_picture(picture);
    this.get_node<OverlayValues>("%Values").show_picture(picture);
  }

  #countFrame(nowMs: number): void {
    if (this.#frames === 0) this.#framesSinceMs = nowMs;
    this.#frames += 1;
    const elapsedMs = nowMs - this.#framesSinceMs;
    if (elapsedMs < 1000) return;
    this.#framesPerSecond = ((this.#frames - 1) / elapsedMs) * 1000;
    this.#framesSinceMs = nowMs;
    this.#frames = 1;
  }
}
