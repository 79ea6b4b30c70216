import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { startVirtualDisplay, type VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { GodotProcess } from "../runner/godot-process.ts";
import { faintLetters, tinyLetters } from "./faint-letters.ts";
import { type GameReport, newestReport } from "./game-report.ts";
import { ZoneProcess } from "./zone-process.ts";

/** The smallest window that is promised. */
const WINDOW = { widthPixels: 320, heightPixels: 200 };
const LIMIT_MS = 40_000;
/** More than there are entries in any menu. */
const MOST_ENTRIES = 60;
const ROUNDING_PIXELS = 0.5;
const FOLDER = "out/engine/game/small-menus";

/** The game in such a window, with a keyboard alone. */
class SmallGame {
  readonly #display: VirtualDisplay;
  readonly #zone: ZoneProcess;
  readonly game: GodotProcess;

  constructor(display: VirtualDisplay, zone: ZoneProcess) {
    this.#display = display;
    this.#zone = zone;
    const user = resolve(`${FOLDER}-user`);
    rmSync(user, { recursive: true, force: true });
    mkdirSync(`${user}/darkages`, { recursive: true });
    const settings = { playerName: "Ada", address: zone.address };
    writeFileSync(`${user}/darkages/settings.json`, JSON.stringify(settings));
    this.game = new GodotProcess({
      name: "game/small-menus",
      engineArgs: ["--resolution", `${WINDOW.widthPixels}x${WINDOW.heightPixels}`],
      scene: "res://tests/engine/game/game-watch.tscn",
      display,
      args: ["--quality", "low"],
      env: { XDG_DATA_HOME: user },
      timeoutMs: 200_000,
    });
  }

  get report(): GameReport | undefined {
    return newestReport(this.game.lines);
  }

  async until(what: string, isSo: (report: GameReport) => boolean): Promise<GameReport> {
    const says = () => this.report !== undefined && isSo(this.report);
    try {
      await this.#zone.until(what, says, LIMIT_MS);
    } catch (error) {
      throw new Error(`${String(error)}\n${JSON.stringify(this.report)}`);
    }
    return this.report as GameReport;
  }

  press(...keys: string[]): void {
    execFileSync("xdotool", ["key", "--delay", "120", ...keys], { env: this.#display.env });
  }

  async #next(count: number): Promise<GameReport> {
    const reported = () => this.game.lines.filter((line) => line.startsWith("game {")).length;
    const wanted = reported() + count;
    return this.until("the game goes on", () => reported() >= wanted);
  }

  /** What is on the screen can be read. */
  async reads(name: string): Promise<void> {
    const before = await this.#next(2);
    const picture = this.#display.picture();
    const after = await this.#next(1);
    this.#display.screenshot(`${FOLDER}/${name}.png`);
    expect(tinyLetters(after), `letters of ${name}`).toEqual([]);
    expect(faintLetters(picture, before, after, true), `contrast of ${name}`).toEqual([]);
  }

  /** Goes down from the first entry to the last with the arrow keys: each is wholly on the screen when its turn comes. Returns their names. */
  async goDown(): Promise<string[]> {
    const names: string[] = [];
    for (let entry = 0; entry < MOST_ENTRIES; entry += 1) {
      const { focus, focusBox } = await this.#next(2);
      if (names.includes(focus)) return names;
      names.push(focus);
      const { x, y, width, height } = focusBox;
      const seen = `${focus} at ${JSON.stringify(focusBox)}`;
      expect(Math.min(x, y), seen).toBeGreaterThanOrEqual(-ROUNDING_PIXELS);
      expect(x + width, seen).toBeLessThanOrEqual(WINDOW.widthPixels + ROUNDING_PIXELS);
      expect(y + height, seen).toBeLessThanOrEqual(WINDOW.heightPixels + ROUNDING_PIXELS);
      this.press("Down");
    }
    throw new Error(`more than ${MOST_ENTRIES} entries: ${names.join()}`);
  }

  /** Goes to an entry, that way. */
  async goTo(name: string, key: "Up" | "Down"): Promise<void> {
    for (let steps = 0; this.report?.focus !== name; steps += 1) {
      if (steps > MOST_ENTRIES) throw new Error(`${name} is not to be reached: ${JSON.stringify(this.report)}`);
      this.press(key);
      await this.#next(2);
    }
  }

  async choose(name: string, key: "Up" | "Down"): Promise<void> {
    await this.goTo(name, key);
    this.press("Return");
  }
}

it("in a window of 320x200 all menus can be read and used by keys: title, settings, keys, joining, hints, pause", async () => {
  await using display = await startVirtualDisplay(WINDOW);
  await using zone = await ZoneProcess.start();
  const small = new SmallGame(display, zone);
  await small.until("the title is there", ({ focus, small: isSmall }) => focus === "Play" && isSmall);
  await small.reads("title");
  await small.goTo("PlayerName", "Up");
  await small.reads("title-name");
  expect(await small.goDown()).toEqual(["PlayerName", "Address", "Play", "Settings"]);

  await small.choose("Settings", "Down");
  await small.until("the settings are there", ({ focus }) => focus === "Quality");
  await small.reads("settings");
  const options = await small.goDown();
  expect(options.slice(0, 2)).toEqual(["Quality", "Volume"]);
  expect(options.slice(-2)).toEqual(["Bindings", "Close"]);
  expect(options.length).toBeGreaterThan(14);
  await small.reads("settings-end");

  await small.choose("Bindings", "Up");
  await small.until("the list of keys is there", ({ focus }) => focus === "move_forward_keys");
  await small.reads("keys");
  const keys = await small.goDown();
  expect(keys.length).toBeGreaterThan(20);
  expect(keys.at(-1)).toBe("Back");
  await small.reads("keys-end");
  small.press("Return");
  await small.until("the settings are there", ({ focus }) => focus === "Bindings");
  await small.choose("Close", "Down");
  await small.until("the title is there", ({ focus }) => focus === "Settings");

  await small.choose("Play", "Up");
  await small.until("she is in the world, and told how to get about", ({ visible, around }) => {
    return visible && around.ControlHints?.some(({ text }) => text === "lock on") === true;
  });
  await small.reads("playing");
  small.press("Escape");
  await small.until("the menu is there", ({ paused, focus }) => paused && focus === "Resume");
  await small.reads("pause");
  expect(await small.goDown()).toEqual(["Resume", "Settings", "Disconnect", "Quit"]);
  await small.choose("Settings", "Up");
  await small.until("the settings are there", ({ focus }) => focus === "Quality");
  await small.reads("pause-settings");
  small.game.kill("SIGTERM");
  expect((await small.game.ended).lines.filter((line) => /ERROR|leaked/.test(line))).toEqual([]);
}, 240_000);
