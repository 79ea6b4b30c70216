import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect } from "vitest";
import { placeMoveState } from "../../../scripts/simulation/move-state.ts";
import { cosOfYaw, sinOfYaw } from "../../../scripts/simulation/trigonometry.ts";
import { encodePng } from "../../../tools/display/png-image.ts";
import type { VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { GodotProcess } from "../runner/godot-process.ts";
import type { HudReport, ShownControl } from "./hud-report.ts";
import { LiveZone, type Observer } from "./live-zone.ts";
import { boxContrast, inkContrast } from "./text-contrast.ts";

/** WCAG 2.1, of text. */
const LEAST_CONTRAST = 4.5;
const LIMIT_MS = 40_000;
/** Longest time from one report of the game to the next. */
const REPORT_MS = 1_500;

/** The game in a window, as Ada, on a zone server with fighting, beside another player, Ben, who stands before her; with a real keyboard and mouse. */
export class HudGame implements AsyncDisposable {
  readonly zone = new LiveZone({ camps: [] });
  readonly ben: Observer;
  readonly #display: VirtualDisplay;
  readonly #name: string;
  readonly #game: GodotProcess;

  constructor(name: string, display: VirtualDisplay) {
    this.#name = name;
    this.#display = display;
    this.ben = this.zone.observe("Ben");
    const { widthPixels, heightPixels } = display.picture();
    this.#game = new GodotProcess({
      name: `game/${name}`,
      engineArgs: ["--resolution", `${widthPixels}x${heightPixels}`],
      scene: "res://tests/engine/game/hud-watch.tscn",
      display,
      args: ["--connect", this.zone.address, "--name", "Ada", "--quality", "low"],
      timeoutMs: 240_000,
    });
  }

  /** Both are there, Ben so far before Ada, looking at her. */
  async begin(metersApart: number): Promise<void> {
    const { commands } = await this.ada();
    await this.zone.until("the game sends commands", () => commands.lastExecutedTick > 60);
    await this.place(metersApart);
    await this.until("the interface is there", ({ visible, others }) => visible && others.length === 1);
  }

  ada() {
    return this.zone.player("Ada");
  }

  /** Puts Ben so far before Ada. */
  async place(metersApart: number): Promise<void> {
    const { state, lastCommand } = await this.ada();
    const { yaw } = lastCommand;
    const ben = await this.zone.player("Ben");
    const x = state.x - sinOfYaw(yaw) * metersApart;
    const z = state.z - cosOfYaw(yaw) * metersApart;
    placeMoveState(ben.state, { x, y: state.y + 0.5, z, yaw: (yaw + 0x8000) & 0xffff });
    this.ben.input.yawRadians = ((yaw / 0x10000) * 2 + 1) * Math.PI;
  }

  get fighters() {
    const combat = this.zone.server.combat;
    if (combat === undefined) throw new Error("expected a server with fighting");
    return combat.world.state.fighters;
  }

  /** What the screen says now. */
  get report(): HudReport | undefined {
    const line = this.#game.lines.findLast((text) => text.startsWith("hud {"));
    return line === undefined ? undefined : JSON.parse(line.slice("hud ".length));
  }

  async until(what: string, isSo: (report: HudReport) => boolean): Promise<void> {
    try {
      await this.zone.until(what, () => this.report !== undefined && isSo(this.report), LIMIT_MS);
    } catch (error) {
      throw new Error(`${String(error)}\n${JSON.stringify(this.#summary())}`);
    }
  }

  /** Waits until a part of the screen has a text. */
  reads(part: string, text: string): Promise<void> {
    return this.until(`${part} reads "${text}"`, (report) => textsOf(report, part).includes(text));
  }

  press(...keys: string[]): void {
    this.#x("key", "--delay", "120", ...keys);
  }

  hold(key: string, down: boolean): void {
    this.#x(down ? "keydown" : "keyup", key);
  }

  /** Moves the mouse to a point of the screen, by steps as hands do, and clicks there if it is to. */
  async mouse(x: number, y: number, clicks: boolean): Promise<void> {
    this.#x("mousemove", String(Math.round(x) - 4), String(Math.round(y)));
    await pause(200);
    this.#x("mousemove", String(Math.round(x)), String(Math.round(y)));
    await pause(200);
    if (clicks) this.#x("click", "1");
  }

  /** Clicks on a button of a screen. */
  async click(screen: string, text: string): Promise<void> {
    const button = this.report?.screens[screen]?.find((control) => control.button && control.text.startsWith(text));
    if (button === undefined) throw new Error(`${screen} has no button "${text}": ${JSON.stringify(this.report)}`);
    expect(button.height).toBeGreaterThanOrEqual(44);
    await this.mouse(button.x + button.width / 2, button.y + button.height / 2, true);
  }

  /** Keeps a picture of what is on the screen, and looks whether all that is written there can be read. `dimmed`: only the screens, not what lies under them. */
  async picture(name: string, dimmed = false): Promise<void> {
    // What is reported is what is drawn: both a moment later.
    await pause(REPORT_MS);
    const picture = this.#display.picture();
    const { report } = this;
    const size = `${picture.widthPixels}x${picture.heightPixels}`;
    const path = `out/engine/game/${this.#name}/${name}-${size}.png`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, encodePng(picture));
    if (report === undefined) throw new Error("the game has said nothing yet");
    const faint: string[] = [];
    const { scale } = report;
    for (const [part, texts] of Object.entries(dimmed ? {} : report.parts)) {
      for (const { text, left, baseLine, width, pixels, color } of texts) {
        const box = {
          x: left * scale,
          y: (baseLine - pixels * 0.75) * scale,
          width: width * scale,
          height: pixels * scale,
        };
        const contrast = inkContrast(picture, box, color);
        if (contrast < LEAST_CONTRAST) faint.push(`${part}: "${text}" has ${contrast.toFixed(1)}`);
      }
    }
    for (const control of Object.values(report.screens).flat()) {
      if (control.disabled || control.text === "") continue;
      const contrast = boxContrast(picture, inner(control));
      if (contrast < LEAST_CONTRAST) faint.push(`"${control.text}" has ${contrast.toFixed(1)}`);
    }
    expect(faint, `contrast in ${path}`).toEqual([]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#game.kill("SIGTERM");
    const { lines } = await this.#game.ended;
    await this.zone[Symbol.asyncDispose]();
    expect(lines.filter((line) => /ERROR|leaked/.test(line))).toEqual([]);
  }

  /** What can be read, without where. */
  #summary() {
    const { report } = this;
    if (report === undefined) return undefined;
    const parts = Object.keys(report.parts).map((part) => `${part}: ${textsOf(report, part).join(", ")}`);
    return { ...report, parts };
  }

  #x(...args: string[]): void {
    execFileSync("xdotool", args, { env: this.#display.env });
  }
}

export function textsOf(report: HudReport, part: string): string[] {
  const screen = report.screens[part]?.map(({ text }) => text);
  return screen ?? report.parts[part]?.map(({ text }) => text) ?? [];
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Of a button, without its rim. */
function inner({ x, y, width, height, button }: ShownControl) {
  const edge = button ? 8 : 0;
  return { x: x + edge, y: y + edge, width: width - 2 * edge, height: height - 2 * edge };
}
