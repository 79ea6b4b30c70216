import { type Camera2D, type Exports, Node2D, randf_range, type Signals, Vector2 } from "godot";
import type Firefly from "./firefly.ts";
import type Menu from "./menu.ts";
import type Night from "./night.ts";
import type PauseMenu from "./pause-menu.ts";
import type Saves from "./saves.ts";
import type ScoreBoard from "./score-board.ts";
import type Sky from "./sky.ts";
import type Sounds from "./sounds.ts";
import type Swarm from "./swarm.ts";

const SHAKE_SECONDS = 0.35;
const SHAKE_PIXELS = 14;

/** The game from its title to its end, and again. */
export default class Main extends Node2D {
  static exports: Exports = {
    night: { type: "Object", class_name: "Night", description: "How long the night is, and who comes." },
  };
  static signals: Signals = {
    night_ended: [
      { name: "won", type: "bool" },
      { name: "seconds", type: "float" },
    ],
  };

  night: Night | null = null;

  #seconds = 0;
  #playing = false;
  #shake = 0;

  override _ready(): void {
    void this.#run();
  }

  /** Reads like the game goes, because signals can be waited for. */
  async #run(): Promise<void> {
    const menu = this.get_node<Menu>("%Menu");
    const saves = this.get_node<Saves>("/root/Saves");
    await menu.ask({ title: "TILL DAWN", text: "Keep your light away from all that flies.", button: "Into the night" });
    for (;;) {
      this.#begin();
      const [won, seconds] = (await this.to_signal("night_ended")) as [boolean, number];
      const record = saves.add_score(seconds);
      await this.#end(won);
      const survived = `${Math.floor(seconds)} seconds`;
      await menu.ask({
        title: won ? "DAWN" : "DARKNESS",
        text: won ? "You kept your light the whole night long." : record ? `${survived}: your longest night` : survived,
        button: "Once more",
      });
    }
  }

  #begin(): void {
    if (this.night === null) throw new Error("Main has no night: set one in the inspector");
    this.#seconds = 0;
    this.#playing = true;
    this.get_node<Swarm>("%Swarm").clear();
    this.get_node<Swarm>("%Swarm").begin(this.night);
    this.get_node<Firefly>("%Firefly").kindle();
    this.get_node<PauseMenu>("%PauseMenu").enabled = true;
    this.get_node<ScoreBoard>("%ScoreBoard").show();
    this.get_node<Sounds>("/root/Sounds").play("start");
  }

  async #end(won: boolean): Promise<void> {
    this.#playing = false;
    this.get_node<Swarm>("%Swarm").end();
    this.get_node<PauseMenu>("%PauseMenu").enabled = false;
    this.get_node<Sounds>("/root/Sounds").play(won ? "dawn" : "out");
    if (won) return this.get_node<Swarm>("%Swarm").clear();
    if (!this.get_node<Saves>("/root/Saves").calm) this.#shake = SHAKE_SECONDS;
    await this.get_node<Firefly>("%Firefly").put_out();
  }

  /** Connected in the scene. */
  _on_firefly_touched(): void {
    if (this.#playing) this.emit_signal("night_ended", false, this.#seconds);
  }

  override _process(delta: number): void {
    this.#shake_camera(delta);
    if (!this.#playing || this.night === null) return;
    this.#seconds += delta;
    const progress = Math.min(1, this.#seconds / this.night.length);
    this.get_node<Sky>("%Sky").progress = progress;
    this.get_node<Swarm>("%Swarm").progress = progress;
    this.get_node<ScoreBoard>("%ScoreBoard").show_score(this.#seconds, this.get_node<Saves>("/root/Saves").best);
    if (progress === 1) this.emit_signal("night_ended", true, this.#seconds);
  }

  #shake_camera(delta: number): void {
    if (this.#shake <= 0) return;
    this.#shake -= delta;
    const reach = Math.max(0, this.#shake / SHAKE_SECONDS) * SHAKE_PIXELS;
    this.get_node<Camera2D>("Camera").offset = new Vector2(randf_range(-reach, reach), randf_range(-reach, reach));
  }
}
