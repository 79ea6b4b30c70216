import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { expect } from "vitest";
import { encodePng } from "../../../tools/display/png-image.ts";
import type { RgbImage } from "../../../tools/display/rgb-image.ts";
import type { VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { GodotProcess } from "../runner/godot-process.ts";
import { faintLetters, LEAST_LEGIBLE_SCALE, LEAST_SHARP_SCALE, tinyLetters } from "./faint-letters.ts";
import { type GameReport, newestReport, reportsIn, textsOf } from "./game-report.ts";
import type { HudLook } from "./hud-looks.ts";
import type { Observer } from "./observer.ts";
import { ZoneProcess } from "./zone-process.ts";

/** A large window is drawn in software once or twice a second. */
const LIMIT_MS = 90_000;
const TRY_MS = 5_000;
const SOON_REPORTS = 8;

/**
 * The game in a window, as Ada, on a zone server in a process of its own, with a real keyboard and mouse. Ben, whom it sees, is there, too. Of Ada the
 * test knows what is on her screen, and what Ben sees.
 */
export class HudGame implements AsyncDisposable {
  readonly ben: Observer;
  readonly zone: ZoneProcess;
  readonly #display: VirtualDisplay;
  readonly #look: HudLook;
  readonly #name: string;
  readonly #game: GodotProcess;
  /** The newest report of so many lines: it is asked for far more often than it changes. */
  #report: GameReport | undefined;
  #linesRead = 0;

  private constructor(name: string, zone: ZoneProcess, display: VirtualDisplay, look: HudLook, timeoutMs: number) {
    this.#name = name;
    this.#display = display;
    this.#look = look;
    this.zone = zone;
    this.ben = zone.observe("Ben");
    const { widthPixels, heightPixels, palette } = look;
    this.#game = new GodotProcess({
      name: `game/${name}`,
      engineArgs: ["--resolution", `${widthPixels}x${heightPixels}`],
      scene: "res://tests/engine/game/game-watch.tscn",
      display,
      args: ["--connect", zone.address, "--name", "Ada", "--quality", "low"],
      env: { XDG_DATA_HOME: settingsWith({ palette }, name) },
      timeoutMs,
    });
  }

  static async start(name: string, display: VirtualDisplay, look: HudLook, timeoutMs: number): Promise<HudGame> {
    return new HudGame(name, await ZoneProcess.start(), display, look, timeoutMs);
  }

  /** Both are there, Ben so far before Ada, looking at her. */
  async begin(metersApart: number): Promise<void> {
    await this.until("the interface is there", ({ visible }) => visible);
    await this.benSees("Ada comes", () => this.adaSeen() !== undefined);
    const { entityId, x, z, yaw } = this.ada;
    this.ben.goTo(x - Math.sin(yaw) * metersApart, z - Math.cos(yaw) * metersApart, entityId);
    await this.benSees("he stands before her", () => this.ben.arrived);
  }

  /** What Ben sees of Ada. */
  get ada() {
    const seen = this.adaSeen();
    if (seen === undefined) throw new Error("Ben does not see Ada");
    return seen;
  }

  adaSeen() {
    const { remotes } = this.ben.client;
    const entityId = this.ben.entityOf("Ada");
    const index = remotes.indexOf(entityId);
    if (index < 0) return undefined;
    const at = (values: ArrayLike<number>) => values[index] ?? Number.NaN;
    return {
      entityId,
      ...{ x: at(remotes.x), z: at(remotes.z), yaw: at(remotes.yaw) },
      ...{ health: at(remotes.health), state: at(remotes.state) },
    };
  }

  /** What the screen says now. */
  get report(): GameReport | undefined {
    const count = this.#game.lines.length;
    if (count !== this.#linesRead) this.#report = newestReport(this.#game.lines);
    this.#linesRead = count;
    return this.#report;
  }

  async until(what: string, isSo: (report: GameReport) => boolean, limitMs = LIMIT_MS): Promise<void> {
    const says = () => {
      const { report } = this;
      return report !== undefined && isSo(report);
    };
    try {
      await this.zone.until(what, says, limitMs);
    } catch (error) {
      throw new Error(`${String(error)}\n${JSON.stringify(this.#summary())}`);
    }
  }

  /** Waits for what the other player sees. */
  benSees(what: string, isSo: () => boolean): Promise<void> {
    return this.until(`Ben sees that ${what}`, isSo);
  }

  /** Whether something comes about soon: within a few pictures. */
  async comes(isSo: (report: GameReport) => boolean): Promise<boolean> {
    for (let pictures = 0; pictures < SOON_REPORTS; pictures += 1) {
      if (isSo(await this.#reports(1))) return true;
    }
    return false;
  }

  /** Does something again and again until it has come about: chance, and a picture in a second, may be in between. */
  async tries(
    what: string,
    act: () => void | Promise<void>,
    isSo: (report: GameReport) => boolean,
    tryMs = TRY_MS,
  ): Promise<void> {
    const deadline = performance.now() + LIMIT_MS;
    for (;;) {
      await act();
      try {
        await this.until(what, isSo, tryMs);
        return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
      }
    }
  }

  /** Whether letters are so large that something can be said of their pixels. */
  get legible(): boolean {
    return (this.report?.scale ?? 0) >= LEAST_LEGIBLE_SCALE;
  }

  /** Whether the window is so small that there is no map, and less of other things. */
  get small(): boolean {
    return this.report?.small === true;
  }

  /** Whether strokes and marks are wider than a pixel. */
  get sharp(): boolean {
    return (this.report?.scale ?? 0) >= LEAST_SHARP_SCALE;
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
    await this.#reports(1);
    this.#x("mousemove", String(Math.round(x)), String(Math.round(y)));
    await this.#reports(1);
    if (clicks) this.#x("click", "1");
  }

  /** Clicks on a button of a screen. */
  async click(screen: string, text: string): Promise<void> {
    const button = this.report?.screens[screen]?.find((control) => control.button && control.text.startsWith(text));
    if (button === undefined) throw new Error(`${screen} has no button "${text}": ${JSON.stringify(this.report)}`);
    expect(button.height).toBeGreaterThanOrEqual(44 * (this.report?.scale ?? 1) - 1);
    await this.mouse(button.x + button.width / 2, button.y + button.height / 2, true);
  }

  /** Clicks on a button of a menu, by its node's name, once it is there and stands still. */
  async clickMenu(name: string): Promise<void> {
    await this.until(`${name} can be clicked`, ({ buttons }) => buttons[name] !== undefined);
    await this.#reports(2);
    const { x, y } = this.report?.buttons[name] ?? { x: 0, y: 0 };
    await this.mouse(x, y, true);
  }

  /** Turns the wheel over a list of options until a button of it is in its middle. */
  async scrollTo(name: string): Promise<void> {
    const { widthPixels, heightPixels } = this.#look;
    const y = () => this.report?.buttons[name]?.y ?? 0;
    await this.mouse(widthPixels / 2, heightPixels / 2, false);
    for (let turns = 0; turns < 40 && y() > heightPixels / 2; turns += 1) {
      this.#x("click", "--repeat", "3", "--delay", "30", "5");
      await this.#reports(2);
    }
  }

  /**
   * Keeps a picture of what is on the screen, and looks whether all that is written there can be read. `dimmed`: only the screens, not what lies under
   * them. Returns the picture.
   */
  async picture(name: string, dimmed = false): Promise<RgbImage> {
    // What is reported is drawn after that: a text is on the picture for certain if it is reported before and after it.
    const before = await this.#reports(2);
    const picture = this.#display.picture();
    const after = await this.#reports(1);
    this.#keep(name, picture);
    expect(tinyLetters(after), `letters of ${name}`).toEqual([]);
    if (this.legible) expect(faintLetters(picture, before, after, dimmed), `contrast of ${name}`).toEqual([]);
    return picture;
  }

  /** What is on the screen now. */
  look(): RgbImage {
    return this.#display.picture();
  }

  /** Looks at one picture after the other while something goes on, doing something in between, and keeps the first that shows what is looked for. */
  async catches(
    name: string,
    goesOn: (report: GameReport) => boolean,
    act: () => void,
    shows: (picture: RgbImage) => boolean,
  ): Promise<boolean> {
    while (goesOn(await this.#reports(1))) {
      const picture = this.#display.picture();
      if (shows(picture)) {
        this.#keep(name, picture);
        return true;
      }
      act();
    }
    return false;
  }

  #keep(name: string, picture: RgbImage): void {
    const { palette, widthPixels, heightPixels } = this.#look;
    const path = `out/engine/game/${this.#name}/${name}-${palette}-${widthPixels}x${heightPixels}.png`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, encodePng(picture));
  }

  /** Everything that the screen has said. */
  get reports(): GameReport[] {
    return reportsIn(this.#game.lines);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#game.kill("SIGTERM");
    const { lines } = await this.#game.ended;
    await this.zone[Symbol.asyncDispose]();
    expect(lines.filter((line) => /ERROR|leaked/.test(line))).toEqual([]);
  }

  /** So many reports that are newer than what is known now; returns the newest. */
  async #reports(count: number): Promise<GameReport> {
    const reported = () => this.#game.lines.filter((line) => line.startsWith("game {")).length;
    const wanted = reported() + count;
    await this.zone.until("the game goes on", () => reported() >= wanted, LIMIT_MS);
    const { report } = this;
    if (report === undefined) throw new Error("the game has said nothing yet");
    return report;
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

/** A folder with the player's settings. */
function settingsWith(settings: object, name: string): string {
  const folder = resolve(`out/engine/game/${name}-settings`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${folder}/darkages`, { recursive: true });
  writeFileSync(`${folder}/darkages/settings.json`, JSON.stringify(settings));
  return folder;
}
