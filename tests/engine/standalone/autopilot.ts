// Plays the example by its window alone: presses its buttons with the mouse, flies with keys, and looks at nothing but where
// things are. It is built in the example's copy, as one more script of it.
import {
  type Area2D,
  AudioStreamPlayer,
  BaseButton,
  Input,
  InputEventKey,
  InputEventMouseButton,
  Key,
  type Label,
  MouseButton,
  Node,
  Node2D,
  OS,
  type PackedScene,
  ResourceLoader,
  seed,
  Vector2,
  Vector2i,
} from "godot";

const SIZE = new Vector2i(1280, 720);
const SPEED_PIXELS = 420;
/** Looked ahead, seconds. */
const AHEAD = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.55, 0.7, 0.9];
/** What the engine's sound thread takes at most to let go of a tune that has ended. */
const QUIET_MS = 1000;
/** Closer than this is too close, pixels. */
const WIDE_BERTH = 110;
const KEYS = { left: Key.KEY_LEFT, right: Key.KEY_RIGHT, up: Key.KEY_UP, down: Key.KEY_DOWN };
const WAYS = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => new Vector2(x, y).normalized()));

/** `-- SEED [still]`: whether it flies or stays where it is. Prints `night_ended WON SECONDS` and `screen TITLE`. */
export default class Autopilot extends Node {
  readonly #down = new Set<Key>();
  readonly #before = new Map<Area2D, Vector2>();
  #flying = false;

  override _ready(): void {
    const [seedText = "1", mode] = OS.get_cmdline_user_args();
    seed(Number(seedText));
    const window = this.get_window();
    if (window !== null) window.size = SIZE;
    void this.#play(mode !== "still").then(
      () => this.get_tree()?.quit(),
      (error: unknown) => {
        console.error(error);
        this.get_tree()?.quit(1);
      },
    );
  }

  async #play(fly: boolean): Promise<void> {
    const game = ResourceLoader.load<PackedScene>("res://scenes/main.tscn")?.instantiate();
    if (game === undefined) throw new Error("the example has no scenes/main.tscn");
    this.add_child(game);
    await this.#press("title");
    this.#flying = fly;
    const [won, seconds] = await game.to_signal("night_ended");
    this.#flying = false;
    this.#steer(Vector2.ZERO);
    console.log(`night_ended ${won} ${Number(seconds).toFixed(2)}`);
    await this.#press("end");
    // A new night has begun.
    await game.get_node("Swarm").to_signal("child_entered_tree");
    console.log(`again ${game.get_node<Label>("%ScoreBoard/Seconds").text}`);
    await this.#silence();
  }

  /** Sound has a clock and a thread of its own: the engine calls a tune that still plays at its end a leak. */
  async #silence(): Promise<void> {
    for (const player of this.get_node("/root/Sounds").get_children())
      while (player instanceof AudioStreamPlayer && player.playing) await this.#frame();
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }

  /** Waits for the button that has the keyboard, and clicks on it. */
  async #press(screen: string): Promise<void> {
    let button = this.get_viewport()?.gui_get_focus_owner();
    for (; !(button instanceof BaseButton); button = this.get_viewport()?.gui_get_focus_owner()) await this.#frame();
    const title = this.find_child<Label>("Title", true, false);
    console.log(`${screen} ${title?.text}`);
    const event = new InputEventMouseButton();
    event.button_index = MouseButton.MOUSE_BUTTON_LEFT;
    event.position = button.get_global_rect().get_center();
    event.global_position = event.position;
    for (const pressed of [true, false]) {
      const half = event.duplicate();
      half.pressed = pressed;
      Input.parse_input_event(half);
      await this.#frame();
    }
    button.release_focus();
  }

  #frame(): Promise<unknown> {
    const tree = this.get_tree();
    return tree === null ? Promise.reject(new Error("not in the tree")) : tree.to_signal("process_frame");
  }

  override _physics_process(delta: number): void {
    const light = this.get_tree()?.get_first_node_in_group<Node2D>("light");
    if (!this.#flying || !(light instanceof Node2D)) return;
    const dangers = (this.get_tree()?.get_nodes_in_group<Area2D>("creatures") ?? []).map((creature) => {
      const { x, y } = creature.position;
      const now = new Vector2(x, y);
      const velocity = now.subtract(this.#before.get(creature) ?? now).divide(delta);
      this.#before.set(creature, now);
      return { now, velocity };
    });
    const at = light.get_position();
    const costs = WAYS.map((way) => costOf(way, at, dangers));
    this.#steer(WAYS[costs.indexOf(Math.min(...costs))] ?? Vector2.ZERO);
  }

  #steer(way: Vector2): void {
    this.#hold(KEYS.left, way.x < 0);
    this.#hold(KEYS.right, way.x > 0);
    this.#hold(KEYS.up, way.y < 0);
    this.#hold(KEYS.down, way.y > 0);
  }

  #hold(key: Key, pressed: boolean): void {
    if (this.#down.has(key) === pressed) return;
    if (pressed) this.#down.add(key);
    else this.#down.delete(key);
    const event = new InputEventKey();
    event.physical_keycode = key;
    event.keycode = key;
    event.pressed = pressed;
    Input.parse_input_event(event);
  }
}

/** How bad it is to go that way: near creatures, and far from the middle, which has ways out on all sides. */
function costOf(way: Vector2, from: Vector2, dangers: readonly { now: Vector2; velocity: Vector2 }[]): number {
  let cost = 0;
  for (const seconds of AHEAD) {
    const x = Math.min(Math.max(from.x + way.x * SPEED_PIXELS * seconds, 24), SIZE.x - 24);
    const y = Math.min(Math.max(from.y + way.y * SPEED_PIXELS * seconds, 24), SIZE.y - 24);
    for (const { now, velocity } of dangers) {
      const near = Math.hypot(now.x + velocity.x * seconds - x, now.y + velocity.y * seconds - y);
      if (near < WIDE_BERTH) cost += ((WIDE_BERTH - near) / 20) ** 3 / (0.3 + seconds);
    }
    cost += Math.hypot(x - SIZE.x / 2, y - SIZE.y / 2) * 0.002;
  }
  return cost;
}
