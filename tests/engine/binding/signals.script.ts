import { Node, ObjectFreedError, Timer } from "godot";
import { expectError, Tap } from "./tap.ts";

export default class SignalsFixture extends Node {
  static signals = {
    landed: [{ name: "speed", type: "float" }],
    quiet: [],
    told: [{ name: "what", type: "Variant" }],
  } as const;
  static exports = { count: { type: "int" } } as const;
  count = 0;

  override _ready(): void {
    void this.#run();
  }

  on_landed(speed: number): void {
    this.count += speed;
  }

  async #run(): Promise<void> {
    const tap = new Tap();
    const seen: unknown[] = [];
    const listener = (...args: unknown[]) => seen.push(args);
    tap.equal("connect returns OK", this.connect("landed", listener), 0);
    this.emit_signal("landed", 3.5);
    tap.equal("a function receives the arguments", seen, [[3.5]]);
    tap.ok("is_connected knows the function", this.is_connected("landed", listener));
    tap.ok("another function is not connected", !this.is_connected("landed", () => {}));
    this.disconnect("landed", listener);
    this.emit_signal("landed", 4);
    tap.equal("disconnect by the same function", seen.length, 1);
    tap.ok("the script's signal exists", this.has_signal("landed") && !this.has_signal("missing"));

    setTimeout(() => this.emit_signal("landed", 2), 1);
    tap.equal("await to_signal gives the arguments", await this.to_signal("landed"), [2]);
    const timer = this.get_tree()?.create_timer(0.01);
    tap.equal("await an engine signal", await timer?.to_signal("timeout"), []);

    const child = new Timer();
    this.add_child(child);
    let fired = 0;
    child.connect("tree_exited", () => {
      fired += 1;
    });
    const waiting = child.to_signal("timeout");
    child.free();
    tap.equal("an engine signal calls back at once", fired, 1);
    const failure = await waiting.then(
      () => "resolved",
      (error: unknown) => (error instanceof ObjectFreedError ? "ObjectFreedError" : String(error)),
    );
    tap.equal("to_signal rejects when the object is freed", failure, "ObjectFreedError");
    expectError("Attempt to connect nonexistent signal 'missing'");
    const unknown = await this.to_signal("missing").catch((error: unknown) => String(error));
    tap.ok("to_signal rejects for an unknown signal", String(unknown).includes("missing"), String(unknown));

    this.#plainValues(tap);

    this.connect("quiet", () => tap.ok("one-shot fires once", true), 4);
    this.emit_signal("quiet");
    this.emit_signal("quiet");
    tap.finish(this);
  }

  /** Null, booleans and numbers go to the engine another way than other values; both ways must give the same. */
  #plainValues(tap: Tap): void {
    const sent = [1, -2, 0.25, -0, 2 ** 40, true, false, null];
    const seen: unknown[] = [];
    const first = (...args: unknown[]) => {
      this.disconnect("told", first);
      seen.push(args);
    };
    const second = (...args: unknown[]) => seen.push(args);
    this.connect("told", first);
    this.connect("told", second);
    for (let count = 1; count <= 5; count++) this.emit_signal("told", ...sent.slice(0, count));
    tap.equal("a function that disconnects itself is called once, the next one always", seen.length, 6);
    tap.equal("and hears what was sent", seen[0], [1]);
    tap.equal("as does every emission with more values", seen.at(-1), sent.slice(0, 5));
    this.emit_signal("told", ...sent);
    tap.equal("with many", seen.at(-1), sent);
    this.emit_signal("told", "text", 7, null, [true]);
    tap.equal("and with others among them", seen.at(-1), ["text", 7, null, [true]]);
    this.disconnect("told", second);
    tap.equal("a call by name takes them too", this.call("has_user_signal", "told"), false);
    tap.equal("and its result is what it returned", this.call("get_child_count", true), this.get_child_count());
    tap.throws(
      "one of a method that is not there",
      () => this.call("no_such_method", 1),
      "TypeError",
      "no_such_method",
    );
  }
}
