import { ConfigFile, Node } from "godot";

const FILE = "user://till-dawn.cfg";

/** What is kept between runs. An autoload: everyone finds it at `/root/Saves`. */
export default class Saves extends Node {
  #config = new ConfigFile();

  constructor() {
    super();
    // On the first start there is no file, which is fine.
    this.#config.load(FILE);
  }

  /** Longest time survived, seconds. */
  get best(): number {
    return Number(this.#config.get_value("score", "best", 0));
  }

  /** Whether nothing twinkles, flashes or shakes. */
  get calm(): boolean {
    return Boolean(this.#config.get_value("look", "calm", false));
  }

  set calm(value: boolean) {
    this.#keep("look", "calm", value);
  }

  /** Takes a score. Returns whether it is the best so far. */
  add_score(seconds: number): boolean {
    if (seconds <= this.best) return false;
    this.#keep("score", "best", seconds);
    return true;
  }

  #keep(section: string, key: string, value: number | boolean): void {
    this.#config.set_value(section, key, value);
    if (this.#config.save(FILE) !== 0) console.warn(`${FILE} could not be written: ${key} is forgotten at the end`);
  }
}
