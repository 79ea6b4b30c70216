import { Node, type Script, Vector3 } from "godot";
import ExportedChild from "./exported-child.script.ts";
import { Tap } from "./tap.ts";

export default class ExportsFixture extends Node {
  override _ready(): void {
    const tap = new Tap();
    const plain = this.get_node("Default") as ExportedChild;
    const changed = this.get_node("Changed") as ExportedChild;
    tap.equal("a field keeps its initial value", plain.walk_speed, 6);
    tap.equal("a scene value replaces a float", changed.walk_speed, 7.5);
    tap.equal("scene values are set before _ready", changed.seenInReady, 7.5);
    tap.equal("int", changed.lives, 9);
    tap.equal("string", changed.title, "Ada");
    tap.equal("color", changed.tint, { r: 0, g: 1, b: 0, a: 1 });
    tap.equal("vector without a declared type", changed.home, new Vector3(1, 2, 3));
    tap.equal("array", changed.tags, ["a", "b"]);
    tap.equal("node path", String(changed.path), "../Default");
    tap.ok("node reference", changed.friend === plain);
    tap.equal("inherited export", [plain.inherited, changed.inherited], [2, 4]);
    tap.equal("overridden method and super", changed.greet(), "base 4 Ada");
    tap.equal("get() reads a field", changed.get("walk_speed"), 7.5);
    changed.set("walk_speed", 8);
    tap.equal("set() writes a field", changed.walk_speed, 8);
    tap.equal("get() of an int", changed.get("lives"), 9);

    const listed = changed.get_property_list().filter((entry) => entry.name === "walk_speed");
    tap.equal(
      "property list",
      [listed.length, listed[0]?.type, listed[0]?.hint, listed[0]?.hint_string],
      [1, 3, 1, "0,20,0.1"],
    );
    const script = changed.get_script() as Script;
    tap.equal("default value", script.get_property_default_value("walk_speed"), 6);
    tap.equal("inherited default value", script.get_property_default_value("inherited"), 2);
    tap.equal("base type", script.get_instance_base_type(), "Node3D");
    tap.equal(
      "signals of the base class",
      script.get_script_signal_list().map((entry) => entry.name),
      ["moved"],
    );
    const made = new ExportedChild();
    tap.ok("new gives the script of the file", made.get_script() === script);
    tap.equal("and initial values", [made.walk_speed, made.get("lives")], [6, 3]);
    made.free();
    tap.ok("both nodes share the script", script === plain.get_script());
    const names = script.get_script_property_list().map((entry) => entry.name);
    tap.equal("base properties come first", names.slice(0, 2), ["inherited", "walk_speed"]);
    tap.ok("the object of a node is the instance of its class", changed.constructor.name === "ExportedChild");
    tap.finish(this);
  }
}
