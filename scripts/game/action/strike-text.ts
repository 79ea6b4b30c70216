import { Camera3D, Color, Control, type Exports, type Font, Vector2, Vector3 } from "godot";

const WORD_SECONDS = 0.9;
const RISE_METERS = 0.5;
const ABOVE_FEET_METERS = 2.25;
const MOST_WORDS = 16;
const REASON_SECONDS = 1.8;
const FADE_SHARE = 0.4;
/** Below the middle of the screen. */
const REASON_PIXELS = 74;

interface Word {
  text: string;
  x: number;
  y: number;
  z: number;
  pixels: number;
  color: Color;
  seconds: number;
}

const GOLD = new Color(1, 0.86, 0.45, 1);
const RED = new Color(1, 0.55, 0.45, 1);
const PALE = new Color(0.97, 0.93, 0.84, 1);

/** What strikes come to, in words: floating where somebody is struck, and why not below the middle of the screen. One canvas item. */
export default class StrikeText extends Control {
  static exports = {
    font: { type: "Object", hint: "resource_type", hint_string: "Font", class_name: "Font" },
  } satisfies Exports;

  font: Font | null = null;
  readonly #words: Word[] = [];
  #reason = "";
  #reasonSeconds = 0;

  _ready(): void {
    this.set_process(false);
  }

  /** Lets a word rise from above a head; feet in metres. `own`: it is the player who is struck. */
  float(text: string, x: number, y: number, z: number, own: boolean): void {
    if (this.#words.length === MOST_WORDS) this.#words.shift();
    const color = own ? RED : GOLD;
    this.#words.push({ text, x, y: y + ABOVE_FEET_METERS, z, pixels: 26, color, seconds: 0 });
    this.set_process(true);
  }

  /** Says something below the middle of the screen, in place of what was said there. */
  say(reason: string): void {
    this.#reason = reason;
    this.#reasonSeconds = 0;
    this.set_process(true);
    this.queue_redraw();
  }

  _process(delta: number): void {
    for (const word of this.#words) word.seconds += delta;
    while ((this.#words[0]?.seconds ?? 0) >= WORD_SECONDS) this.#words.shift();
    this.#reasonSeconds += delta;
    if (this.#reasonSeconds >= REASON_SECONDS) this.#reason = "";
    this.queue_redraw();
    if (this.#words.length === 0 && this.#reason === "") this.set_process(false);
  }

  _draw(): void {
    const { font } = this;
    if (font === null) return;
    const camera = this.get_viewport()?.get_camera_3d();
    if (camera instanceof Camera3D) for (const word of this.#words) this.#drawWord(font, camera, word);
    if (this.#reason === "") return;
    const middle = new Vector2(this.size.x / 2, this.size.y / 2 + REASON_PIXELS);
    this.#drawText(font, this.#reason, middle, 20, PALE, fade(this.#reasonSeconds / REASON_SECONDS));
  }

  #drawWord(font: Font, camera: Camera3D, word: Word): void {
    const share = word.seconds / WORD_SECONDS;
    const at = new Vector3(word.x, word.y + RISE_METERS * (1 - (1 - share) ** 2), word.z);
    if (camera.is_position_behind(at)) return;
    // It comes a little large, and settles.
    const pixels = Math.round(word.pixels * (1 + 0.35 * Math.max(0, 1 - share * 6)));
    this.#drawText(font, word.text, camera.unproject_position(at), pixels, word.color, fade(share));
  }

  #drawText(font: Font, text: string, at: Vector2, pixels: number, color: Color, opacity: number): void {
    const width = font.get_string_size(text, 0, -1, pixels).x;
    const corner = new Vector2(Math.round(at.x - width / 2), Math.round(at.y));
    const outline = new Color(0.05, 0.07, 0.09, 0.9 * opacity);
    this.draw_string_outline(font, corner, text, 0, -1, pixels, 7, outline);
    this.draw_string(font, corner, text, 0, -1, pixels, new Color(color.r, color.g, color.b, opacity));
  }
}

function fade(share: number): number {
  return Math.min(1, (1 - share) / FADE_SHARE);
}
