import { Node, Vector3 } from "godot";
import { Tap } from "./tap.ts";

export default class InteropFixture extends Node {
  static exports = { speed: { type: "float" } } as const;
  static signals = { landed: [{ name: "speed", type: "float" }] } as const;
  speed = 1;

  boost(by: number): number {
    this.speed += by;
    return this.speed;
  }

  join(a: string, b: string): string {
    return a + b;
  }

  vector(): Vector3 {
    return new Vector3(7, 8, 9);
  }

  override _ready(): void {
    const tap = new Tap();
    const gd = this.get_node("Gd");
    tap.equal("call a GDScript method", gd.call("add", 20, 22), 42);
    tap.equal("read a GDScript variable", gd.get("secret"), 41);
    tap.equal("GDScript uses the script", gd.call("use", this), [3.5, 3.5, 12, true, false, "ab", [1.5], 7]);
    tap.equal("the property was written", this.speed, 12);
    tap.equal(
      "GDScript calls a function",
      gd.call("run", (a: number, b: number) => a + b),
      42,
    );
    let heard: unknown;
    gd.connect("done", (value: unknown) => {
      heard = value;
    });
    gd.emit_signal("done", "yes");
    tap.equal("a GDScript signal", heard, "yes");
    tap.throws("an unknown GDScript method", () => gd.call("nothing"), "TypeError", "call");
    tap.finish(this);
  }
}
